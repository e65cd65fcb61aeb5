"""Do accounts work? Users sign in and on, and nobody does who should not."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from checks.ai_lifestyle import forgery
from checks.ai_lifestyle.accounts import (
    HIDDEN,
    Claim,
    Refresh,
    RefusedSignIn,
    SignIn,
    claims,
    refused_sign_in,
    sign_in_of,
)
from checks.ai_lifestyle.looks_people import Cast, PoolPlace
from checks.ai_lifestyle.people import Credentials, Login, User, ask_account, hold, sign_in
from fixtures.aws import Aws
from fixtures.observations import observation
from fixtures.probes.http import Ask
from fixtures.probes.pool_users import PoolUser, pool_user
from fixtures.targets import Target
from fixtures.web import Web


@observation
def synthetic_users(aws: Aws, pool_place: PoolPlace, cast: Cast) -> list[PoolUser]:
    """Users A and B as the pool has them."""
    client = aws.client("cognito-idp")
    return [pool_user(client, pool_place.id, who.email, f"user {who.name}") for who in (cast.a, cast.b)]


@observation
def sign_ins(login_a: Login) -> list[SignIn]:
    """What user A was told who signed in."""
    return [sign_in_of(login_a)]


@observation
def token_claims(
    user_a: User, key_set: list[dict[str, Any]], pool_place: PoolPlace, target: Target
) -> list[Claim]:
    """What user A's access token says, beside what it should."""
    (declared,) = target.parts.user_pools
    expected = {
        "iss": pool_place.issuer,
        "client_id": pool_place.client_id,
        "token_use": "access",
        "sub": user_a.sub,
        "lifetime_s": str(declared.access_minutes * 60),
    }
    return claims(user_a.access, key_set, expected)


@observation
def refreshes(web: Web, user_a: User, target: Target) -> list[Refresh]:
    """What user A's refresh token gives, and what others give that are none."""
    bent = forgery.with_bent_signature(f".{user_a.refresh}")[1:]
    others = {"broken": bent, "empty": "", "foreign": str(uuid4()), "an access token": user_a.access}
    return [
        _refresh(web, target, "the refresh token", user_a.refresh, is_good=True),
        *(_refresh(web, target, case, token, is_good=False) for case, token in others.items()),
    ]


@observation
def refused_sign_ins(web: Web, cast: Cast, target: Target) -> list[RefusedSignIn]:
    """What those are told who may not sign in."""
    stranger = f"gonogo-{uuid4().hex}@example.org"
    wrong = f"Wr0ng!{uuid4().hex}"
    knocks = {
        HIDDEN[0]: Credentials("A", cast.a.email, wrong),
        HIDDEN[1]: Credentials("nobody", stranger, wrong),
        "unconfirmed user": cast.unconfirmed,
    }
    logins = {case: sign_in(web, who, target.run.redactor) for case, who in knocks.items()}
    return [refused_sign_in(case, login) for case, login in logins.items()]


def _refresh(web: Web, target: Target, case: str, token: str, *, is_good: bool) -> Refresh:
    reply = ask_account(web, "/auth/refresh", {"refreshToken": token})
    given = hold(reply, target.run.redactor).get("accessToken")
    has_token = isinstance(given, str) and given != ""
    opened = (
        has_token and web.ask("api", Ask("/goals", headers={"Authorization": f"Bearer {given}"})).is_success
    )
    return Refresh(case, is_good, reply.status, has_token, opened)
