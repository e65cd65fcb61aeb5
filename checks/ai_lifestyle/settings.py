"""What does only the AI Lifestyle App have to say about itself? The typed `[settings]` of its manifest."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from fixtures.manifest import Reference
from fixtures.parts.model import Model

Secret = Annotated[str, Field(pattern=Reference)]
Pattern = Literal["recurring", "milestone", "target", "streak", "limit"]


class Login(Model):
    """What a synthetic user signs in with: references, never the values."""

    email: Secret
    password: Secret


class Users(Model):
    """The synthetic users: `a` has the standing goals, `unconfirmed` may not sign in yet, and `careful`, if
    there is one, has a second factor."""

    a: Login
    b: Login
    unconfirmed: Login
    careful: Login | None = None


class Freshness(Model):
    """How old the newest of something may be, in seconds: an activity is late first, then stale.

    `max_future_s` is how far ahead of now a stored moment may lie.
    """

    late_activity_s: PositiveInt
    stale_activity_s: PositiveInt
    max_future_s: PositiveInt
    max_access_log_age_s: PositiveInt


class Sampling(Model):
    """What a sample of at least `min_items` must show: no key holds more than `max_share` of them."""

    min_items: PositiveInt
    max_share: PositiveFloat


class Drill(Model):
    """How often a drill looks, and within what time a restored table is there, or gone again."""

    poll_s: PositiveFloat
    restored_s: PositiveFloat


class Settings(Model):
    """`standing_goals` are titles by pattern; `settling_s` is how long a write may take to show everywhere.

    `issuer_signs_for_us` says that the issuer signs any token we want, to be refused: only a twin's does.
    """

    app_origin: str
    has_real_users: bool
    issuer_signs_for_us: bool = False
    max_answer_ms: PositiveFloat
    max_clock_skew_s: PositiveFloat
    settling_s: PositiveFloat
    users: Users
    standing_goals: dict[Pattern, str]
    freshness: Freshness
    sampling: Sampling
    drill: Drill
