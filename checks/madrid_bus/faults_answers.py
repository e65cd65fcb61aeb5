"""In which ways do the REST API and the MCP server answer wrongly?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from checks.madrid_bus.topology import agreed
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.faults import fault
from fixtures.twins.world import World

API, MCP = "madrid_bus/api", "madrid_bus/mcp"
PEOPLE, SENSORS, POSITIONS = f"{API}/people-count", f"{API}/sensors", f"{API}/bus-position"
LINES, CALLS, TOOLS, HEALTH = (
    f"{POSITIONS}/line",
    f"{MCP}/mcp/call-tool",
    f"{MCP}/mcp/list-tools",
    f"{MCP}/health",
)


def _alter(world: World, prefix: str, change: Callable[[Any], Any]) -> None:
    """Change the JSON of successful answers."""

    def after(_request: Request, answer: Answer) -> Answer:
        return answer.with_json(change(answer.json())) if answer.status == 200 else answer

    world.web.after(prefix, after)


@fault(notices=["BUS-26", "BUS-32"], spares=["BUS-33", "BUS-23"])
def rest_answered_an_empty_object(world: World) -> None:
    """/people-count answers 200 with nothing in it."""
    _alter(world, PEOPLE, lambda _body: {})


@fault(notices=["BUS-79"], spares=["BUS-47", "BUS-24", "BUS-32"])
def rest_count_stuck_at_zero(world: World) -> None:
    """/people-count always counts nobody."""
    _alter(world, PEOPLE, lambda body: body | {"count": 0})


@fault(notices=["BUS-33", "BUS-79"], spares=["BUS-48"])
def rest_answered_another_entity(world: World) -> None:
    """/sensors answers about the next stop or bus."""
    ids = [bus.bus_id for bus in agreed().buses], [stop.stop_id for stop in agreed().stops]
    following = {a: b for some in ids for a, b in zip(some, [*some[1:], some[0]], strict=True)}

    def before(request: Request) -> Request:
        head, _, entity_id = request.path.rpartition("/")
        return replace(request, path=f"{head}/{following.get(entity_id, entity_id)}")

    world.web.before(SENSORS, before)


@fault(notices=["BUS-34", "BUS-35"], spares=["BUS-49"])
def numbers_became_strings(world: World) -> None:
    """The numbers of /bus-position are quoted."""
    _alter(world, POSITIONS, _quoted)


@fault(notices=["BUS-32", "BUS-33", "BUS-34", "BUS-79"], spares=["BUS-47", "BUS-48", "BUS-49"])
def payload_time_froze(world: World) -> None:
    """The API answers with what was the latest two days ago."""
    frozen = (world.clock.now() - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def before(request: Request) -> Request:
        latest = request.query.get("mode") == "latest"
        return replace(request, query={"timestamp": frozen}) if latest else request

    for prefix in (PEOPLE, SENSORS, f"{POSITIONS}/B"):
        world.web.before(prefix, before)


@fault(notices=["BUS-35"], spares=["BUS-34", "BUS-49"])
def line_route_lost_buses(world: World) -> None:
    """L2 is answered without B102."""
    _alter(
        world,
        f"{LINES}/L2",
        lambda body: body | {"buses": [b for b in body["buses"] if b["bus_id"] != "B102"]},
    )


@fault(notices=["BUS-35"], spares=["BUS-34", "BUS-49"])
def line_route_answered_an_empty_list(world: World) -> None:
    """L3 is answered without any bus."""
    _alter(world, f"{LINES}/L3", lambda body: body | {"buses": []})


@fault(notices=["BUS-44"], spares=["BUS-32", "BUS-26"])
def historical_reads_broke(world: World) -> None:
    """Whoever asks about the past gets 500."""
    failure = Answer.of({"error": True, "message": "Internal server error"}, 500)
    world.web.before(API, lambda request: failure if _is_past(request) and _is_allowed(request) else request)


@fault(notices=["BUS-44"], spares=["BUS-32"])
def historical_reads_ignored_the_timestamp(world: World) -> None:
    """Whoever asks about the past is told about now."""
    world.web.before(
        API, lambda request: replace(request, query={"mode": "latest"}) if _is_past(request) else request
    )


@fault(notices=["BUS-61"], spares=["BUS-23", "BUS-47", "BUS-33"])
def a_request_ran_into_a_timeout(world: World) -> None:
    """The gateway gives up on S004 with 504."""
    world.web.after(
        f"{PEOPLE}/S004", lambda _request, _answer: Answer.of({"message": "Endpoint request timed out"}, 504)
    )


@fault(notices=["BUS-63"], spares=["BUS-32", "BUS-33", "BUS-61"])
def answers_were_delayed(world: World) -> None:
    """Answers about the stops of L2 and L3 take more than three seconds."""
    for prefix in (f"{PEOPLE}/S1", f"{PEOPLE}/S2"):
        world.web.delay(prefix, 3.2)


@fault(notices=["BUS-41"], spares=["BUS-34", "BUS-40", "BUS-44", "BUS-63"])
def one_bus_took_its_time(world: World) -> None:
    """Every answer about B001 takes almost three seconds."""
    world.web.delay(f"{POSITIONS}/B001", 2.8)


@fault(notices=["BUS-79"], spares=["BUS-47", "BUS-26", "BUS-32", "BUS-33", "BUS-34", "BUS-35", "BUS-39"])
def the_wrong_region_was_read(world: World) -> None:
    """REST and MCP serve another data set, as fresh as ours."""
    _alter(world, PEOPLE, _elsewhere)
    _alter(world, SENSORS, _elsewhere)
    _alter(world, POSITIONS, _elsewhere)
    _alter(world, CALLS, lambda body: body | {"data": [_elsewhere(row) for row in body["data"]]})


@fault(notices=["BUS-37"], spares=["BUS-27", "BUS-38", "BUS-39"])
def mcp_said_it_was_unhealthy(world: World) -> None:
    """/health answers that the server is unhealthy."""
    _alter(world, HEALTH, lambda body: body | {"status": "unhealthy"})


@fault(notices=["BUS-39", "BUS-71"], spares=["BUS-37", "BUS-40"])
def mcp_health_stayed_green(world: World) -> None:
    """/health is healthy, while every call of a tool ends in 502."""
    world.web.before(
        CALLS, lambda request: Answer.of({"message": "Bad Gateway"}, 502) if _is_allowed(request) else request
    )


@fault(notices=["BUS-71", "BUS-27"], spares=["BUS-37", "BUS-39", "BUS-40"])
def mcp_listed_nothing_but_502(world: World) -> None:
    """The list of tools ends in 502."""
    world.web.before(
        TOOLS, lambda request: Answer.of({"message": "Bad Gateway"}, 502) if _is_allowed(request) else request
    )


@fault(notices=["BUS-27"], spares=["BUS-37", "BUS-38", "BUS-39"])
def mcp_lost_a_tool(world: World) -> None:
    """list-tools lists four."""
    _alter(world, TOOLS, lambda body: body | {"tools": body["tools"][:-1]})


@fault(notices=["BUS-39", "BUS-79"], spares=["BUS-27", "BUS-38"])
def mcp_answered_no_rows(world: World) -> None:
    """Every call of a tool succeeds without a row."""
    _alter(world, CALLS, lambda body: body | {"count": 0, "data": []})


def _is_past(request: Request) -> bool:
    return "timestamp" in request.query and request.query.get("mode") != "latest"


def _is_allowed(request: Request) -> bool:
    """Whether the gateway would have asked an authorizer at all."""
    return bool(request.headers.get("x-api-key") and request.headers.get("x-group-name"))


def _quoted(body: Any) -> Any:
    if isinstance(body, dict):
        return {key: _quoted(value) for key, value in body.items()}
    if isinstance(body, list):
        return [_quoted(value) for value in body]
    return json.dumps(body) if isinstance(body, int | float) and not isinstance(body, bool) else body


def _elsewhere(body: dict[str, Any]) -> dict[str, Any]:
    """The same entities in another simulation, in the same shape; MCP's numbers are text."""
    if "buses" in body:
        return body | {"buses": [_elsewhere(bus) for bus in body["buses"]]}
    kinds: dict[str, Callable[[Any], Any]] = {"count": int, "passenger_count": int, "temperature": float}
    other = {name: _other(kind(body[name])) for name, kind in kinds.items() if body.get(name) is not None}
    return body | {
        name: str(value) if isinstance(body[name], str) else value for name, value in other.items()
    }


def _other(value: Any) -> Any:
    return value + 1 if value < 30 else value - 1
