"""Who gets through the APIs, and where to? Routes, authorizers, validators, limits and keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import Api
from fixtures.probes import api_keys, callers, configurations, routes
from fixtures.probes.apis import Deployment
from fixtures.probes.configurations import Configuration
from fixtures.probes.inspections import Inspection, Round, inspection
from fixtures.probes.routes import Route, RouteTable
from fixtures.targets import Target

GATEWAY = "apigateway.amazonaws.com"
REST = "rest"


@dataclass(frozen=True)
class Admission:
    """Whether a function lets an API in that has a route to it, by the function's name and qualifier."""

    route: str
    function: str
    qualifier: str
    is_admitted: bool


@observation
def route_tables(aws: Aws, deployed_apis: list[Deployment]) -> list[RouteTable]:
    """The routes of every declared API.

    Raises:
        LookupError: there is not exactly one API of a name.
    """

    def table(one: Deployment) -> RouteTable:
        if one.kind == REST:
            return routes.methods(aws.client("apigateway"), one.name, one.id)
        return routes.routes(aws.client("apigatewayv2"), one.name, one.kind, one.id)

    return each(table, deployed_apis)


def _beside(tables: list[RouteTable], target: Target) -> list[tuple[RouteTable, Api]]:
    declared: dict[tuple[str, str], Api] = {(one.name, one.kind): one for one in target.parts.apis}
    return [(table, declared[table.api, table.kind]) for table in tables]


@observation
def route_guards(route_tables: list[RouteTable], target: Target) -> list[Inspection]:
    """Whether the routes of every declared API are there, and ask who calls unless they are open."""
    return [routes.guard(table, api.routes, api.open_routes) for table, api in _beside(route_tables, target)]


@observation
def body_validations(aws: Aws, route_tables: list[RouteTable], target: Target) -> Round:
    """Whether bodies are validated by every declared API that should; only a REST API can."""
    validated = [table for table, api in _beside(route_tables, target) if api.is_validated]
    able = [table for table in validated if table.kind == REST]
    if not able:
        return Round(why_not="no API with validators is declared: HTTP APIs have none")
    client = aws.client("apigateway")
    return Round(tuple(routes.validation(one, routes.body_validators(client, one.id)) for one in able))


@observation
def authorizer_memories(aws: Aws, deployed_apis: list[Deployment], target: Target) -> list[Inspection]:
    """For how long the authorizers of every declared API that has a limit keep their answers."""
    limits = {one.name: one.max_authorizer_ttl_s for one in target.parts.apis}

    def memory(one: Deployment) -> Inspection:
        client = aws.client("apigateway" if one.kind == REST else "apigatewayv2")
        return routes.memory(one.name, routes.authorizers(client, one.kind, one.id), limits[one.name] or 0)

    return each(memory, [one for one in deployed_apis if limits[one.name] is not None])


@observation
def throttles(deployed_apis: list[Deployment], target: Target) -> list[Inspection]:
    """Whether every declared API that has limits holds its callers to them.

    Raises:
        LookupError: there is not exactly one API of a name.
    """
    agreed = {
        one.name: (one.throttle_rate, float(one.throttle_burst))
        for one in target.parts.apis
        if one.throttle_rate is not None and one.throttle_burst is not None
    }
    return [
        routes.throttle(one.name, one.throttle, agreed[one.name])
        for one in deployed_apis
        if one.name in agreed and one.id
    ]


@observation
def key_ring(aws: Aws, target: Target) -> Round:
    """The API keys of the region, if the manifest says which may work.

    Raises:
        LookupError: it does, and there are no keys.
    """
    allowed = [key for one in target.parts.apis for key in one.allowed_keys or ()]
    revoked = [key for one in target.parts.apis for key in one.revoked_keys]
    is_closed = any(one.allowed_keys is not None for one in target.parts.apis)
    if not is_closed and not revoked:
        return Round(why_not="no API keys are declared, neither allowed nor revoked ones")
    found = api_keys.api_keys(aws.client("apigateway"))
    if not found:
        raise LookupError("there are no API keys")
    return Round(tuple(api_keys.standing(key, allowed if is_closed else None, revoked) for key in found))


@observation
def gateway_admissions(
    aws: Aws, route_tables: list[RouteTable], deployed_apis: list[Deployment], caller: Caller, target: Target
) -> list[Admission]:
    """Whether the function behind each declared integration lets its API in."""
    stages = {one.id: one.stage for one in deployed_apis if len(one.ids) == 1}
    led = [(table, one) for table, one, _ in _integrations(route_tables, target) if one.function]
    places = sorted({(one.function, one.qualifier) for _, one in led})
    client = aws.client("lambda")
    policies = dict(zip(places, each(lambda place: callers.admissions(client, *place), places), strict=True))

    def admission(table: RouteTable, one: Route) -> Admission:
        source = f"arn:aws:execute-api:{caller.region}:{caller.account}:{table.id}/{stages[table.id]}"
        path = routes.PARAMETER.sub("*", one.path)
        whole = f"{source}/{one.method}{path}"
        policy = policies[one.function, one.qualifier]
        is_admitted = callers.admits(policy, GATEWAY, whole, caller.account)
        return Admission(one.key, one.function, one.qualifier, is_admitted)

    return [admission(table, one) for table, one in led]


def _integrations(tables: list[RouteTable], target: Target) -> Iterable[tuple[RouteTable, Route, str]]:
    """(API, route, declared function) of every declared integration whose route is there."""
    for table, api in _beside(tables, target):
        for key, function in api.integrations.items():
            route = table.route(key)
            if route is not None:
                yield table, route, function


@observation
def integrations(
    route_tables: list[RouteTable],
    gateway_admissions: list[Admission],
    function_configurations: list[Configuration],
    target: Target,
) -> list[Inspection]:
    """Whether every declared integration leads to its function, which is able to run and lets the API in."""
    able = {one.name: configurations.activity(one).faults for one in function_configurations}
    shut = {(one.route, one.function, one.qualifier) for one in gateway_admissions if not one.is_admitted}
    found = []
    for table, api in _beside(route_tables, target):
        for key, function in api.integrations.items():
            route = table.route(key)
            faults = ["does not exist"] if route is None else list(_faults(route, api, function, able))
            if route is not None and (route.key, route.function, route.qualifier) in shut:
                faults.append(f"{route.function} does not let the API in")
            found.append(inspection(f"{table.api} {key}", faults))
    return found


def _faults(route: Route, api: Api, function: str, able: dict[str, tuple[str, ...]]) -> Iterable[str | None]:
    is_right = route.function == function
    yield None if is_right else f"leads to {route.function or 'nothing'}, agreed {function}"
    yield from (f"{function} {fault}" for fault in able.get(function, ()))
    limit = api.max_integration_timeout_ms
    if limit is not None and route.timeout_ms is not None and route.timeout_ms > limit:
        yield f"waits {route.timeout_ms} ms, at most {limit} agreed"
