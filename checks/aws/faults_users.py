"""How do secrets go stale or astray, and user pools too easy?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.aws.aiming import aim
from fixtures.twins.answers import ServiceError
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


@fault(notices=["secrets.rotated"], spares=["secrets.readable"])
def a_secret_grew_old(world: World) -> None:
    """Nobody has changed a secret for 200 days."""
    target, secret = aim(world, "secrets.rotated", "secrets")
    changed = world.clock.ago(days=200)

    def aged(call: Call, answer: Answer) -> Answer:
        is_it = (call.region, answer["Name"]) == (target.place.region, secret.name)
        return answer | {"LastChangedDate": changed} if is_it else answer

    world.aws.rule("secretsmanager", "DescribeSecret", aged)


@fault(notices=["functions.no_literal_secrets"], spares=["functions.present", "secrets.rotated"])
def a_secret_sat_in_a_variable(world: World) -> None:
    """A variable of a function holds a password in plain text."""
    _, function = aim(world, "functions.no_literal_secrets", "functions")
    literal = {"DB_PASSWORD": "correct-horse-battery-staple"}

    def leaking(one: Answer) -> Answer:
        variables = one.get("Environment", {}).get("Variables", {})
        return one | {"Environment": {"Variables": variables | literal}}

    def bent(_call: Call, answer: Answer) -> Answer:
        return answer | {
            "Functions": [
                leaking(one) if one["FunctionName"] == function.name else one for one in answer["Functions"]
            ]
        }

    world.aws.rule("lambda", "ListFunctions", bent)


def _bend_pool(world: World, change: Callable[[Answer], Answer]) -> None:
    _, pool = aim(world, "users.pool", "user_pools")

    def bent(_call: Call, answer: Answer) -> Answer:
        found = answer["UserPool"]
        return {"UserPool": change(found)} if found["Name"] == pool.name else answer

    world.aws.rule("cognito-idp", "DescribeUserPool", bent)


def _bend_client(world: World, **other: Any) -> None:
    _, pool = aim(world, "users.pool", "user_pools")

    def bent(_call: Call, answer: Answer) -> Answer:
        found = answer["UserPoolClient"]
        return {"UserPoolClient": found | other} if found["ClientName"] == pool.client else answer

    world.aws.rule("cognito-idp", "DescribeUserPoolClient", bent)


@fault(notices=["users.pool"], spares=["users.client"])
def a_pool_gave_up_its_second_factor(world: World) -> None:
    """A user pool offers no second factor."""
    _bend_pool(world, lambda found: found | {"MfaConfiguration": "OFF"})


@fault(notices=["users.pool"], spares=["users.client", "users.triggers"])
def passwords_became_short(world: World) -> None:
    """A user pool is content with six characters, none of them a symbol."""

    def easy(found: Answer) -> Answer:
        policy = found["Policies"]["PasswordPolicy"] | {"MinimumLength": 6, "RequireSymbols": False}
        return found | {"Policies": {"PasswordPolicy": policy}}

    _bend_pool(world, easy)


@fault(notices=["users.pool", "users.client", "users.triggers"], spares=["tables.active"])
def a_pool_vanished(world: World) -> None:
    """A user pool does not exist any more."""

    def gone(_found: Answer) -> Answer:
        raise ServiceError("ResourceNotFoundException", "User pool does not exist.")

    _bend_pool(world, gone)


@fault(notices=["users.triggers"], spares=["users.pool", "users.client"])
def a_trigger_dangled(world: World) -> None:
    """A user pool calls a function that was deleted before it lets somebody sign up."""
    target, _ = aim(world, "users.pool", "user_pools")
    arn = f"arn:aws:lambda:{target.place.region}:{target.account}:function:deleted-long-ago"
    _bend_pool(world, lambda found: found | {"LambdaConfig": {"PreSignUp": arn}})


@fault(notices=["users.client"], spares=["users.pool", "users.triggers"])
def tokens_were_made_to_last_a_day(world: World) -> None:
    """The access tokens of a client are valid for 24 hours."""
    units = {"AccessToken": "hours", "IdToken": "minutes", "RefreshToken": "days"}
    _bend_client(world, AccessTokenValidity=24, TokenValidityUnits=units)


@fault(notices=["users.client"], spares=["users.pool"])
def a_client_was_opened_to_another_flow(world: World) -> None:
    """A client lets administrators sign in for users."""
    _bend_client(world, ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])


@fault(notices=["users.client"], spares=["users.pool"])
def a_client_revealed_its_users(world: World) -> None:
    """A client tells unknown users from wrong passwords."""
    _bend_client(world, PreventUserExistenceErrors="LEGACY")


@fault(notices=["users.client"], spares=["users.pool"])
def a_client_stopped_revoking(world: World) -> None:
    """Tokens of a client cannot be revoked."""
    _bend_client(world, EnableTokenRevocation=False)


@fault(notices=["users.client"], spares=["users.pool"])
def a_client_was_given_a_secret(world: World) -> None:
    """A client has a secret, which no app in a browser could keep."""
    _bend_client(world, ClientSecret="1example23456789")


@fault(notices=["users.client"], spares=["users.pool"])
def a_client_vanished(world: World) -> None:
    """A user pool has no client."""
    aim(world, "users.pool", "user_pools")
    world.aws.rule("cognito-idp", "ListUserPoolClients", lambda _call, _answer: {"UserPoolClients": []})
