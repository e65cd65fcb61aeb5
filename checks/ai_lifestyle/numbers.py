"""Which numbers does the app count, and are they the agreed ones?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from checks.ai_lifestyle.answers import Said, inner, moment, number, objects, text
from checks.ai_lifestyle.chains import Chain
from checks.ai_lifestyle.diary import GOALS, Diary
from checks.ai_lifestyle.samples import Body, a_goal, a_log
from checks.ai_lifestyle.vectors import Vector
from fixtures.causes import CouldNotLookError
from reports.results import Cause

Part = Literal["progress", "statistics"]
WEEK_VALUE = 50
SUNDAY, MONDAY = 2, 3
"""What is logged on the last day of a week, and on the first of the next."""


@dataclass(frozen=True)
class Counted:
    """What was counted for a goal: its progress, and the statistics of a period with their insights."""

    progress: dict[str, Any]
    statistics: dict[str, Any]


@dataclass(frozen=True)
class Measured:
    """What was counted for an example, on a UTC day."""

    id: str
    today: date
    counted: Counted


@dataclass(frozen=True)
class Weeks:
    """The history by weeks of a goal that was logged to on a Sunday and on the Monday after it."""

    sunday: date
    values: dict[str, float]

    @property
    def complaints(self) -> list[str]:
        """What lies in another week than ISO 8601 says."""
        days = {self.sunday: SUNDAY, self.sunday + timedelta(days=1): MONDAY}
        keys = {week_of(day): (day, value) for day, value in days.items()}
        return [
            f"{day} counts {self.values.get(key, 'nothing')} in {key}, not {value}"
            for key, (day, value) in keys.items()
            if self.values.get(key) != value
        ]


@dataclass(frozen=True)
class Agreement:
    """A standing goal and its progress, asked for after a log; `logged` is what was said to that."""

    title: str
    logged: Said
    goal: Said
    progress: Said

    @property
    def complaint(self) -> str:
        """Where the goal does not say what its progress says, "" if it does."""
        if refused := [one for one in (self.logged, self.goal, self.progress) if not one.is_any([200, 201])]:
            return f"{self.title}: {refused[0]}"
        inside, beside = inner(self.goal.body, "progress"), inner(self.progress.body, "progress")
        differing = sorted(name for name in inside | beside if inside.get(name) != beside.get(name))
        if differing or not beside:
            told = [_difference(name, inside.get(name), beside.get(name)) for name in differing]
            return f"{self.title}: says {'; '.join(sorted(told, key=len)[:3]) or 'nothing'}"
        updated, logged = moment(self.goal.body, "updatedAt"), moment(self.logged.body, "loggedAt")
        is_moved = updated is not None and logged is not None and updated >= logged
        return "" if is_moved else f"{self.title}: logged to at {logged}, updated at {updated}"


def _difference(name: str, inside: Any, beside: Any) -> str:
    is_short = not isinstance(inside, list) and not isinstance(beside, list)
    return f"{name} {inside}, beside it {beside}" if is_short else f"another {name} than beside it"


def week_of(day: date) -> str:
    """The ISO week that a day lies in, as `2026-W53`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def misses(measured: Iterable[Measured], vectors: Iterable[Vector], what: Part = "progress") -> list[str]:
    """What was not counted as agreed, or not at all."""
    found = {one.id: one for one in measured}

    def missed(vector: Vector) -> list[str]:
        one = found.get(vector.id)
        if one is None:
            return [f"{vector.id}: was not tried"]
        return vector.misses(getattr(one.counted, what), one.today)

    return [complaint for vector in vectors for complaint in missed(vector)]


def measure(diary: Diary, chain: Chain) -> list[Measured]:
    """Try the examples of a chain, with a goal that is put away at the end.

    Raises:
        CouldNotLookError: not run, a log was refused, or the day ended meanwhile.
    """
    today = diary.today()
    label = "-".join(vector.id for some in chain.stops.values() for vector in some)
    found: list[Measured] = []
    with diary.places.take(), diary.goal(_goal(chain, diary.title(label), today)) as goal_id:
        for count in range(len(chain.logs) + 1):
            if count:
                log = chain.logs[count - 1]
                note(diary, goal_id, a_log(log.value, today - timedelta(days=log.ago), log.type))
            for vector in chain.stops.get(count, ()):
                found.append(Measured(vector.id, today, ask(diary, goal_id, vector.ask)))
    same_day(diary, today)
    return found


def weeks(diary: Diary) -> Weeks:
    """Log on the last Sunday before this week and on the Monday after it."""
    today = diary.today()
    monday = today - timedelta(days=today.weekday())
    sunday = monday - timedelta(days=1)
    goal = a_goal("recurring", diary.title("weeks"), today, {"value": WEEK_VALUE, "period": "week"})
    with diary.places.take(), diary.goal(goal) as goal_id:
        for day, value in ((sunday, SUNDAY), (monday, MONDAY)):
            note(diary, goal_id, a_log(value, day))
        history = objects(ask(diary, goal_id).progress, "periodHistory")
    same_day(diary, today)
    return Weeks(sunday, {text(one, "period"): number(one, "value") or 0 for one in history})


def agree(diary: Diary, goal_id: str, title: str, body: Body) -> Agreement:
    """Log to a standing goal, and ask until goal and progress say the same, or should have."""
    path = f"{GOALS}/{goal_id}"
    logged = diary.ask("POST", f"{path}/activities", body)
    latest: list[Agreement] = []

    def look() -> Said:
        goal = diary.get(path)
        latest[:] = [Agreement(title, logged, goal, diary.get(f"{path}/progress"))]
        return goal

    diary.until(look, lambda _said: not latest[0].complaint)
    return latest[0]


def note(diary: Diary, goal_id: str, body: Body) -> None:
    """Log an activity.

    Raises:
        CouldNotLookError: not run, it was refused.
    """
    said = diary.ask("POST", f"{GOALS}/{goal_id}/activities", body)
    if not said.is_any([201]):
        raise CouldNotLookError(Cause.NOT_RUN, f"{said}, so that nothing is counted", "look at LIFE-38 first")


def ask(diary: Diary, goal_id: str, period: str = "current") -> Counted:
    """What is counted for a goal.

    Raises:
        CouldNotLookError: no data, it was not told.
    """
    said = diary.get(f"{GOALS}/{goal_id}/progress", period=period)
    progress, statistics, insights = (
        inner(said.body, name) for name in ("progress", "statistics", "insights")
    )
    if not said.is_any([200]) or not progress:
        raise CouldNotLookError(Cause.NO_DATA, f"{said}: no progress", "look at LIFE-38 first")
    return Counted(progress, statistics | insights)


def same_day(diary: Diary, today: date) -> None:
    """Let what was counted hold only if the day is still the same.

    Raises:
        CouldNotLookError: not run, it was midnight UTC.
    """
    if diary.today() != today:
        raise CouldNotLookError(Cause.NOT_RUN, "the UTC day ended while we looked", "look again")


def _goal(chain: Chain, title: str, today: date) -> Body:
    target = {name: value for name, value in chain.goal.items() if name != "frequency"}
    frequency = chain.goal.get("frequency")
    schedule = {"schedule": {"frequency": frequency}} if frequency else {}
    return a_goal(chain.pattern, title, today, target) | schedule
