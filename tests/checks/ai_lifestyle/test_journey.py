"""Is a goal's chain well when it is, and said to be broken where it breaks?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.ai_lifestyle.journey import FUNCTIONS, Journey, complaints, travel
from checks.ai_lifestyle.samples import PATTERNS
from tests.checks.ai_lifestyle.diaries import a_diary, creations_of, said, with_body, with_step
from tests.checks.ai_lifestyle.living import Api


@pytest.fixture(scope="module")
def journey(living: Api) -> Journey:
    """A journey that went well."""
    return travel(a_diary(living), "recurring")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_comes_through(seeded: Api, pattern: str) -> None:
    """A goal of each pattern goes through all steps, and nothing of it is left."""
    diary = a_diary(seeded)
    journey = travel(diary, pattern)
    assert (complaints(journey), list(journey.steps)) == ([], list(FUNCTIONS))
    assert (journey.left, creations_of(diary).left) == ((), ())


def test_a_refused_step_names_its_function(journey: Journey) -> None:
    """A step that was refused, or answered by a web page, is told with the function behind it."""
    broken = with_step(journey, "log", said(500, "POST /goals/1/activities", message="no"))
    assert complaints(broken) == ["recurring: log (log_activity): POST /goals/1/activities: HTTP 500 no"]
    page = replace(journey.steps["get"], body={}, headers={"content-type": "text/html"})
    (told,) = complaints(with_step(journey, "get", page))
    assert "get (get_goal)" in told


def test_a_chain_that_ended_early_says_where(journey: Journey) -> None:
    """What was not reached is told, once."""
    early = replace(journey, steps={"create": said(500, "POST /goals", message="no")}, goal_id="")
    assert complaints(early) == [
        "recurring: create (create_goal): POST /goals: HTTP 500 no",
        "recurring: get (get_goal) was not reached",
    ]


@pytest.mark.parametrize(
    ("step", "change", "told"),
    [
        ("get", {"title": "another"}, "get: another title"),
        ("list", {"goals": []}, "list: the goal is not in it"),
        ("update", {"title": "as before"}, "update: another title"),
        ("get again", {"title": "as before"}, "the update was not stored, the goal says 'as before'"),
        ("list activities", {"activities": []}, "list activities: not the one"),
        ("progress", {"statistics": {"totalActivities": 2}}, "progress: not one activity"),
        ("progress", {"progress": {"percentComplete": 101}}, "progress: no percentage"),
        ("get at the end", {"status": "active"}, "get at the end: not archived"),
    ],
)
def test_a_good_answer_may_say_the_wrong_thing(
    journey: Journey, step: str, change: dict[str, object], told: str
) -> None:
    """Of each step it is looked at what it says, not only at its status."""
    (complaint,) = complaints(with_step(journey, step, with_body(journey.steps[step], **change)))
    assert told in complaint


def test_a_goal_that_is_listed_for_good_is_told(journey: Journey) -> None:
    """A goal that is still in the list at the end, or was not archived, is a complaint."""
    listed = with_step(journey, "list afterwards", journey.steps["list"])
    assert complaints(listed) == ["recurring: list afterwards: the goal is still in it"]
    assert complaints(replace(journey, left=("1",))) == ["recurring: goal 1 was not archived"]
