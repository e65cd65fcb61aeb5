"""Do trials of a sound service obey the laws, and is each law missed where it is broken?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from checks.ai_lifestyle.laws import broken
from checks.ai_lifestyle.numbers import Counted
from checks.ai_lifestyle.samples import PATTERNS
from checks.ai_lifestyle.trials import Draw, Trial, attempt, draw, retold, scaled
from checks.ai_lifestyle.twin.progress import Aim, Log, progress
from checks.ai_lifestyle.twin.rules import HEALTHY, Rules
from checks.ai_lifestyle.twin.statistics import statistics
from checks.ai_lifestyle.vectors import Logged
from tests.checks.ai_lifestyle.diaries import a_diary, creations_of, said
from tests.checks.ai_lifestyle.living import Api

TODAY = date(2026, 2, 22)
SEEDS = range(20)
ALL_TYPES = Rules(counted_types=frozenset({"progress", "completed", "skipped", "partial"}))


def counted(drawn: Draw, logs: list[Logged], rules: Rules = HEALTHY) -> Counted:
    """What a service that goes by the rules counts."""
    aim = Aim(drawn.pattern, drawn.value, "day", drawn.start)
    told = [Log(TODAY - timedelta(log.ago), log.value, log.type) for log in logs]
    return Counted(progress(aim, told, TODAY, rules), statistics(aim, told, "all", TODAY, rules))


def tried(drawn: Draw, rules: Rules = HEALTHY) -> Trial:
    """The trial of a draw, without a service."""
    logs, others = list(drawn.logs), [*drawn.logs, *drawn.others]
    more = counted(drawn, [*others, drawn.more], rules)
    told = {
        "first": counted(drawn, logs, rules),
        "with_others": counted(drawn, others, rules),
        "more": more,
        "archived": more,
        "retold": counted(drawn, retold(drawn), rules),
    }
    if drawn.pattern != "streak":
        told["scaled"] = counted(scaled(drawn), list(scaled(drawn).logs), rules)
    return Trial(7, drawn, told, (said(title="read"), said(title="read")))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_is_drawn_depends_on_the_seed(pattern: str) -> None:
    """The same seed draws the same, another one something else, and always what the goal takes."""
    drawn = [draw(pattern, seed) for seed in SEEDS]
    assert drawn[3] == draw(pattern, 3)
    assert len(set(drawn)) > len(SEEDS) / 2
    if pattern == "streak":
        assert {log.value for one in drawn for log in one.logs} == {1}
    if pattern == "target":
        assert [one for one in drawn if len({log.ago for log in one.logs}) < len(one.logs)] == []


@pytest.mark.parametrize("pattern", PATTERNS)
def test_laws_hold_of_right_formulas(pattern: str) -> None:
    """Whatever is drawn, sound formulas obey all laws."""
    assert [complaint for seed in SEEDS for complaint in broken(tried(draw(pattern, seed)))] == []


@pytest.mark.parametrize("pattern", PATTERNS)
def test_laws_hold_of_the_service(seeded: Api, pattern: str) -> None:
    """A trial with the service obeys all laws, and nothing of it is left."""
    diary = a_diary(seeded)
    assert broken(attempt(diary, 5, draw(pattern, 5))) == []
    assert creations_of(diary).left == ()


@pytest.mark.parametrize(
    ("pattern", "rules", "law"),
    [
        ("recurring", ALL_TYPES, "with activities that do not count"),
        ("milestone", ALL_TYPES, "with activities that do not count"),
        ("streak", Rules(streak_counts_days=False), "retold in another order"),
    ],
)
def test_a_wrong_formula_breaks_a_law(pattern: str, rules: Rules, law: str) -> None:
    """Counting what does not count, or logs in place of days, is noticed whatever was drawn."""
    found = [broken(tried(draw(pattern, seed), rules)) for seed in SEEDS]
    unnoticed = [some for some in found if not any(law in one for one in some)]
    assert len(unnoticed) <= (0 if pattern == "streak" else len(SEEDS) // 2)


def with_number(trial: Trial, way: str, **numbers: Any) -> Trial:
    """The trial as if other numbers had been counted."""
    one = trial.counted[way]
    changed = Counted(one.progress | numbers, one.statistics)
    return replace(trial, counted={**trial.counted, way: changed})


@pytest.mark.parametrize(
    ("pattern", "way", "numbers", "law"),
    [
        ("recurring", "more", {"successRate": -1}, "one more log lowered the success rate"),
        ("recurring", "first", {"periodHistory": []}, "the history adds up to 0"),
        ("recurring", "scaled", {"percentComplete": 99}, "in another unit"),
        ("recurring", "archived", {"trend": "steep"}, "archiving changed its progress"),
        ("limit", "more", {"percentComplete": 101}, "one more log raised the percentage"),
        ("limit", "first", {"daysOverLimit": 9}, "days over it are not"),
        ("limit", "first", {"averageValue": 99}, "the average of 31 days is 99"),
        ("milestone", "more", {"totalAccumulated": 0}, "one more log of"),
        ("milestone", "more", {"percentComplete": -1}, "more: percentComplete is -1"),
        ("milestone", "retold", {"remainingToGoal": -5}, "retold in another order"),
        ("streak", "first", {"longestStreak": -1}, "is longer than any"),
        ("streak", "first", {"currentStreak": 40}, "a current streak of 40 on"),
        ("streak", "more", {"currentStreak": 0}, "is 0 with today"),
        ("streak", "more", {"longestStreak": 0}, "shortened the longest streak"),
    ],
)
def test_a_number_that_breaks_a_law_is_told(
    pattern: str, way: str, numbers: dict[str, Any], law: str
) -> None:
    """Each law is told by what breaks it, with the seed that draws it again."""
    complaints = broken(with_number(tried(draw(pattern, 2)), way, **numbers))
    assert [one for one in complaints if law in one and one.startswith(f"{pattern} of seed 7: ")]


def test_an_older_reading_changes_nothing() -> None:
    """A target that follows a reading from before its newest one is told."""
    drawn = replace(draw("target", 1), logs=(Logged(2, 80),), others=(), more=Logged(5, 70))
    assert broken(tried(drawn)) == []
    moved = with_number(tried(drawn), "more", percentComplete=1)
    assert "an older reading changed the percentage" in str(broken(moved))


def test_updates_and_counts_have_laws_of_their_own() -> None:
    """The same update twice gives the same goal, and every log is one activity."""
    trial = tried(draw("limit", 4))
    changed = replace(trial, updates=(said(title="read"), said(title="write")))
    assert broken(changed) == [
        "limit of seed 7: the same update twice: GET /goals: HTTP 200, GET /goals: HTTP 200"
    ]
    moved = replace(trial, updates=(said(updatedAt="1"), said(updatedAt="2")))
    assert broken(moved) == []
    lost = replace(trial.counted["retold"], statistics={"totalActivities": 0})
    assert "retold: " in str(broken(replace(trial, counted={**trial.counted, "retold": lost})))
