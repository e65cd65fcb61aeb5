"""Is letting in told from refusing, and a closed door from a dead one?"""

from __future__ import annotations

import pytest

from checks.madrid_bus.access import Attempt, alive, http_cases, is_answered, socket_cases
from fixtures.causes import CouldNotLookError


@pytest.mark.parametrize(
    ("status", "answered", "is_let_in"),
    [
        (200, True, True),
        (204, False, True),
        (101, False, True),
        (404, True, True),
        (401, True, True),
        (401, False, False),
        (403, False, False),
        (404, False, False),
        (500, False, False),
        (0, False, False),
    ],
)
def test_being_let_in(status: int, answered: bool, is_let_in: bool) -> None:
    """A 2xx, an opened socket, or an answer from behind the door; nothing else."""
    attempt = Attempt("door", "case", is_let_in, status, answered)
    assert attempt.is_let_in is is_let_in
    assert not Attempt("door", "case", not is_let_in, status, answered).is_right


@pytest.mark.parametrize(
    ("status", "answered", "is_right"),
    [(200, True, True), (101, False, True), (404, True, True), (200, False, False), (403, False, False)],
)
def test_being_let_in_is_to_be_answered(status: int, answered: bool, is_right: bool) -> None:
    """A success that says nothing of what is behind the door does not do for whoever should be let in."""
    assert Attempt("door", "case", True, status, answered).is_right is is_right


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"count": 3}, True),
        ({"tools": []}, True),
        ([{"name": "query"}], True),
        ({"error": True, "message": "No data found for stop S001"}, True),
        ({"message": "Unauthorized"}, False),
        ({"success": False, "status_code": 401, "error": "Unauthorized"}, False),
        (None, False),
        ("Unauthorized", False),
    ],
)
def test_an_answer_from_behind_the_door(body: object, expected: bool) -> None:
    """Data, or word that there are none, come from behind the door; a refusal does not."""
    assert is_answered(body) is expected


def test_the_cases_are_the_agreed_ones() -> None:
    """Three of ten HTTP cases and one of six handshakes are entitled, with keys and groups of their own."""
    http, sockets = http_cases("right"), socket_cases("right")
    assert [case.name.split()[0] for case in http if case.is_entitled] == ["A1", "A9", "A10"]
    assert [case.name.split()[0] for case in sockets if case.is_entitled] == ["W1"]
    assert (len(http), len(sockets)) == (10, 6)
    assert http_cases("right")[3].headers["x-api-key"] != http[3].headers["x-api-key"]


def test_a_dead_door_proves_nothing() -> None:
    """When the right key meets a 5xx the refusals are not judged, unless somebody else was let in."""
    right, wrong = Attempt("door", "right", True, 502), Attempt("door", "wrong", False, 502)
    with pytest.raises(CouldNotLookError, match="its refusals prove nothing"):
        alive([right, wrong])
    breach = Attempt("other", "wrong", False, 200)
    assert alive([right, wrong, breach]) == [right, wrong, breach]
    refused = [Attempt("door", "right", True, 401), wrong]
    assert alive(refused) == refused


def test_an_attempt_names_door_case_and_status() -> None:
    """One line says who got how far."""
    assert str(Attempt("/sensors", "A2 no key", False, 200)) == "/sensors: A2 no key: let in with 200"
    assert str(Attempt("/sensors", "A1", True, 401)) == "/sensors: A1: refused with 401"
    assert str(Attempt("/sensors", "A1", True, 200)) == "/sensors: A1: let in with 200 but no answer"
