"""What does only Madrid Bus have to say about itself? The typed `[settings]` of its manifest."""

from __future__ import annotations

from pydantic import PositiveFloat

from fixtures.parts.model import Model


class Cadence(Model):
    """How often the feeders write, in seconds, and what claims derive from it.

    History may tick anywhere between the fastest and the slowest; `live_tick_s` is what a running feeder does
    now. `update_slack_s` is what a subscriber waits beyond a tick, `log_delay_s` how late a
    line may be in its log.
    """

    slowest_tick_s: PositiveFloat
    fastest_tick_s: PositiveFloat
    live_tick_s: PositiveFloat
    update_slack_s: PositiveFloat
    unsubscribe_grace_s: PositiveFloat
    idle_s: PositiveFloat
    e2e_budget_s: PositiveFloat
    log_delay_s: PositiveFloat


class Drill(Model):
    """How long a drill waits: between two looks, until a service is stable, until its data are fresh.

    A key that was replaced is refused within `revoked_s`; authorizers may remember it for `remembered_s`.
    """

    poll_s: PositiveFloat
    stable_s: PositiveFloat
    fresh_s: PositiveFloat
    remembered_s: PositiveFloat
    revoked_s: PositiveFloat


class Settings(Model):
    """`api_key` is a reference to the key all three APIs share."""

    api_key: str
    cadence: Cadence
    drill: Drill
