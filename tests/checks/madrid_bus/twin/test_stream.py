"""Does the twin's WebSocket API say what it should, to those who should hear it?"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from websocket import WebSocket, WebSocketTimeoutException

from tests.checks.madrid_bus.living import TICK_S, Twin, eventually, say


def test_a_connection_is_a_row_while_it_lasts(twin: Twin) -> None:
    """A connection is in the table with group, lines and TTL from its handshake to its close."""
    socket = twin.connect(f"api_key={quote(twin.key, safe='')}&group_name=one")
    (row,) = twin.connections()
    now = datetime.now(UTC)
    assert (row["group_name"], row["subscribed_lines"]) == ({"S": "one"}, {"L": []})
    assert abs(int(row["ttl"]["N"]) - now.timestamp() - 86_400) < 10
    assert abs(datetime.fromisoformat(row["connected_at"]["S"]) - now) < timedelta(seconds=10)
    assert say(socket, {"action": "subscribe", "line_ids": ["L1", "L2"]}) == {
        "message": "Subscribed to 2 lines",
        "line_ids": ["L1", "L2"],
    }
    assert twin.connections()[0]["subscribed_lines"] == {"L": [{"S": "L1"}, {"S": "L2"}]}
    socket.close()
    assert eventually(lambda: not twin.connections())


def test_updates_are_those_of_subscribed_lines(twin: Twin) -> None:
    """A subscriber hears of each bus of its lines and of no other, as REST knows it, until it leaves."""
    socket = twin.connect()
    say(socket, {"action": "subscribe", "line_ids": ["L3"]})
    say(socket, {"action": "subscribe", "line_ids": ["L1"]})
    frames = [json.loads(socket.recv()) for _ in range(6)]
    assert sorted(frame["bus_id"] for frame in frames) == sorted(["B001", "B002", "B003"] * 2)
    for frame in frames:
        assert twin.get(f"bus-position/{frame['bus_id']}?timestamp={frame['time']}").json() == frame
    assert say(socket, {"action": "unsubscribe", "line_ids": ["L1"]}) == {
        "message": "Unsubscribed from 1 lines",
        "line_ids": ["L1"],
    }
    say(socket, {"action": "subscribe", "line_ids": ["L132"]})
    assert {json.loads(socket.recv())["line_id"] for _ in range(4)} == {"L132"}
    socket.close()


@pytest.mark.parametrize(
    "message", ["hello", "[]", '{"action": "dance"}', '{"action": "subscribe", "line_ids": "L1"}']
)
def test_bad_messages_are_answered(twin: Twin, message: str) -> None:
    """What is no request is answered with an error, and the socket stays open."""
    socket = twin.connect()
    assert set(say(socket, message)) == {"error"}
    assert say(socket, {"action": "subscribe", "line_ids": []})["message"] == "Subscribed to 0 lines"
    socket.close()


@pytest.mark.parametrize("broken", ["rule", "feeder"])
def test_updates_go_the_declared_way(twin: Twin, broken: str) -> None:
    """No update comes while the event rule is disabled, or while the feeder does not run."""
    events, service = twin.aws("events"), twin.world.ecs.service("bus-position-feeder")
    rule = {"Name": "bus-position-updates", "EventBusName": "bus-simulator-events"}
    socket = twin.connect()
    say(socket, {"action": "subscribe", "line_ids": ["L1"]})
    assert "bus_id" in socket.recv()
    events.disable_rule(**rule) if broken == "rule" else setattr(service, "running", 0)
    try:
        assert eventually(lambda: is_silent(socket))
    finally:
        events.enable_rule(**rule) if broken == "rule" else setattr(service, "running", 1)
    assert "bus_id" in socket.recv()
    socket.close()


def is_silent(socket: WebSocket) -> bool:
    """Whether nothing comes for two ticks."""
    socket.settimeout(2 * TICK_S)
    try:
        return not socket.recv()
    except WebSocketTimeoutException:
        return True
    finally:
        socket.settimeout(5)
