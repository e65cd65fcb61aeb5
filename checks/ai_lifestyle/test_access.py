"""Does only the owner get in, and see only his own?"""

from __future__ import annotations

import pytest

from checks.ai_lifestyle.access import Attempt
from checks.ai_lifestyle.looks_access import Leftover, Preflight
from checks.ai_lifestyle.matrix import RARE
from checks.ai_lifestyle.trespass import Trespass
from fixtures.binding import proves


@proves("LIFE-21")
def test_no_protected_route_lets_in_without_a_token(open_doors: list[Attempt]) -> None:
    """Each protected route keeps out whoever comes without a token."""
    assert [one for one in open_doors if not one.is_right] == []


@proves("LIFE-22")
def test_no_bad_token_lets_anybody_in(token_attempts: list[Attempt]) -> None:
    """A good token is let in; a missing, broken, forged or misplaced one is not."""
    judged = [one for one in token_attempts if not one.row.startswith(RARE)]
    assert [one for one in judged if not one.is_right or not one.is_tried] == []


@proves("LIFE-22")
def test_no_token_signed_for_something_else_lets_anybody_in(token_attempts: list[Attempt]) -> None:
    """A rightly signed token is kept out that is expired, premature, foreign, nameless or half a sign-in."""
    rare = [one for one in token_attempts if one.row.startswith(RARE)]
    assert [one for one in rare if one.is_tried and not one.is_right] == []
    if untried := [one for one in rare if not one.is_tried]:
        pytest.skip(f"not applicable here: {', '.join(one.row for one in untried)}: {untried[0].why_not}")


@proves("LIFE-23")
def test_refusals_have_the_agreed_face(token_attempts: list[Attempt], open_doors: list[Attempt]) -> None:
    """Whoever is kept out is told 401, or 403 where that is agreed, in JSON with a message and no data."""
    refused = [one for one in (*token_attempts, *open_doors) if one.expected == "out" and one.is_tried]
    assert [one for one in refused if one.is_odd] == []


@proves("LIFE-24")
def test_no_user_reaches_the_goals_of_another(trespasses: list[Trespass]) -> None:
    """User B is told that user A's goal does not exist, changes nothing of it, and sees it in no list."""
    assert [one for one in trespasses if not one.is_kept_out] == []


@proves("LIFE-75")
def test_nothing_answers_that_should_not(leftovers: list[Leftover], open_doors: list[Attempt]) -> None:
    """Only public routes answer without a token, and what development leaves behind is not there."""
    unguarded = [one for one in open_doors if not one.is_right]
    assert [*(one for one in leftovers if not one.is_gone), *unguarded] == []


@proves("LIFE-76")
def test_only_our_own_pages_may_call(preflights: list[Preflight]) -> None:
    """A preflight allows the app's own origin, no foreign one, and never all of them with credentials."""
    assert [one for one in preflights if not one.is_right] == []
