"""Is it noticed when stored rows do not hold together?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from checks.ai_lifestyle.looks_rows import Shelves
from checks.ai_lifestyle.rows import Row, Sample, broken, crowded, migrated_apart, misdated, row_of
from tests.checks.ai_lifestyle.diaries import NOW

USER, GOAL_ID = "USER#a", "0b1c"
SOON = timedelta(minutes=5)
BEFORE, AHEAD = (NOW - timedelta(days=1)).isoformat(), (NOW + timedelta(days=2)).isoformat()
GOAL = Row(
    USER,
    f"GOAL#{GOAL_ID}",
    {
        "user_id": "a",
        "goal_id": GOAL_ID,
        "status": "active",
        "GSI1PK": "STATUS#active",
        "goal_pattern": "streak",
        "title": "read",
        "target.value": 30.0,
        "target.unit": "steps",
        "progress.percent_complete": 100.0,
        "progress.success_rate": 0.0,
        "created_at": BEFORE,
        "updated_at": BEFORE,
    },
)
LOG = Row(
    USER,
    f"ACTIVITY#{GOAL_ID}#{BEFORE}",
    {
        "user_id": "a",
        "value": 1.0,
        "unit": "steps",
        "activity_type": "progress",
        "activity_date": BEFORE[:10],
        "logged_at": BEFORE,
    },
)


def row(of: Row, **changes: Any) -> Row:
    """A row that says something else; `target_value` stands for `target.value`."""
    return replace(of, said=of.said | {name.replace("__", "."): value for name, value in changes.items()})


def a_sample(*rows: Row) -> Sample:
    return Sample(rows, (), is_whole=True, at=NOW)


def test_an_item_is_a_row() -> None:
    """Types go, nested attributes are named by their way, and the key stands beside."""
    item = {
        "pk": {"S": USER},
        "sk": {"S": "GOAL#1"},
        "version": {"N": "2"},
        "target": {"M": {"value": {"N": "0.5"}}},
    }
    found = row_of(item, ("pk", "sk"))
    assert found == Row(USER, "GOAL#1", {"version": 2.0, "target.value": 0.5})
    assert (found.kind, found.goal_key, found.time("created_at")) == ("GOAL", (USER, "GOAL#1"), None)


def test_sound_rows_are_well() -> None:
    """A goal and its activity break no rule, be the goal in the sample or asked for by its key."""
    assert broken(a_sample(GOAL, LOG), SOON) == []
    assert broken(replace(a_sample(LOG), elsewhere=(GOAL,)), SOON) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row(GOAL, user_id="b")], "is of user b"),
        ([row(GOAL, goal_id="c")], "is goal c"),
        ([row(GOAL, GSI1PK="STATUS#paused")], "its index says STATUS#paused"),
        ([row(GOAL, status="done", GSI1PK="STATUS#done")], "status done"),
        ([row(GOAL, goal_pattern="habit")], "pattern habit"),
        ([row(GOAL, target__value=0.0)], "target 0.0"),
        ([row(GOAL, updated_at=AHEAD)], "updated 2026-02-24"),
        ([row(GOAL, created_at=NOW.isoformat())], "created 2026-02-22"),
        ([row(GOAL, progress__percent_complete=101.0)], "a percentage beyond"),
        ([LOG], "its goal does not exist"),
        ([GOAL, row(LOG, user_id="b")], "is of user b"),
        ([row(GOAL, goal_pattern="limit"), row(LOG, activity_type="done")], "type done"),
        ([GOAL, row(LOG, logged_at=AHEAD)], "logged 2026-02-24"),
        ([GOAL, row(LOG, unit="km")], "unit km"),
        ([GOAL, row(LOG, value=2.0)], "of a streak, progress 2.0"),
        ([GOAL, row(LOG, activity_type="skipped")], "of a streak, skipped 1.0"),
        ([row(GOAL, goal_pattern="milestone"), row(LOG, value=0.0)], "of a milestone, progress 0.0"),
        ([GOAL, row(LOG, activity_date="2026-03-01")], "day 2026-03-01"),
        (
            [GOAL, replace(row(GOAL, title="READ", goal_id="2"), sk="GOAL#2")],
            "2 active goals are called 'read'",
        ),
    ],
)
def test_a_broken_rule_is_told(rows: list[Row], told: str) -> None:
    """Each rule is told by what breaks it, and nothing else is."""
    (complaint,) = broken(a_sample(*rows), SOON)
    assert told in complaint


def test_too_many_active_goals_are_told() -> None:
    """More than fifty active goals of a user are a complaint, fifty are none."""
    many = [replace(row(GOAL, title=f"{n}", goal_id=f"{n}"), sk=f"GOAL#{n}") for n in range(51)]
    assert broken(a_sample(*many[:50]), SOON) == []
    assert broken(a_sample(*many), SOON) == ["USER#a: 51 active goals"]


def test_moments_in_the_future_are_told() -> None:
    """Five minutes ahead are allowed, days are not, nor is an end before its beginning."""
    soon = row(GOAL, updated_at=(NOW + timedelta(minutes=4)).isoformat())
    assert misdated(a_sample(soon, LOG), SOON) == []
    assert len(misdated(a_sample(row(GOAL, updated_at=AHEAD), row(LOG, logged_at=AHEAD)), SOON)) == 2
    turned = row(GOAL, created_at=NOW.isoformat())
    assert misdated(a_sample(turned), SOON) == [f"{turned}: updated before it was created"]


def test_a_crowded_key_is_told() -> None:
    """GLOBAL is one key too many; others may hold a fifth, our own users and small samples any share."""
    users = [replace(LOG, pk=f"USER#{n}") for n in range(8)]
    assert crowded(a_sample(*users, *[LOG] * 2), [], 0.2, 10) == []
    assert crowded(a_sample(*users, *[LOG] * 3), [], 0.2, 10) == ["USER#a: 3 of 11 items"]
    assert crowded(a_sample(*users, *[LOG] * 3), ["a"], 0.2, 8) == []
    assert crowded(a_sample(*users, *[LOG] * 3), [], 0.2, 12) == []
    assert crowded(a_sample(replace(LOG, pk="GLOBAL")), ["a"], 0.2, 1000) == ["GLOBAL: 1 of 1 items"]


def test_a_migration_that_stopped_is_told() -> None:
    """All of one version are well, whichever; a minority, and a migration that is still to come, are not."""
    moved = row(GOAL, version=2.0, migratedAt=BEFORE)
    assert migrated_apart([GOAL, GOAL], NOW) == migrated_apart([moved, moved], NOW) == []
    assert migrated_apart([GOAL, GOAL, moved], NOW) == [f"{moved}: version 2.0, most have None"]
    for wrong in (AHEAD, "yesterday"):
        assert migrated_apart([row(moved, migratedAt=wrong)], NOW) == [f"{moved}: migrated {wrong}"]


def test_shelves_that_differ_are_told() -> None:
    """What is stored and not listed, and the other way round."""
    assert Shelves({"1": "a"}, {"1": "a"}).differences == []
    assert Shelves({"1": "a"}, {"2": "b"}).differences == [
        "a is stored and not listed",
        "b is listed and not stored",
    ]
