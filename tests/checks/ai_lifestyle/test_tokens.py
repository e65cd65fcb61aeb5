"""Does the pool sign as Cognito does, and does nobody else get a token out of it?"""

from __future__ import annotations

import jwt
import pytest

from checks.ai_lifestyle.twin.pool import RefusedSignInError
from checks.ai_lifestyle.twin.tokens import id_claims
from tests.checks.ai_lifestyle.gated import CAST, ELSEWHERE, App


def test_a_token_verifies_by_the_published_keys(app: App) -> None:
    """It is signed by RS256 with the first of two keys, by the name that the key set has for it."""
    token, published = app.token(), app.key_set().json()["keys"]
    header = jwt.get_unverified_header(token)
    assert (header, len(published)) == ({"alg": "RS256", "kid": published[0]["kid"]}, 2)
    jwt.decode(token, jwt.PyJWK(published[0]).key, ["RS256"])
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, jwt.PyJWK(published[1]).key, ["RS256"])
    assert {key["use"] for key in published} == {"sig"}
    assert {name for key in published for name in key} == {"kty", "n", "e", "alg", "use", "kid"}


def test_a_token_says_what_cognito_says(app: App) -> None:
    """Issuer, client, use, user and an hour; neither an audience nor an e-mail."""
    given = app.login()
    claims = jwt.decode(given["accessToken"], options={"verify_signature": False})
    pool = app.deployment.pool
    assert claims["iss"] == f"https://cognito-idp.us-east-1.amazonaws.com/{pool.id}"
    assert (claims["client_id"], claims["token_use"]) == (pool.client_id, "access")
    assert claims["sub"] == claims["username"] == given["user"]["userId"] == app.deployment.a
    assert claims["exp"] - claims["iat"] == given["expiresIn"] == 3600
    assert {"aud", "email"}.isdisjoint(claims)


def test_tokens_live_as_long_as_the_client_says(app: App) -> None:
    """Cognito's setting is followed at once, in whatever unit it stands."""
    pool = app.deployment.pool
    who = {"UserPoolId": pool.id, "ClientId": pool.client_id}
    sound = pool.cognito.describe_user_pool_client(**who)["UserPoolClient"]
    settings = {name: sound[name] for name in ("AccessTokenValidity", "TokenValidityUnits")}
    pool.cognito.update_user_pool_client(
        **who, AccessTokenValidity=2, TokenValidityUnits={"AccessToken": "hours"}
    )
    app.world.at_lift(lambda: pool.cognito.update_user_pool_client(**who, **settings))
    given = app.login()
    claims = jwt.decode(given["accessToken"], options={"verify_signature": False})
    assert (given["expiresIn"], claims["exp"] - claims["iat"]) == (7200, 7200)


def test_an_id_token_is_another_thing(app: App) -> None:
    """It is for the client as its audience, and names the e-mail."""
    pool = app.deployment.pool
    claims = id_claims(pool.id, pool.client_id, "sub", CAST.a.email, app.world.clock.now(), 60)
    assert (claims["aud"], claims["token_use"], claims["email"]) == (pool.client_id, "id", CAST.a.email)
    assert "client_id" not in claims


def test_every_pool_has_its_own_keys(app: App) -> None:
    """Another pool comes into being when it signs; before, there is none."""
    assert app.key_set("us-east-1_never").status_code == 400
    app.sign({}, ELSEWHERE)
    theirs, ours = app.key_set(ELSEWHERE).json()["keys"], app.key_set().json()["keys"]
    assert {key["n"] for key in theirs}.isdisjoint({key["n"] for key in ours})


def test_a_refresh_token_is_good_until_it_is_ended(app: App) -> None:
    """Revoked, signed out, of a disabled user or made up: it gives nothing; enabled again, it does."""
    pool = app.deployment.pool
    kept, revoked = (pool.sign_in(CAST.b.email, CAST.b.password) for _ in range(2))
    assert pool.renew(kept.refresh).sub == app.deployment.b
    assert pool.renew(kept.refresh).refresh == ""
    pool.revoke(revoked.refresh)
    who = {"UserPoolId": pool.id, "Username": CAST.b.email}
    pool.cognito.admin_disable_user(**who)
    try:
        for token in (revoked.refresh, kept.refresh, "made-up", ""):
            with pytest.raises(RefusedSignInError):
                pool.renew(token)
    finally:
        pool.cognito.admin_enable_user(**who)
    assert pool.renew(kept.refresh).lifetime_s == 3600
    pool.cognito.admin_user_global_sign_out(**who)
    with pytest.raises(RefusedSignInError):
        pool.renew(kept.refresh)


def test_tokens_are_not_shown(app: App) -> None:
    """Whoever prints what a sign-in gave prints no token."""
    tokens = app.deployment.pool.sign_in(CAST.a.email, CAST.a.password)
    assert tokens.access not in repr(tokens)
    assert tokens.refresh not in repr(tokens)
    assert CAST.a.password not in repr(CAST)
