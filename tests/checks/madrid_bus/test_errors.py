"""Is a refusal told from an answer, and a good refusal from a bad one?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from checks.madrid_bus.access import NOTHING_FOUND, Attempt
from checks.madrid_bus.errors import Question, Refusal, about_ids, about_moments

NOW = datetime(2026, 2, 22, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "message", "words", "is_right"),
    [
        (404, "No data found for stop S999", NOTHING_FOUND, True),
        (404, "No buses found for line L99", NOTHING_FOUND, True),
        (404, "Not Found", NOTHING_FOUND, False),
        (200, "No data found", NOTHING_FOUND, False),
        (404, "anything", ("",), True),
        (404, "", ("",), False),
        (404, "", (), True),
        (500, "", (), False),
    ],
)
def test_a_refusal_is_right(status: int, message: str, words: tuple[str, ...], is_right: bool) -> None:
    """Its status is one of those agreed, and its message holds some of the words, where any are wanted."""
    assert Refusal("/people-count/S999", (404,), status, message, words).is_right is is_right


def test_a_refusal_says_what_was_wrong() -> None:
    """The status that was wanted, or that the message was missing."""
    assert str(Refusal("/x", (400, 404), 200, "")) == "/x: 200 without a message, not 400 or 404"
    assert str(Refusal("/x", (400,), 400, "")) == "/x: 400 without a message"
    assert str(Refusal(f"/{'S' * 200}", (404,), 500, "oops")).startswith(f"/{'S' * 49}…: 500 'oops'")


def test_every_route_is_asked_for_odd_ids() -> None:
    """Six ids that nothing has, and five that are none on each of the four routes, encoded."""
    questions = about_ids()
    assert len(questions) == 6 + 4 * 5
    assert Question("/people-count/S%20001", {"mode": "latest"}, (400, 404), ()) in questions


def test_moments_lie_outside_retention() -> None:
    """Sixty days back, in the form the API reads."""
    assert about_moments(NOW)[0].query == {"timestamp": "2025-12-24T10:30:00Z"}


@pytest.mark.parametrize(
    ("status", "message", "is_told"),
    [
        (401, "Unauthorized", True),
        (401, "Unauthorized: Invalid API key", True),
        (401, None, True),
        (401, "go away", False),
        (500, "Unauthorized", False),
        (403, None, False),
        (200, "", True),
    ],
)
def test_who_is_refused_is_told_so(status: int, message: str | None, is_told: bool) -> None:
    """401 and the word; a handshake has no words; whoever got in was not refused."""
    assert Attempt("door", "case", False, status, False, message).is_told is is_told
