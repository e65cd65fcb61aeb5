"""Do the formulas of progress give the agreed numbers, and keep their laws on any logs?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.ai_lifestyle.twin.keys import key_of, window
from checks.ai_lifestyle.twin.progress import Aim, Log, progress, trend
from checks.ai_lifestyle.twin.rules import HEALTHY, Rules
from checks.ai_lifestyle.twin.statistics import insights, statistics
from checks.ai_lifestyle.vectors import (
    Vector,
    days_ago,
    key_vectors,
    progress_vectors,
    statistics_vectors,
)

TODAYS = (date(2026, 2, 22), date(2026, 1, 1), date(2027, 1, 3), date(2028, 12, 31), date(2024, 2, 29))


def aim_of(vector: Vector) -> Aim:
    goal = vector.goal
    start, period = goal.get("startValue", 0), goal.get("period", "day")
    return Aim(vector.pattern, goal["value"], period, start, goal.get("frequency"))


def logs_of(vector: Vector, today: date) -> list[Log]:
    return [Log(today - timedelta(log.ago), log.value, log.type) for log in vector.logs]


@pytest.mark.parametrize("today", TODAYS, ids=str)
@pytest.mark.parametrize("vector", progress_vectors(), ids=lambda vector: vector.id)
def test_a_vector_gives_its_numbers(vector: Vector, today: date) -> None:
    """Each agreed vector holds on ordinary days, at both ends of a year, and in leap years."""
    assert vector.misses(progress(aim_of(vector), logs_of(vector, today), today), today) == []


@pytest.mark.parametrize("vector", statistics_vectors(), ids=lambda vector: vector.id)
def test_a_vector_gives_its_statistics(vector: Vector) -> None:
    """Each agreed vector of statistics holds, and says how much there is to recommend."""
    logs = logs_of(vector, TODAYS[0])
    numbers = statistics(aim_of(vector), logs, vector.ask, TODAYS[0])
    assert vector.misses(numbers | insights(logs, numbers), TODAYS[0]) == []


def test_every_vector_is_there() -> None:
    """No vector was lost from the golden file."""
    counts = {
        "R": range(1, 15),
        "M": range(7),
        "T": range(9),
        "S": range(10),
        "L": range(6),
        "C": range(1, 11),
    }
    wanted = [f"{kind}{number}" for kind, numbers in counts.items() for number in numbers]
    assert [vector.id for vector in progress_vectors() + statistics_vectors()] == wanted


def test_days_lie_in_their_periods() -> None:
    """Keys of days are the agreed ones, around New Year and on a leap day."""
    told = {day: {period: key_of(day, period) for period in keys} for day, keys in key_vectors().items()}
    assert told == key_vectors()


def test_days_are_written_shortly() -> None:
    """A single day and a span are understood, anything else is refused."""
    assert (days_ago("D"), days_ago("D-3"), days_ago("D-2..D")) == ([0], [3], [2, 1, 0])
    with pytest.raises(ValueError, match="D-n"):
        days_ago("D+1")


@pytest.mark.parametrize(
    ("period", "keys"), [("day", 31), ("week", 13), ("month", 13), ("quarter", 5), ("year", 2)]
)
def test_a_window_ends_today(period: str, keys: int) -> None:
    """A window has its number of keys, in order, and the current one is the last."""
    found = list(window(TODAYS[0], period))
    assert (len(found), found[-1], found) == (keys, key_of(TODAYS[0], period), sorted(found))


@pytest.mark.parametrize(
    ("broken", "tripped"),
    [
        (Rules(counted_types=HEALTHY.counted_types | {"skipped", "completed", "partial"}), {"R9", "M6"}),
        (Rules(streak_counts_days=False), {"S6"}),
        (Rules(limit_allows_equal=False), {"L2"}),
    ],
)
def test_a_broken_rule_trips_its_vectors(broken: Rules, tripped: set[str]) -> None:
    """Each broken rule shows in the vectors that watch it, and in no other."""
    today = TODAYS[0]
    found = {
        vector.id
        for vector in progress_vectors()
        if vector.misses(progress(aim_of(vector), logs_of(vector, today), today, broken), today)
    }
    assert found == tripped


def test_weeks_may_start_on_sunday() -> None:
    """When weeks start on Sunday, the Sunday and the Monday after it share a week."""
    broken = Rules(week_shift=timedelta(days=1))
    sunday, monday = date(2025, 12, 28), date(2025, 12, 29)
    assert key_of(sunday, "week") != key_of(monday, "week")
    assert key_of(sunday, "week", broken) == key_of(monday, "week", broken)


def test_consistency_may_count_logs() -> None:
    """When consistency counts logs, two of one day count twice."""
    aim, logs = Aim("recurring", 5), [Log(TODAYS[0], 5), Log(TODAYS[0], 5)]
    healthy, broken = (
        statistics(aim, logs, "week", TODAYS[0], rules)["consistency"]
        for rules in (HEALTHY, Rules(consistency_counts_days=False))
    )
    assert broken == 2 * healthy


@given(st.lists(st.integers(-100, 100), max_size=9), st.integers(1, 9))
def test_a_trend_does_not_depend_on_the_unit(values: list[int], scale: int) -> None:
    """A trend is the same in any unit, and turned around it is the opposite or still stable."""
    opposite = {"improving": "declining", "declining": "improving", "stable": "stable"}
    assert trend([value * scale for value in values]) == trend(values)
    assert trend(values[-5:][::-1]) == opposite[trend(values)]


def test_a_projection_beyond_a_lifetime_is_not_made() -> None:
    """What would take centuries has no projected completion."""
    logs = [Log(TODAYS[0] - timedelta(1), 1), Log(TODAYS[0], 1)]
    assert "projectedCompletion" not in progress(Aim("milestone", 1e9), logs, TODAYS[0])
    assert "projectedCompletion" in progress(Aim("milestone", 100), logs, TODAYS[0])


def test_insights_name_the_best_of_what_was_done() -> None:
    """Best day and time are the most frequent; skipping much is spoken of; never more than three hints."""
    logs = [Log(date(2026, 2, 20), 1, time_of_day="evening"), Log(TODAYS[0], 0, "skipped")]
    told = insights(logs, statistics(Aim("recurring", 1), logs, "month", TODAYS[0]))
    assert (told["bestTimeOfDay"], told["bestDayOfWeek"]) == ("evening", "friday")
    assert told["recommendations"] == ["Log more regularly", "Plan for the days you tend to skip"]


def test_statistics_look_at_their_window_only() -> None:
    """Seven days are today and the six before it; all has no bounds."""
    logs = [replace(Log(TODAYS[0], 1), day=TODAYS[0] - timedelta(ago)) for ago in (0, 6, 7, 400)]
    totals = [
        statistics(Aim("recurring", 1), logs, asked, TODAYS[0])["totalActivities"]
        for asked in ("week", "month", "all")
    ]
    assert totals == [2, 3, 4]
