"""Do the formulas of progress keep their laws, whatever is logged?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checks.ai_lifestyle.twin.keys import key_of
from checks.ai_lifestyle.twin.progress import Aim, Block, Log, progress
from checks.ai_lifestyle.twin.statistics import WINDOW_DAYS, statistics

TODAY = date(2026, 2, 22)
PERIODS = st.sampled_from(["day", "week", "month", "quarter", "year"])
TYPES = st.sampled_from(["progress", "completed", "skipped", "partial"])
AGES = st.integers(0, 45)
VALUES = st.integers(0, 50)
GIVEN_OFF = ("trend", "projectedCompletion", "lastActivityDate")

days = AGES.map(lambda ago: TODAY - timedelta(ago))
logs = st.lists(st.builds(Log, days, VALUES, TYPES), max_size=25)
recurring = st.builds(Aim, st.just("recurring"), st.integers(1, 60), PERIODS)
limits = st.builds(Aim, st.just("limit"), st.integers(1, 60), PERIODS)
milestones = st.builds(Aim, st.just("milestone"), st.integers(1, 400))
streaks = st.builds(Aim, st.just("streak"), st.integers(1, 30))
summed = st.one_of(recurring, limits, milestones)
streak_logs = st.lists(st.builds(Log, days, st.just(1)), max_size=25)
targets = st.builds(
    Aim, st.just("target"), st.integers(1, 90), start=st.integers(0, 90).map(lambda start: start + 0.5)
)
readings = st.lists(st.builds(Log, days, VALUES), max_size=9, unique_by=lambda log: log.day)
cases = st.one_of(st.tuples(summed, logs), st.tuples(targets, readings), st.tuples(streaks, streak_logs))


def numbers(aim: Aim, some: list[Log], today: date = TODAY) -> Block:
    """The block without what is only derived from it."""
    return {name: told for name, told in progress(aim, some, today).items() if name not in GIVEN_OFF}


def alike(block: Block) -> Any:
    """The numbers of a block, as near as sums of floats come to each other."""
    return pytest.approx([told for told in block.values() if not isinstance(told, list)], rel=1e-9, abs=1e-9)


@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_logging_changes_nothing(case: tuple[Aim, list[Log]], chance: Any) -> None:
    """1. The same logs in another order give the same numbers."""
    aim, some = case
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert numbers(aim, shuffled) == numbers(aim, some)


@given(summed, logs, st.lists(st.builds(Log, days, VALUES, TYPES.filter("progress".__ne__))))
def test_only_progress_counts(aim: Aim, some: list[Log], more: list[Log]) -> None:
    """2. Skipped, completed and partial activities change no number of progress, but the statistics."""
    assert numbers(aim, [*some, *more]) == numbers(aim, some)
    totals = (statistics(aim, each, "all", TODAY)["totalActivities"] for each in (some, [*some, *more]))
    assert list(totals) == [len(some), len(some) + len(more)]


@given(summed, logs, days, VALUES, VALUES)
def test_splitting_a_value_changes_nothing(aim: Aim, some: list[Log], day: date, one: int, two: int) -> None:
    """3. Two logs of a day are as good as one of their sum."""
    whole, parts = [Log(day, one + two)], [Log(day, one), Log(day, two)]
    assert numbers(aim, [*some, *parts]) == numbers(aim, [*some, *whole])


@given(milestones, logs, days, st.integers(1, 50))
def test_a_milestone_only_comes_nearer(aim: Aim, some: list[Log], day: date, value: int) -> None:
    """4. A log adds its value to the total, never lowers the percentage, and is taken from what remains."""
    before, after = numbers(aim, some), numbers(aim, [*some, Log(day, value)])
    assert after["totalAccumulated"] == before["totalAccumulated"] + value
    assert after["percentComplete"] >= before["percentComplete"]
    assert after["remainingToGoal"] == max(0, aim.value - after["totalAccumulated"])


@given(recurring, logs, days, VALUES)
def test_a_recurring_goal_never_falls(aim: Aim, some: list[Log], day: date, value: int) -> None:
    """5. A log never lowers the success rate, and the history adds up to what lies in the window."""
    before, after = numbers(aim, some), numbers(aim, [*some, Log(day, value)])
    assert after["successRate"] >= before["successRate"]
    keys = {entry["period"] for entry in before["periodHistory"]}
    within = [log.value for log in some if log.type == "progress" and key_of(log.day, aim.period) in keys]
    assert sum(entry["value"] for entry in before["periodHistory"]) == sum(within)


@given(limits, logs, days, VALUES)
def test_a_limit_never_rises(aim: Aim, some: list[Log], day: date, value: int) -> None:
    """6. A log never raises the percentage, which follows from the periods over the limit."""
    before, after = numbers(aim, some), numbers(aim, [*some, Log(day, value)])
    assert after["percentComplete"] <= before["percentComplete"]
    keys = len(after["periodHistory"])
    assert after["percentComplete"] == 100 * (keys - after["daysOverLimit"]) / keys
    total = sum(entry["value"] for entry in after["periodHistory"])
    assert after["averageValue"] * keys == pytest.approx(total)


@given(streaks, streak_logs, days)
def test_a_streak_counts_days(aim: Aim, some: list[Log], day: date) -> None:
    """7. Repeats change nothing, no day shortens the longest run, and the current one is part of it."""
    before, after = numbers(aim, some), numbers(aim, [*some, Log(day, 1)])
    assert numbers(aim, some + some) == before
    assert after["longestStreak"] >= before["longestStreak"] >= before["currentStreak"]
    assert 0 <= before["currentStreak"] <= len({log.day for log in some})


@given(streaks, st.integers(1, 40))
def test_today_lengthens_the_streak_that_ended_yesterday(aim: Aim, length: int) -> None:
    """7. A run of k days up to yesterday is k + 1 with today."""
    run = [Log(TODAY - timedelta(ago), 1) for ago in range(1, length + 1)]
    current = [numbers(aim, some)["currentStreak"] for some in (run, [*run, Log(TODAY, 1)])]
    assert current == [length, length + 1]


@given(targets, readings, st.integers(1, 40), st.integers(1, 9))
def test_a_target_sees_its_newest_reading(aim: Aim, some: list[Log], shift: int, scale: int) -> None:
    """8. Older readings do not matter, nor does where the scale begins or its unit."""
    assume(aim.start != aim.value)
    newest = sorted(some, key=lambda log: log.day)[-1:]
    moved = replace(aim, value=aim.value + shift, start=aim.start + shift)
    scaled = replace(aim, value=aim.value * scale, start=aim.start * scale)
    expected = alike(numbers(aim, some))
    for other, readings_then in (
        (aim, newest),
        (moved, [replace(log, value=log.value + shift) for log in some]),
        (scaled, [replace(log, value=log.value * scale) for log in some]),
    ):
        told = numbers(other, readings_then)
        assert [value for value in told.values() if not isinstance(value, list)] == expected


@given(summed, logs, st.sampled_from([0.5, 2, 3, 1000]))
def test_a_percentage_has_no_unit(aim: Aim, some: list[Log], scale: float) -> None:
    """8. Value and logs in another unit give the same percentage."""
    scaled = [replace(log, value=log.value * scale) for log in some]
    other = progress(replace(aim, value=aim.value * scale), scaled, TODAY)
    assert other["percentComplete"] == pytest.approx(progress(aim, some, TODAY)["percentComplete"])


@given(cases, st.sampled_from([*WINDOW_DAYS, "all"]))
def test_percentages_lie_between_0_and_100(case: tuple[Aim, list[Log]], asked: str) -> None:
    """9. No percentage is below 0 or above 100, nor is the consistency."""
    aim, some = case
    block, told = progress(aim, some, TODAY), statistics(aim, some, asked, TODAY)
    shares = (block["percentComplete"], block["successRate"], told["consistency"])
    assert [share for share in shares if not 0 <= share <= 100] == []


@given(cases, st.integers(-800, 800))
def test_all_days_are_alike(case: tuple[Aim, list[Log]], shift: int) -> None:
    """10. The same logs around another today give the same numbers for periods of a day."""
    aim, lapse = replace(case[0], period="day"), timedelta(shift)
    moved = numbers(aim, [replace(log, day=log.day + lapse) for log in case[1]], TODAY + lapse)
    told = numbers(aim, case[1])
    histories = [
        [(entry["value"], entry["achieved"]) for entry in block.pop("periodHistory")]
        for block in (moved, told)
    ]
    assert (moved, histories[0]) == (told, histories[1])
