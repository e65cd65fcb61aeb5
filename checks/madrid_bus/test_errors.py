"""Are questions that have no answer refused as agreed?"""

from __future__ import annotations

from checks.madrid_bus.access import Attempt
from checks.madrid_bus.errors import Refusal
from fixtures.binding import proves


@proves("BUS-58")
def test_ids_that_nothing_has_get_no_answer(id_refusals: list[Refusal]) -> None:
    """Unknown ids get 404 and word that nothing was found, odd ones 400 or 404, none an answer."""
    assert [str(refusal) for refusal in id_refusals if not refusal.is_right] == []


@proves("BUS-59")
def test_impossible_moments_get_no_answer(moment_refusals: list[Refusal]) -> None:
    """A moment outside retention gets 404, a malformed or missing one 400, each with a message."""
    assert [str(refusal) for refusal in moment_refusals if not refusal.is_right] == []


@proves("BUS-75")
def test_who_is_refused_is_told_so(
    rest_attempts: list[Attempt], mcp_attempts: list[Attempt], socket_attempts: list[Attempt]
) -> None:
    """Whoever is refused gets 401 and, over HTTP, a message that begins with "Unauthorized"."""
    attempts = (*rest_attempts, *mcp_attempts, *socket_attempts)
    refused = [one for one in attempts if not one.is_entitled and not one.is_let_in]
    if not refused:
        raise LookupError("nobody was refused")
    assert [str(attempt) for attempt in refused if not attempt.is_told] == []
