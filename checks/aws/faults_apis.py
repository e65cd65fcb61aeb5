"""How do APIs and the way to them break?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


def _api(world: World) -> tuple[dict[str, str], str, str]:
    """The dimensions of the first API that was declared, and what it calls client and server errors."""
    dimensions = dict(world.metrics.keys("AWS/ApiGateway", "Latency")[0][2])
    return (dimensions, "4xx", "5xx") if "ApiId" in dimensions else (dimensions, "4XXError", "5XXError")


@fault(notices=["apis.deployed"], spares=["apis.latency", "functions.present"])
def an_api_lost_its_stage(world: World) -> None:
    """No API has a stage any more."""
    world.aws.rule("apigatewayv2", "GetStages", lambda _call, answer: answer | {"Items": []})
    world.aws.rule("apigateway", "GetStages", lambda _call, answer: answer | {"item": []})


@fault(notices=["apis.deployed"], spares=["functions.present"])
def an_api_was_made_twice(world: World) -> None:
    """Every API is there a second time, under another id."""

    def twice(name: str, id_: str) -> Callable[[Call, Answer], Answer]:
        return lambda _call, answer: (
            answer | {name: [one | {id_: one[id_] + suffix} for one in answer[name] for suffix in ("", "x")]}
        )

    world.aws.rule("apigatewayv2", "GetApis", twice("Items", "ApiId"))
    world.aws.rule("apigateway", "GetRestApis", twice("items", "id"))


@fault(notices=["apis.latency"], spares=["apis.error_rate", "apis.deployed"])
def an_api_slowed_down(world: World) -> None:
    """One in thirty requests takes nine seconds."""

    def latencies(minute: int) -> tuple[float, ...]:
        return (120.0,) * 5 + (9_000.0 if minute % 5 == 0 else 120.0,)

    world.metrics.replace("AWS/ApiGateway", "Latency", _api(world)[0], latencies)


@fault(notices=["apis.latency"], spares=["apis.error_rate", "apis.deployed"])
def hardly_anybody_asked_an_api(world: World) -> None:
    """An API answered too few requests for its percentiles to say anything."""
    api, *_ = _api(world)
    world.metrics.replace(
        "AWS/ApiGateway", "Latency", api, lambda minute: 120.0 if minute % 12 == 0 else None
    )


@fault(notices=["apis.error_rate"], spares=["apis.latency", "apis.deployed"])
def an_api_answered_with_errors(world: World) -> None:
    """6 % of an API's answers are server errors."""
    api, _, server_errors = _api(world)

    def errors(minute: int) -> tuple[float, ...]:
        return (1.0 if minute % 3 == 0 else 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

    world.metrics.replace("AWS/ApiGateway", "Count", api, (1.0,) * 6)
    world.metrics.replace("AWS/ApiGateway", server_errors, api, errors)


@fault(notices=["apis.error_rate"], spares=["apis.latency"])
def an_api_failed_for_a_moment(world: World) -> None:
    """Half of one minute's answers were server errors: few of the hour's, too many of those five minutes'."""
    api, _, server_errors = _api(world)
    window = world.clock.ago(minutes=21), world.clock.ago(minutes=20)
    world.metrics.replace("AWS/ApiGateway", "Count", api, (1.0,) * 6)
    world.metrics.replace("AWS/ApiGateway", server_errors, api, (1.0,) * 3 + (0.0,) * 3, window)


@fault(notices=["apis.error_rate"], spares=["apis.latency"])
def an_api_refused_most_requests(world: World) -> None:
    """Two in three answers of an API are client errors."""
    api, client_errors, _ = _api(world)
    world.metrics.replace("AWS/ApiGateway", "Count", api, (1.0,) * 6)
    world.metrics.replace("AWS/ApiGateway", client_errors, api, (1.0,) * 4 + (0.0,) * 2)


@fault(notices=["network.vpc_links_available"], spares=["network.targets_healthy"])
def a_vpc_link_failed(world: World) -> None:
    """A VPC link is FAILED."""
    link = world.aws.client("apigatewayv2").get_vpc_links()["Items"][0]
    world.documents.held.vpc_link_status[link["Name"]] = "FAILED"


@fault(notices=["network.targets_healthy"], spares=["network.vpc_links_available", "containers.healthy"])
def a_target_group_lost_its_targets(world: World) -> None:
    """No target of a target group passes its health check."""
    for target in next(iter(world.documents.held.target_groups.values())).targets:
        target.state, target.reason = "unhealthy", "Target.FailedHealthChecks"
