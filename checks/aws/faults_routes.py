"""How do the ways through an API break?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.aws.aiming import aim
from fixtures.parts import Api
from fixtures.twins.apis import function_arn
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]
SERVICES = {"rest": "apigateway", "http": "apigatewayv2", "websocket": "apigatewayv2"}
ID = {"rest": "restApiId", "http": "ApiId", "websocket": "ApiId"}
Bend = Callable[[dict[str, Any], str], dict[str, Any] | None]


def _bend_routes(world: World, api: Api, bend: Bend) -> None:
    """Change each route of an API, by its key, or take it away."""
    operation = "GetResources" if api.kind == "rest" else "GetRoutes"

    def bent(call: Call, answer: Answer) -> Answer:
        if call.params[ID[api.kind]] != world.api_ids[api.name]:
            return answer
        if api.kind != "rest":
            items = [bend(one, one["RouteKey"]) for one in answer["Items"]]
            return answer | {"Items": [one for one in items if one is not None]}
        for resource in answer["items"]:
            methods = resource.get("resourceMethods", {})
            found = {verb: bend(one, f"{verb} {resource['path']}") for verb, one in methods.items()}
            resource["resourceMethods"] = {verb: one for verb, one in found.items() if one is not None}
        return answer

    world.aws.rule(SERVICES[api.kind], operation, bent)


@fault(notices=["apis.guarded"], spares=["apis.deployed", "functions.called_by_api"])
def a_route_was_opened_to_everyone(world: World) -> None:
    """A route has no authorizer any more."""
    _, api = aim(world, "apis.guarded", "apis", lambda one: one.routes)

    def opened(one: dict[str, Any], key: str) -> dict[str, Any]:
        name = "authorizationType" if api.kind == "rest" else "AuthorizationType"
        return one | {name: "NONE"} if key == api.routes[0] else one

    _bend_routes(world, api, opened)


@fault(notices=["apis.guarded"], spares=["apis.deployed"])
def a_route_was_lost(world: World) -> None:
    """A route does not exist any more."""
    _, api = aim(world, "apis.guarded", "apis", lambda one: one.routes)
    _bend_routes(world, api, lambda one, key: None if key == api.routes[0] else one)


@fault(notices=["apis.validated"], spares=["apis.guarded", "apis.deployed"])
def a_validator_was_removed(world: World) -> None:
    """A method takes bodies that nobody looks at."""
    _, api = aim(world, "apis.validated", "apis", lambda one: one.is_validated)
    loose = next(one for one in api.routes if one.startswith(("POST", "PUT")))

    def loosened(one: dict[str, Any], key: str) -> dict[str, Any]:
        return {name: value for name, value in one.items() if key != loose or name != "requestValidatorId"}

    _bend_routes(world, api, loosened)


@fault(notices=["apis.validated"], spares=["apis.guarded", "apis.deployed"])
def validators_forgot_the_body(world: World) -> None:
    """The validators look at parameters only."""
    aim(world, "apis.validated", "apis", lambda one: one.is_validated)

    def without(_call: Call, answer: Answer) -> Answer:
        return answer | {"items": [one | {"validateRequestBody": False} for one in answer["items"]]}

    world.aws.rule("apigateway", "GetRequestValidators", without)


@fault(notices=["apis.authorizer_ttl"], spares=["apis.deployed", "apis.throttled"])
def an_authorizer_remembered_for_an_hour(world: World) -> None:
    """An authorizer keeps its answers for an hour: a revoked key opens for as long."""
    _, api = aim(world, "apis.authorizer_ttl", "apis", lambda one: one.max_authorizer_ttl_s)
    items, ttl = ("items", "authorizerResultTtlInSeconds")
    if api.kind != "rest":
        items, ttl = ("Items", "AuthorizerResultTtlInSeconds")

    def long(call: Call, answer: Answer) -> Answer:
        is_it = call.params[ID[api.kind]] == world.api_ids[api.name]
        return answer | {items: [one | {ttl: 3600} for one in answer[items]]} if is_it else answer

    world.aws.rule(SERVICES[api.kind], "GetAuthorizers", long)


@fault(notices=["apis.throttled"], spares=["apis.deployed", "apis.authorizer_ttl"])
def a_throttle_was_removed(world: World) -> None:
    """The stage of an API limits its callers no longer."""
    _, api = aim(world, "apis.throttled", "apis", lambda one: one.throttle_rate)
    items, limits = ("item", "methodSettings") if api.kind == "rest" else ("Items", "DefaultRouteSettings")

    def unlimited(call: Call, answer: Answer) -> Answer:
        is_it = call.params[ID[api.kind]] == world.api_ids[api.name]
        return answer | {items: [one | {limits: {}} for one in answer[items]]} if is_it else answer

    world.aws.rule(SERVICES[api.kind], "GetStages", unlimited)


@fault(notices=["apis.keys_known"], spares=["apis.deployed", "apis.guarded"])
def a_revoked_key_came_back(world: World) -> None:
    """An API key that was revoked is enabled again."""
    _, api = aim(world, "apis.keys_known", "apis", lambda one: one.revoked_keys)

    def enabled(one: dict[str, Any]) -> dict[str, Any]:
        return one | {"enabled": one["enabled"] or one["name"] in api.revoked_keys}

    def bent(_call: Call, answer: Answer) -> Answer:
        return answer | {"items": [enabled(one) for one in answer["items"]]}

    world.aws.rule("apigateway", "GetApiKeys", bent)


@fault(notices=["apis.keys_known"], spares=["apis.deployed", "apis.guarded"])
def a_key_was_made_on_the_side(world: World) -> None:
    """There is an API key that nobody allowed."""
    aim(world, "apis.keys_known", "apis", lambda one: one.allowed_keys is not None)
    stranger = {"id": "x1y2z3x1y2", "name": "temporary", "enabled": True}
    world.aws.rule(
        "apigateway", "GetApiKeys", lambda _call, answer: answer | {"items": [*answer["items"], stranger]}
    )


@fault(notices=["functions.called_by_api"], spares=["functions.active", "apis.guarded"])
def an_integration_lost_its_permission(world: World) -> None:
    """The function behind a route does not let the API call it any more."""
    target, api = aim(world, "functions.called_by_api", "apis", lambda one: one.integrations)
    name = list(api.integrations.values())[-1]
    qualifier = function_arn(target, name).partition(f"function:{name}")[2].removeprefix(":")
    policy = world.functions.function(name).policies[qualifier]
    policy[:] = [one for one in policy if one["service"] != "apigateway.amazonaws.com"]


@fault(notices=["functions.called_by_api"], spares=["functions.active", "apis.guarded"])
def a_route_led_to_another_function(world: World) -> None:
    """A route leads to a function that was not made for it."""
    _, api = aim(
        world, "functions.called_by_api", "apis", lambda one: one.kind == "rest" and one.integrations
    )
    route, function = next(iter(api.integrations.items()))

    def led(one: dict[str, Any], key: str) -> dict[str, Any]:
        if key == route:
            uri = one["methodIntegration"]["uri"].replace(f":{function}", ":somebody-else")
            one["methodIntegration"]["uri"] = uri
        return one

    _bend_routes(world, api, led)


@fault(notices=["functions.called_by_api"], spares=["functions.active", "apis.guarded"])
def an_integration_waited_too_long(world: World) -> None:
    """A route waits for its function for a minute."""
    _, api = aim(
        world, "functions.called_by_api", "apis", lambda one: one.kind == "rest" and one.integrations
    )
    route = next(iter(api.integrations))

    def patient(one: dict[str, Any], key: str) -> dict[str, Any]:
        if key == route:
            one["methodIntegration"]["timeoutInMillis"] = 60_000
        return one

    _bend_routes(world, api, patient)
