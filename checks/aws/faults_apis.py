"""How do APIs and the way to them break?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.aws.aiming import aim
from checks.aws.questions import has_error_share, has_latency
from fixtures.parts import Api
from fixtures.probes.apis import DIMENSIONS, METRICS
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


def _api(world: World, check: str, fits: Callable[[Api], object]) -> tuple[dict[str, str], str, str]:
    """The dimensions of the first API that is held to something by a check, and what it calls client and
    server errors."""
    _, api = aim(world, check, "apis", fits)
    _, client_errors, server_errors = METRICS[api.kind]
    dimension = DIMENSIONS[api.kind]
    value = world.api_ids[api.name] if dimension == "ApiId" else api.name
    return {dimension: value}, client_errors, server_errors


@fault(notices=["apis.deployed"], spares=["apis.latency", "functions.present"])
def an_api_lost_its_stage(world: World) -> None:
    """An API has no stage any more."""
    _, api = aim(world, "apis.deployed", "apis")
    api_id = world.api_ids[api.name]

    def without(call: Call, answer: Answer) -> Answer:
        ours = api_id in (call.params.get("ApiId"), call.params.get("restApiId"))
        return {"Items": [], "item": []} if ours else answer

    for service in ("apigatewayv2", "apigateway"):
        world.aws.rule(service, "GetStages", without)


@fault(notices=["apis.deployed"], spares=["functions.present"])
def an_api_was_made_twice(world: World) -> None:
    """An API is there a second time, under another id."""
    target, api = aim(world, "apis.deployed", "apis")

    def twice(name: str, items: str, id_: str) -> Callable[[Call, Answer], Answer]:
        def bent(call: Call, answer: Answer) -> Answer:
            is_here = call.region == target.place.region
            others = [one | {id_: one[id_] + "x"} for one in answer.get(items, []) if one[name] == api.name]
            return answer | {items: [*answer[items], *others]} if is_here and others else answer

        return bent

    world.aws.rule("apigatewayv2", "GetApis", twice("Name", "Items", "ApiId"))
    world.aws.rule("apigateway", "GetRestApis", twice("name", "items", "id"))


@fault(notices=["apis.latency"], spares=["apis.error_rate", "apis.deployed"])
def an_api_slowed_down(world: World) -> None:
    """One in thirty requests takes nine seconds."""

    def latencies(minute: int) -> tuple[float, ...]:
        return (120.0,) * 5 + (9_000.0 if minute % 5 == 0 else 120.0,)

    world.metrics.replace("AWS/ApiGateway", "Latency", _api(world, "apis.latency", has_latency)[0], latencies)


@fault(notices=["apis.latency"], spares=["apis.error_rate", "apis.deployed"])
def hardly_anybody_asked_an_api(world: World) -> None:
    """An API answered too few requests for its percentiles to say anything."""
    api, *_ = _api(world, "apis.latency", has_latency)
    world.metrics.replace(
        "AWS/ApiGateway", "Latency", api, lambda minute: 120.0 if minute % 12 == 0 else None
    )


@fault(notices=["apis.error_rate"], spares=["apis.latency", "apis.deployed"])
def an_api_answered_with_errors(world: World) -> None:
    """6 % of an API's answers are server errors."""
    api, _, server_errors = _api(world, "apis.error_rate", has_error_share)

    def errors(minute: int) -> tuple[float, ...]:
        return (1.0 if minute % 3 == 0 else 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

    world.metrics.replace("AWS/ApiGateway", "Count", api, (1.0,) * 6)
    world.metrics.replace("AWS/ApiGateway", server_errors, api, errors)


@fault(notices=["apis.error_rate"], spares=["apis.latency"])
def an_api_failed_for_a_moment(world: World) -> None:
    """Half of one minute's answers were server errors: few of the hour's, too many of those five minutes'."""
    api, _, server_errors = _api(world, "apis.error_rate", has_error_share)
    window = world.clock.ago(minutes=21), world.clock.ago(minutes=20)
    world.metrics.replace("AWS/ApiGateway", "Count", api, (1.0,) * 6)
    world.metrics.replace("AWS/ApiGateway", server_errors, api, (1.0,) * 3 + (0.0,) * 3, window)


@fault(notices=["apis.error_rate"], spares=["apis.latency"])
def an_api_refused_most_requests(world: World) -> None:
    """Two in three answers of an API are client errors."""
    api, client_errors, _ = _api(world, "apis.error_rate", lambda one: one.max_4xx_rate)
    world.metrics.replace("AWS/ApiGateway", "Count", api, (1.0,) * 6)
    world.metrics.replace("AWS/ApiGateway", client_errors, api, (1.0,) * 4 + (0.0,) * 2)


@fault(notices=["network.vpc_links_available"], spares=["network.targets_healthy"])
def a_vpc_link_failed(world: World) -> None:
    """A VPC link is FAILED."""
    _, link = aim(world, "network.vpc_links_available", "vpc_links")
    world.documents.held.vpc_link_status[link.name] = "FAILED"


@fault(notices=["network.targets_healthy"], spares=["network.vpc_links_available", "containers.healthy"])
def a_target_group_lost_its_targets(world: World) -> None:
    """No target of a target group passes its health check."""
    _, group = aim(world, "network.targets_healthy", "target_groups")
    for target in world.documents.held.target_groups[group.name].targets:
        target.state, target.reason = "unhealthy", "Target.FailedHealthChecks"
