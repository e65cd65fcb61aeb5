"""How do pool, gateway, goals and accounts make up one app, and how does a fault bend its doors?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from checks.ai_lifestyle.twin.access_log import AccessLog
from checks.ai_lifestyle.twin.accounts import Accounts
from checks.ai_lifestyle.twin.auth_routes import GUARDED_ROUTES, OPEN_ROUTES, AuthRoutes
from checks.ai_lifestyle.twin.authorizer import Authorizer
from checks.ai_lifestyle.twin.cors import Cors
from checks.ai_lifestyle.twin.gate import Gate, Kind, doors_of
from checks.ai_lifestyle.twin.issuer import Issuer
from checks.ai_lifestyle.twin.mounting import Place, open_service
from checks.ai_lifestyle.twin.operations import OPERATIONS
from checks.ai_lifestyle.twin.pool import Pool
from fixtures.parts import Api
from fixtures.twins.world import World

DEPLOYMENT = "ai_lifestyle/deployment"
GOAL_ROUTES = tuple(f"{operation.method} {operation.path}" for operation in OPERATIONS)
PUBLIC_ROUTES = ("GET /health", "GET /config/features", *OPEN_ROUTES)


@dataclass(frozen=True)
class Credentials:
    """What a user signs in with."""

    email: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Cast:
    """The users that are there from the start; `careful` has a second factor."""

    a: Credentials
    b: Credentials
    unconfirmed: Credentials
    careful: Credentials | None = None


@dataclass(frozen=True)
class Deployment:
    """The app as it stands in a world, by what a fault can bend; `a` and `b` are subs."""

    pool: Pool
    accounts: Accounts
    gate: Gate
    issuer: Issuer
    cast: Cast
    a: str
    b: str


def deploy(
    world: World, place: Place, api: Api, pool: Pool, cast: Cast, origins: Collection[str]
) -> tuple[Deployment, ASGIApp]:
    """Enrol the cast and open the app to web pages of the `origins`; its table must be there already."""
    accounts = Accounts(pool, world.clock)
    a, b = (
        pool.invite(who.email, who.password, **_named(name)) for name, who in (("a", cast.a), ("b", cast.b))
    )
    pool.register(cast.unconfirmed.email, cast.unconfirmed.password, **_named("unconfirmed"))
    if cast.careful:
        careful = pool.invite(cast.careful.email, cast.careful.password, **_named("careful"))
        accounts.factors.set_up(careful)
        accounts.factors.enabled.add(careful)
    goals, account_routes = open_service(world, place, a, b), AuthRoutes(accounts, world.clock).app
    issuer = Issuer(pool.id, pool.signer)
    authorizer = Authorizer(pool.id, pool.client_id, issuer.key_set, world.clock)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope["root_path"])
        serve = account_routes if path.startswith(("/auth/", "/users/")) else goals
        await serve(scope, receive, send)

    kind: Kind = "http" if api.kind == "http" else "rest"
    gate = Gate(app, doors_of((*GOAL_ROUTES, *GUARDED_ROUTES), PUBLIC_ROUTES), authorizer, kind)
    world.web.on_change(accounts.forget)
    deployment = world.apps[DEPLOYMENT] = Deployment(pool, accounts, gate, issuer, cast, a, b)
    return deployment, AccessLog(Cors(gate, origins), world, api)


def bend_authorizer(world: World, **changes: Any) -> None:
    """Let the authorizer go by other `AuthorizerRules` until the faults are lifted."""
    authorizer = deployment_of(world).gate.authorizer
    sound = authorizer.rules
    authorizer.rules = replace(sound, **changes)
    world.at_lift(lambda: setattr(authorizer, "rules", sound))


def deployment_of(world: World) -> Deployment:
    """The app in a world."""
    deployment: Deployment = world.apps[DEPLOYMENT]
    return deployment


def _named(name: str) -> dict[str, str]:
    return {"given_name": "Gonogo", "family_name": f"User {name}"}
