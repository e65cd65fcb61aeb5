"""Is it noticed when an answer has another form than was agreed?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checks.ai_lifestyle.contract import about, about_error
from checks.ai_lifestyle.journey import Journey, travel
from checks.ai_lifestyle.samples import PATTERNS
from tests.checks.ai_lifestyle.diaries import HEADERS, a_diary, said, with_body, with_step
from tests.checks.ai_lifestyle.living import Api


@pytest.fixture(scope="module")
def journey(living: Api) -> Journey:
    """A journey whose answers are as agreed."""
    return travel(a_diary(living), "milestone")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_agreed_form_is_accepted(seeded: Api, pattern: str) -> None:
    """Answers about each pattern are of the agreed form."""
    assert about(travel(a_diary(seeded), pattern)) == []


@pytest.mark.parametrize(
    ("step", "change", "told"),
    [
        ("get", {"goalId": None}, "get: goalId: Field required"),
        ("get", {"goal_id": "1"}, "get: goal_id is not camelCase"),
        ("get", {"createdAt": "2026-02-22 12:00:00"}, "createdAt"),
        ("get", {"createdAt": "2026-02-22T12:00:00"}, "createdAt"),
        ("get", {"status": "done"}, "get: status"),
        ("update", {"title": ""}, "update: title"),
        ("list", {"pagination": {"page": 0, "limit": 20, "total": 1, "pages": 1}}, "pagination.page"),
        ("log", {"value": "25"}, "log: value"),
        ("list activities", {"activities": [{}]}, "activities.0.activityId"),
        (
            "progress",
            {"insights": {"successPatterns": [], "recommendations": list("abcd")}},
            "recommendations",
        ),
        ("archive", {"message": None}, "archive: message"),
    ],
)
def test_another_form_is_told(journey: Journey, step: str, change: dict[str, Any], told: str) -> None:
    """A field that is missing, of another type, beyond its range or in other words is named."""
    complaints = about(with_step(journey, step, with_body(journey.steps[step], **change)))
    assert [one for one in complaints if told in one]


def test_headers_are_part_of_the_form(journey: Journey) -> None:
    """An answer without a request id, and a Location that leads elsewhere, are told."""
    bare = replace(journey.steps["get"], headers={"content-type": "application/json"})
    assert about(with_step(journey, "get", bare)) == ["milestone: get: header x-request-id is None"]
    lost = replace(journey.steps["create"], headers=HEADERS | {"location": "/goals/1"})
    assert about(with_step(journey, "create", lost)) == ["milestone: create: Location '/goals/1'"]


def test_metadata_may_be_named_in_any_way(journey: Journey) -> None:
    """What the user names is his own business."""
    named = with_body(journey.steps["get"], metadata={"made_by": "me"})
    assert about(with_step(journey, "get", named)) == []


def test_refused_steps_are_left_to_another_check(journey: Journey) -> None:
    """An error is not measured by the form of a goal."""
    assert about(with_step(journey, "get", said(404, error="GOAL_NOT_FOUND"))) == []


def test_errors_have_a_form_of_their_own() -> None:
    """A code, a message and a time; whatever lacks one is told."""
    sound = said(404, error="GOAL_NOT_FOUND", message="no", timestamp="2026-02-22T12:00:00+00:00")
    assert about_error(sound) == []
    assert about_error(with_body(sound, timestamp=None)) == ["GET /goals: timestamp: Field required"]
    assert [one for one in about_error(with_body(sound, error="not found")) if "error" in one]
