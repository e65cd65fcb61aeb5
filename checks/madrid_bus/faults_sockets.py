"""In which ways do the WebSocket and what lies behind it break?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checks.madrid_bus.twin import BUS, RULE
from checks.madrid_bus.twin.stream import TABLE
from fixtures.twins.exchange import WEBSOCKET, Request
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

SOCKET = "madrid_bus/websocket"
HANDLER_LOG = "/aws/lambda/bus-simulator-websocket-handler"
Item = dict[str, Any]


@fault(notices=["BUS-36"], spares=["BUS-45", "BUS-64"])
def websocket_pushes_went_wrong(world: World) -> None:
    """A subscription is acknowledged, and no update ever comes."""
    world.web.frames(SOCKET, lambda frame: [] if "bus_id" in frame else [frame])


@fault(notices=["BUS-36"], spares=["BUS-45", "BUS-64"])
def a_subscriber_heard_another_line(world: World) -> None:
    """Subscribers to L1 hear of L3 as well."""

    def frames(frame: Item) -> list[Item]:
        stray = frame | {"bus_id": "B201", "line_id": "L3", "next_stop_id": "S202"}
        return [frame, stray] if frame.get("bus_id") == "B001" else [frame]

    world.web.frames(SOCKET, frames)


@fault(notices=["BUS-36"], spares=["BUS-45", "BUS-49", "BUS-64"])
def the_event_rule_was_disabled(world: World) -> None:
    """Positions are not passed on to the handler."""
    events = world.aws.client("events")
    events.disable_rule(Name=RULE, EventBusName=BUS)
    world.at_lift(lambda: events.enable_rule(Name=RULE, EventBusName=BUS))


@fault(notices=["BUS-64"], spares=["BUS-45", "BUS-40"])
def sockets_were_closed_early(world: World) -> None:
    """The server closes every socket as soon as it is open."""
    world.web.close_sockets_after(SOCKET, 0.0)


@fault(notices=["BUS-65", "BUS-20"], spares=["BUS-36", "BUS-45", "BUS-64"])
def connecting_logged_an_error(world: World) -> None:
    """The handler stumbles over every connection, but opens it; somebody else's was the first."""

    def stumble() -> None:
        world.logs.append(HANDLER_LOG, "[ERROR] KeyError: 'requestContext' Traceback (most recent call last)")

    def before(request: Request) -> Request:
        if request.method == WEBSOCKET:
            stumble()
        return request

    stumble()
    world.web.before(SOCKET, before)


@fault(notices=["BUS-67"], spares=["BUS-36", "BUS-64"])
def connections_were_never_removed(world: World) -> None:
    """Rows outlive their sockets, and one of five days ago never expires."""
    connected = world.clock.now() - timedelta(days=5)
    old = {
        "connection_id": {"S": "left-behind"},
        "connected_at": {"S": connected.strftime("%Y-%m-%dT%H:%M:%SZ")},
        "subscribed_lines": {"L": [{"S": "L82"}]},
        "group_name": {"S": "team-of-last-week"},
    }
    kept: dict[str, Item] = {"left-behind": old}

    def change(call: Call, answer: Item) -> Item:
        if call.params["TableName"] == TABLE:
            kept.update({item["connection_id"]["S"]: item for item in answer["Items"]})
            return answer | {"Items": list(kept.values()), "Count": len(kept), "ScannedCount": len(kept)}
        return answer

    world.aws.rule("dynamodb", "Scan", change)


@fault(notices=["BUS-67"], spares=["BUS-36", "BUS-64"])
def a_connection_forgot_its_lines(world: World) -> None:
    """Rows of connections do not say what was subscribed to."""

    def change(_call: Call, answer: Item) -> Item:
        return answer | {"Items": [item | {"subscribed_lines": {"L": []}} for item in answer["Items"]]}

    world.aws.rule("dynamodb", "Scan", change)
