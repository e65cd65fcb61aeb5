"""Do those sign in who may, and nobody else?"""

from __future__ import annotations

from checks.ai_lifestyle.accounts import (
    Claim,
    Refresh,
    RefusedSignIn,
    Registration,
    SignIn,
    told_apart,
)
from checks.ai_lifestyle.trespass import Step
from fixtures.binding import proves
from fixtures.probes.pool_users import PoolUser
from fixtures.targets import Target


@proves("LIFE-14")
def test_the_synthetic_users_may_sign_in(synthetic_users: list[PoolUser]) -> None:
    """Both synthetic users are enabled and confirmed, with a verified e-mail."""
    assert [one for one in synthetic_users if not one.is_able] == []


@proves("LIFE-15")
def test_a_user_signs_in(sign_ins: list[SignIn], target: Target) -> None:
    """User A signs in and gets two tokens of type Bearer, good for as long as agreed, for the e-mail sent."""
    lifetime_s = target.parts.user_pools[0].access_minutes * 60
    assert [one for one in sign_ins if not one.is_as_agreed(lifetime_s)] == []


@proves("LIFE-18")
def test_the_access_token_is_what_it_should_be(token_claims: list[Claim]) -> None:
    """The access token is signed by a published key and names the right issuer, client, use and user."""
    assert [one for one in token_claims if one.said != one.expected] == []


@proves("LIFE-19")
def test_only_a_refresh_token_refreshes(refreshes: list[Refresh]) -> None:
    """A refresh token gives a token that opens GET /goals; a broken, empty or foreign one gives none."""
    assert [one for one in refreshes if not one.is_right] == []


@proves("LIFE-20")
def test_refused_sign_ins_reveal_nothing(refused_sign_ins: list[RefusedSignIn]) -> None:
    """Wrong password and unknown user get the same 401, an unconfirmed user a 403, and nobody a token."""
    wrong = [str(one) for one in refused_sign_ins if not one.is_right]
    assert [*wrong, *told_apart(refused_sign_ins)] == []


@proves("LIFE-37")
def test_only_sound_registrations_are_taken(registrations: list[Registration]) -> None:
    """A weak password or a missing field is refused and makes no user; a sound one makes one, once."""
    assert [one for one in registrations if not one.is_right] == []


@proves("LIFE-67")
def test_a_disabled_user_is_shut_out(containment: list[Step]) -> None:
    """User B neither signs in nor refreshes while disabled, and signs in again when enabled."""
    assert [one for one in containment if not one.is_right] == []
