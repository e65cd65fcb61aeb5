"""Is it noticed when a goal lives on after its end, or when too many live?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checks.ai_lifestyle.life import EXPECTED, Life, Quota, about_quota, complaints, fill, live
from checks.ai_lifestyle.twin.mounting import bend
from fixtures.causes import CouldNotLookError
from tests.checks.ai_lifestyle.diaries import a_diary, creations_of, said, with_body, with_step
from tests.checks.ai_lifestyle.living import Api

FULL = said(
    422,
    "POST /goals",
    error="GOAL_QUOTA_EXCEEDED",
    message="no",
    details={"current_count": 50, "max_allowed": 50},
)
SOUND = Quota(50, FULL, said(201, "POST /goals", goalId="1"))


@pytest.fixture(scope="module")
def life(living: Api) -> Life:
    """A life by the rules."""
    return live(a_diary(living))


def test_a_life_by_the_rules_is_well(seeded: Api) -> None:
    """A goal goes through all its states, and neither it nor its namesake is left."""
    diary = a_diary(seeded)
    life = live(diary)
    assert (complaints(life), list(life.steps)) == ([], list(EXPECTED))
    assert creations_of(diary).left == ()


@pytest.mark.parametrize(
    ("step", "change", "told"),
    [
        ("create as draft", {"status": "active"}, "create as draft: is no draft"),
        ("pause", {"status": "active"}, "pause: is not paused"),
        ("get", {"goalPattern": "streak"}, "change the pattern: it is another now"),
        ("get archived", {"status": "active"}, "get archived: is not archived"),
        ("activities of archived", {"activities": []}, "activities of archived: not the one"),
        ("progress of archived", {"progress": {"percentComplete": 0}}, "progress of archived: it changed"),
        ("list archived", {"goals": []}, "list archived: the goal is not in it"),
    ],
)
def test_a_broken_rule_is_told(life: Life, step: str, change: dict[str, Any], told: str) -> None:
    """What a good answer says about the goal's state is looked at."""
    assert complaints(with_step(life, step, with_body(life.steps[step], **change))) == [told]


def test_a_step_that_should_be_refused_is_told(life: Life) -> None:
    """An archived goal that takes a log, and a step that was not reached, are complaints."""
    taken = with_step(life, "log on archived", said(201, "POST /goals/1/activities", activityId="1"))
    assert complaints(taken) == ["log on archived: POST /goals/1/activities: HTTP 201"]
    early = replace(life, steps={"create as draft": said(500, "POST /goals", message="no")})
    assert complaints(early) == [
        "create as draft: POST /goals: HTTP 500 no",
        "log on draft: was not reached",
    ]


def test_the_quota_is_filled_and_given_back(api: Api) -> None:
    """The 51st goal of a user is refused, one archived makes room, and no goal is left."""
    diary = a_diary(api)
    assert about_quota(fill(diary)) == []
    assert (api.all_ids(), creations_of(diary).left) == ([], ())


def test_a_quota_that_cannot_be_filled_is_not_seen(seeded: Api, api: Api) -> None:
    """Where fewer goals are allowed, nobody knows what the 51st would have been told."""
    bend(seeded.world, most_active=3)
    with pytest.raises(CouldNotLookError, match="no 50 goals"):
        fill(a_diary(api))
    assert api.all_ids() == []


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (replace(SOUND, refused=said(201, "POST /goals", goalId="1")), "51 goals: POST /goals: HTTP 201"),
        (replace(SOUND, refused=with_body(FULL, details={})), "51 goals: details {}"),
        (replace(SOUND, freed=FULL), "one archived, one more: POST /goals: HTTP 422"),
        (Quota(), "it was not tried"),
    ],
)
def test_a_quota_that_is_not_kept_is_told(broken: Quota, told: str) -> None:
    """A 51st goal that is taken, numbers that are not said, and room that is not made."""
    assert about_quota(SOUND) == []
    assert any(told in one for one in about_quota(broken))
