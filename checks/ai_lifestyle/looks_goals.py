"""What becomes of goals of our own: sound ones, bad ones, one through its life, and one too many?"""

from __future__ import annotations

from uuid import uuid4

from checks.ai_lifestyle import journey, life, refusals
from checks.ai_lifestyle.answers import Said
from checks.ai_lifestyle.diary import GOALS, MOST_AT_ONCE, Diary
from checks.ai_lifestyle.health import Timed
from checks.ai_lifestyle.journey import Journey
from checks.ai_lifestyle.life import Life, Quota
from checks.ai_lifestyle.people import User
from checks.ai_lifestyle.refusals import Refusals
from checks.ai_lifestyle.samples import PATTERNS
from fixtures.aws import Caller
from fixtures.causes import CouldNotLookError
from fixtures.concurrency import each
from fixtures.observations import instrument, observation
from fixtures.targets import Target
from fixtures.web import Web
from reports.results import Cause

WARM_PROBES = 3


@instrument
def diary(web: Web, user_a: User, caller: Caller, target: Target) -> Diary:
    """The goal API in the hands of user A."""
    return Diary(web, user_a, target, caller.clock_offset_s, uuid4().hex[:8])


@instrument
def other_diary(web: Web, user_b: User, caller: Caller, target: Target) -> Diary:
    """The goal API in the hands of user B."""
    return Diary(web, user_b, target, caller.clock_offset_s, uuid4().hex[:8])


@observation
def health(web: Web, caller: Caller, target: Target) -> Said:
    """What the app says of itself, asked by nobody in particular."""
    diary = Diary(web, User("nobody", "", "", ""), target, caller.clock_offset_s, "")
    return diary.get("/health")


@observation(deadline_s=120)
def answer_times(diary: Diary) -> list[Timed]:
    """How long /health and the list of goals take, one first and three warm times each, with no goal of ours
    in the making."""
    with diary.places.take(MOST_AT_ONCE):
        return [_timed(diary, path) for path in ("/health", GOALS)]


@observation(deadline_s=180)
def goal_journeys(diary: Diary) -> list[Journey]:
    """A goal of each pattern, side by side, from its beginning to its end."""
    return each(lambda pattern: journey.travel(diary, pattern), PATTERNS)


@observation(deadline_s=240)
def goal_refusals(diary: Diary) -> Refusals:
    """Every request that must be refused, and what came of it."""
    return refusals.try_all(diary)


@observation(deadline_s=180)
def goal_life(diary: Diary) -> Life:
    """One goal through all its states."""
    return life.live(diary)


@observation(deadline_s=240)
def goal_quota(other_diary: Diary, target: Target) -> Quota:
    """The 51st active goal of user B, where no real users are."""
    if target.settings.has_real_users:
        return Quota(why_not="real users sign in here: no quota is used up")
    return life.fill(other_diary)


def _timed(diary: Diary, path: str) -> Timed:
    said = [diary.get(path) for _ in range(1 + WARM_PROBES)]
    if refused := [one for one in said if not one.is_any([200])]:
        raise CouldNotLookError(Cause.NO_DATA, f"{refused[0]}: only answers have a time")
    first, *warm = (one.seconds for one in said)
    return Timed(path, first, tuple(warm))
