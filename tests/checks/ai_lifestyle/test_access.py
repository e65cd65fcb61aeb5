"""Is letting in told from keeping out, and a closed door from a dead one?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from checks.ai_lifestyle.access import Attempt, Expected, Row, alive, attempt, not_tried
from checks.ai_lifestyle.doors import ID_ROUTES, PROTECTED, door, protected
from checks.ai_lifestyle.looks_access import Leftover, Preflight
from checks.ai_lifestyle.trespass import Step, Trespass
from fixtures.causes import CouldNotLookError
from fixtures.probes.http import Reply

ORIGIN = "https://ailifestyle.app"
REFUSED: dict[str, Any] = {"message": "Unauthorized"}
OWN_WORDS = {"error": "GOAL_NOT_FOUND", "message": "Goal not found"}


def reply(status: int, body: object) -> Reply:
    """An answer with a JSON body, or with a text."""
    text = body if isinstance(body, str) else json.dumps(body)
    return Reply("/goals", status, 0.01, {}, text)


def tried(status: int, body: object = REFUSED, expected: Expected = "out") -> Attempt:
    """What came of an attempt."""
    return attempt("GET /goals", Row("row", expected), reply(status, body))


@pytest.mark.parametrize(
    ("status", "body", "is_in"),
    [
        (200, {"goals": []}, True),
        (201, "", True),
        (404, OWN_WORDS, True),
        (400, {"error": "VALIDATION_ERROR", "message": "no"}, True),
        (500, {"error": "SYSTEM_ERROR", "message": "no"}, True),
        (401, {"message": "Unauthorized", "goals": []}, True),
        (401, REFUSED, False),
        (401, {"error": "UNAUTHORIZED", "message": "no"}, False),
        (403, {"error": "FORBIDDEN", "message": "no"}, False),
        (404, {"message": "Not Found"}, False),
        (502, {"message": "Internal server error"}, False),
        (503, "<html>", False),
    ],
)
def test_being_in(status: int, body: object, is_in: bool) -> None:
    """A success, data, or an error in the app's own words, unless those say that nobody was named."""
    assert tried(status, body).is_in is is_in
    assert tried(status, body, "out").is_right is not is_in
    assert tried(status, body, "in").is_right is (is_in and isinstance(body, dict))
    assert tried(status, body, "either").is_right


@pytest.mark.parametrize(
    ("status", "body", "is_odd"),
    [
        (401, REFUSED, False),
        (403, REFUSED, True),
        (500, REFUSED, True),
        (401, "Unauthorized", True),
        (401, {}, True),
        (401, {"message": None}, True),
        (200, {"goals": []}, False),
    ],
)
def test_the_face_of_a_refusal(status: int, body: object, is_odd: bool) -> None:
    """401 and JSON with a message; whoever is in was not refused."""
    assert tried(status, body).is_odd is is_odd


def test_a_dead_door_proves_nothing() -> None:
    """When the good token meets a 5xx the refusals are not judged, unless somebody else was let in."""
    dead, refused, breach = tried(502, expected="in"), tried(502), tried(200, {"goals": []})
    with pytest.raises(CouldNotLookError, match="prove nothing"):
        alive([dead, refused])
    assert alive([dead, breach]) == [dead, breach]
    kept_out = tried(401, expected="in")
    assert alive([kept_out, refused]) == [kept_out, refused]


def test_an_attempt_names_door_row_and_outcome() -> None:
    """One line says who got how far, or why nobody tried."""
    assert str(tried(200, {"goals": []})) == "GET /goals: row: let in with 200"
    assert str(tried(500, "oops")) == "GET /goals: row: kept out with 500, no JSON object"
    untried = not_tried("GET /goals", Row("N13", why_not="nobody signs"))
    assert (untried.is_tried, str(untried)) == (False, "GET /goals: N13: not applicable here: nobody signs")


def test_doors_do_nothing_when_they_open() -> None:
    """Goals that do not exist are asked for, and bodies are empty, unless a goal and a body are given."""
    assert [one.name for one in protected()] == list(PROTECTED)
    assert len(PROTECTED) == 13
    assert {one.ask.path for one in protected()}.isdisjoint({one.ask.path for one in map(door, ID_ROUTES)})
    assert {json.dumps(one.ask.body) for one in protected()} == {"null", "{}"}
    asked = door("PUT /goals/{goalId}", "g", {"title": "t"}).knock({"X": "y"}, {"q": "1"})
    assert (asked.method, asked.path, asked.body, asked.query) == (
        "PUT",
        "/goals/g",
        {"title": "t"},
        {"q": "1"},
    )
    assert asked.headers == {"Content-Type": "application/json", "X": "y"}


@pytest.mark.parametrize(
    ("status", "is_gone"), [(403, True), (404, True), (401, True), (200, False), (500, False)]
)
def test_a_leftover_is_gone_when_nothing_answers(status: int, is_gone: bool) -> None:
    """A success or a failure is something; a refusal is not."""
    assert Leftover("/docs", status).is_gone is is_gone


@pytest.mark.parametrize(
    ("is_ours", "allowed", "has_credentials", "is_right"),
    [
        (True, ORIGIN, True, True),
        (True, ORIGIN, False, True),
        (True, "", False, False),
        (True, "*", True, False),
        (False, "", False, True),
        (False, ORIGIN, True, True),
        (False, "https://other.example", True, False),
        (False, "*", False, False),
        (False, "*", True, False),
    ],
)
def test_a_preflight(is_ours: bool, allowed: str, has_credentials: bool, is_right: bool) -> None:
    """Our own origin is allowed by its name, a foreign one is not."""
    origin = ORIGIN if is_ours else "https://other.example"
    assert Preflight(origin, is_ours, 204, allowed, has_credentials).is_right is is_right


@pytest.mark.parametrize(
    ("one", "is_kept_out", "line"),
    [
        (Trespass("GET", 404, 404), True, "GET: HTTP 404"),
        (Trespass("GET", 200, 404, shows=True), False, "GET: HTTP 200, the goal was shown"),
        (Trespass("GET", 403, 404), False, "GET: HTTP 403"),
        (Trespass("list", 200, 200), True, "list: HTTP 200"),
        (Trespass("after", 200, 200, True, True), False, "after: HTTP 200, the goal was shown and changed"),
    ],
)
def test_a_trespass(one: Trespass, is_kept_out: bool, line: str) -> None:
    """Kept out is who is told 404, sees nothing and changes nothing."""
    assert (one.is_kept_out, str(one)) == (is_kept_out, line)


def test_a_step_of_a_drill() -> None:
    """It is right with any of its statuses."""
    assert Step("goals", 401, (200, 401)).is_right
    wrong = Step("goals", 500, (200, 401))
    assert (wrong.is_right, str(wrong)) == (False, "goals: HTTP 500, expected 200 or 401")
