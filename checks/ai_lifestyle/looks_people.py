"""Who signs in? Users A and B once a run, and where their pool is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.parsers import ResponseParserError

from checks.ai_lifestyle.people import Credentials, Login, User, credentials, sign_in, signed_in
from fixtures.aws import Aws
from fixtures.observations import instrument
from fixtures.probes.answers import pages
from fixtures.probes.http import Ask
from fixtures.references import resolve
from fixtures.targets import Target
from fixtures.web import Web


@dataclass(frozen=True)
class PoolPlace:
    """Ids of the user pool and its client, and who its tokens must say has issued them."""

    id: str
    client_id: str
    issuer: str


@dataclass(frozen=True)
class Cast:
    """The synthetic users; `unconfirmed` never proved the address, `careful` has a second factor."""

    a: Credentials
    b: Credentials
    unconfirmed: Credentials
    careful: Credentials | None


@instrument
def pool_place(aws: Aws, target: Target) -> PoolPlace:
    """Where the one declared pool is: by its id where that is given, else by its name.

    Raises:
        LookupError: there is no pool or no client of that name.
    """
    (declared,) = target.parts.user_pools
    client = aws.client("cognito-idp")
    pools = pages(client, "list_user_pools", "UserPools", MaxResults=60)
    pool_id = resolve(declared.id, target, aws) if declared.id else _id(pools, "Id", "Name", declared.name)
    clients = pages(client, "list_user_pool_clients", "UserPoolClients", UserPoolId=pool_id, MaxResults=60)
    client_id = _id(clients, "ClientId", "ClientName", declared.client)
    return PoolPlace(pool_id, client_id, f"https://cognito-idp.{aws.region}.amazonaws.com/{pool_id}")


@instrument
def key_set(web: Web, pool_place: PoolPlace) -> list[dict[str, Any]]:
    """The keys that the pool publishes.

    Raises:
        ResponseParserError: the answer is no key set.
    """
    reply = web.ask("issuer", Ask(f"/{pool_place.id}/.well-known/jwks.json"))
    keys = reply.fields.get("keys")
    if not reply.is_success or not isinstance(keys, list) or not keys:
        raise ResponseParserError(f"the key set of the pool: HTTP {reply.status}, no keys")
    return keys


@instrument
def cast(aws: Aws, target: Target) -> Cast:
    """The credentials of the synthetic users."""
    users = target.settings.users

    def named(name: str, declared: Any) -> Credentials:
        return credentials(name, declared, target, aws)

    careful = named("with a second factor", users.careful) if users.careful else None
    return Cast(named("A", users.a), named("B", users.b), named("unconfirmed", users.unconfirmed), careful)


@instrument
def login_a(web: Web, cast: Cast, target: Target) -> Login:
    """User A's one sign-in of this run."""
    return sign_in(web, cast.a, target.run.redactor)


@instrument
def login_b(web: Web, cast: Cast, target: Target) -> Login:
    """User B's one sign-in of this run."""
    return sign_in(web, cast.b, target.run.redactor)


@instrument
def user_a(login_a: Login) -> User:
    """User A, signed in."""
    return signed_in(login_a)


@instrument
def user_b(login_b: Login) -> User:
    """User B, signed in."""
    return signed_in(login_b)


def _id(found: Any, id_name: str, name_name: str, wanted: str) -> str:
    ids = [str(one[id_name]) for one in found if one.get(name_name) == wanted]
    if not ids:
        raise LookupError(f"no {wanted} in Cognito")
    return ids[0]
