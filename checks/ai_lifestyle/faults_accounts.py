"""In which ways do accounts fail: who signs in, for how long, and who is told what?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from checks.ai_lifestyle.twin.deployment import Deployment, deployment_of
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.faults import fault
from fixtures.twins.world import World

AUTH = "ai_lifestyle/api/auth"
PASSWORD = "Gon0go!!weakened"  # noqa: S105 (of users that are removed at once)


@fault(notices=["LIFE-14", "LIFE-15"], spares=["LIFE-13", "LIFE-36"])
def the_synthetic_user_was_disabled(world: World) -> None:
    """User A may not sign in."""
    deployment = deployment_of(world)
    who = {"UserPoolId": deployment.pool.id, "Username": deployment.a}
    deployment.pool.cognito.admin_disable_user(**who)
    world.at_lift(lambda: deployment.pool.cognito.admin_enable_user(**who))


@fault(notices=["LIFE-15", "LIFE-16", "LIFE-18"], spares=["LIFE-22"])
def tokens_lived_a_day(world: World) -> None:
    """An access token is good for 24 hours."""
    _change_client(
        world,
        AccessTokenValidity=24,
        TokenValidityUnits={"AccessToken": "hours", "IdToken": "minutes", "RefreshToken": "days"},
    )


@fault(notices=["LIFE-20", "LIFE-16"], spares=["LIFE-15", "LIFE-22"])
def unknown_users_were_revealed(world: World) -> None:
    """Who tries to sign in is told whether there is such a user."""
    _change_client(world, PreventUserExistenceErrors="LEGACY")


@fault(notices=["LIFE-19"], spares=["LIFE-15", "LIFE-22"])
def refresh_accepted_garbage(world: World) -> None:
    """Whatever is sent for a refresh token gives an access token."""
    deployment = deployment_of(world)
    tokens = deployment.pool.sign_in(deployment.cast.a.email, deployment.cast.a.password)
    world.at_lift(lambda: deployment.pool.revoke(tokens.refresh))
    _rewrite(world, "/refresh", lambda body: body | {"refreshToken": tokens.refresh})


@fault(notices=["LIFE-37"], spares=["LIFE-15", "LIFE-20"])
def a_weak_password_was_accepted(world: World) -> None:
    """Whoever registers may choose any password."""
    _rewrite(world, "/register", lambda body: body | {"password": PASSWORD} if "password" in body else body)


@fault(notices=["LIFE-67"])
def a_disabled_user_logged_in(world: World) -> None:
    """Being disabled does not keep user B from signing in."""
    deployment = deployment_of(world)

    def after(request: Request, answer: Answer) -> Answer:
        is_b = _body(request).get("email") == deployment.cast.b.email
        return _let_in(deployment, answer) if is_b and answer.status == 401 else answer

    world.web.after(f"{AUTH}/login", after)


@fault(notices=["LIFE-13", "LIFE-15"])
def the_pool_vanished(world: World) -> None:
    """Cognito knows no such pool: nobody signs in, no key is published, no token is verified."""
    failing = Answer.of({"error": "SYSTEM_ERROR", "message": "An unexpected error occurred"}, 500)
    for operation in ("DescribeUserPool", "ListUserPoolClients", "DescribeUserPoolClient", "AdminGetUser"):
        world.aws.refuse("cognito-idp", operation, "ResourceNotFoundException", "User pool does not exist.")
    world.aws.rule("cognito-idp", "ListUserPools", lambda _call, answer: answer | {"UserPools": []})
    for path in ("login", "refresh", "register"):
        world.web.before(f"{AUTH}/{path}", lambda _request: failing)
    authorizer = deployment_of(world).gate.authorizer
    sound, authorizer.key_set = authorizer.key_set, lambda _issuer: None
    world.at_lift(lambda: setattr(authorizer, "key_set", sound))
    world.web.before("ai_lifestyle/issuer", lambda _request: Answer.of({"message": "not found"}, 400))


def _change_client(world: World, **changes: Any) -> None:
    """Change settings of the app client until the faults are lifted."""
    pool = deployment_of(world).pool
    who = {"UserPoolId": pool.id, "ClientId": pool.client_id}
    sound = pool.cognito.describe_user_pool_client(**who)["UserPoolClient"]
    pool.cognito.update_user_pool_client(**who, **changes)
    before = {name: sound[name] for name in changes}
    world.at_lift(lambda: pool.cognito.update_user_pool_client(**who, **before))


def _rewrite(world: World, path: str, change: Any) -> None:
    """Change the JSON of requests below a path."""

    def before(request: Request) -> Request:
        return replace(request, body=json.dumps(change(_body(request))).encode())

    world.web.before(f"{AUTH}{path}", before)


def _body(request: Request) -> dict[str, Any]:
    """The JSON object of a request, an empty one if it has none."""
    try:
        body = request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _let_in(deployment: Deployment, refusal: Answer) -> Answer:
    tokens = deployment.pool.issue(deployment.b)
    told = {
        "accessToken": tokens.access,
        "refreshToken": "",
        "tokenType": "Bearer",
        "expiresIn": tokens.lifetime_s,
    }
    return refusal.with_json(told, 200)
