"""Does the twin's MCP server answer as the public contract says?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from tests.checks.madrid_bus.living import Twin

TOOLS = {
    "query_people_count": ["stop_id"],
    "query_sensor_data": ["entity_id", "entity_type"],
    "query_bus_position": ["bus_id"],
    "query_line_buses": ["line_id"],
    "query_time_range": ["data_type", "entity_id", "start_time", "end_time"],
}


def test_there_are_five_tools(twin: Twin) -> None:
    """list-tools names the five tools, each described, with a schema of string arguments."""
    tools = twin.mcp("list-tools").json()["tools"]
    assert {tool["name"]: tool["inputSchema"]["required"] for tool in tools} == TOOLS
    assert [
        tool for tool in tools if not tool["description"] or tool["inputSchema"]["type"] != "object"
    ] == []
    kinds = {rule["type"] for tool in tools for rule in tool["inputSchema"]["properties"].values()}
    assert kinds == {"string"}


def test_tools_say_what_rest_says(twin: Twin) -> None:
    """A tool gives the row that REST gives of the same moment, every value a text or null."""
    moment = (datetime.now(UTC) - timedelta(minutes=7)).isoformat()
    asked = quote(moment)
    count = twin.get(f"people-count/S106?timestamp={asked}").json()
    (row,) = twin.tool("query_people_count", stop_id="S106", timestamp=moment)["data"]
    assert (row["count"], row["line_ids"]) == (str(count["count"]), ",".join(count["line_ids"]))
    position = twin.get(f"bus-position/B101?timestamp={asked}").json()
    (row,) = twin.tool("query_bus_position", bus_id="B101", timestamp=moment)["data"]
    assert {name: row[name] for name in row if name != "time"} == {
        name: str(value) for name, value in position.items() if name != "time"
    }
    assert row["time"].replace(" ", "T")[:23] == position["time"][:23]
    (row,) = twin.tool("query_sensor_data", entity_id="S106", entity_type="stop", timestamp=moment)["data"]
    assert (row["co2_level"], row["door_status"]) == (None, None)
    assert [bus["bus_id"] for bus in twin.tool("query_line_buses", line_id="L1")["data"]] == [
        "B001",
        "B002",
        "B003",
    ]


@pytest.mark.parametrize(
    ("kind", "entity"),
    [("people_count", "S001"), ("sensors", "B001"), ("sensors", "S001"), ("bus_position", "B001")],
)
def test_a_range_of_time_can_be_cut_anywhere(twin: Twin, kind: str, entity: str) -> None:
    """An hour has sixty rows in order; its halves are the whole; backwards there is nothing."""
    start = datetime.now(UTC) - timedelta(days=1)

    def between(begin: datetime, end: datetime) -> list[dict[str, str]]:
        times = {"start_time": begin.isoformat(), "end_time": end.isoformat()}
        rows: list[dict[str, str]] = twin.tool("query_time_range", data_type=kind, entity_id=entity, **times)[
            "data"
        ]
        return rows

    middle, end = start + timedelta(minutes=30), start + timedelta(minutes=60)
    whole = between(start, end)
    assert 59 <= len(whole) <= 61
    assert sorted(whole, key=lambda row: row["time"]) == whole
    assert between(start, middle) + between(middle + timedelta(milliseconds=1), end) == whole
    assert between(end, start) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 400),
        (b"[]", 400),
        ({}, 400),
        ({"tool": "query_people_count"}, 400),
        ({"tool": "query_people_count", "arguments": {"stop_id": 1}}, 400),
        ({"tool": "query_people_count", "arguments": {"stop_id": "S001", "mode": "oldest"}}, 400),
        ({"tool": "query_people_count", "arguments": {"stop_id": "S001", "timestamp": "then"}}, 400),
        ({"tool": "query_sensor_data", "arguments": {"entity_id": "B001", "entity_type": "tram"}}, 400),
        ({"tool": "drop_everything", "arguments": {}}, 404),
    ],
)
def test_bad_calls_have_no_success(twin: Twin, body: Any, status: int) -> None:
    """A call that is not one of a tool says so, with an error and a time."""
    answer = twin.mcp("call-tool", body)
    assert (answer.status_code, answer.json()["success"]) == (status, False)
    assert answer.json()["error"]
    assert answer.json()["timestamp"]


def test_unknown_entities_have_no_rows(twin: Twin) -> None:
    """A tool finds nothing of an entity that does not exist, with success."""
    assert twin.tool("query_people_count", stop_id="S999' OR 1=1")["data"] == []
    assert twin.tool("query_line_buses", line_id="L99")["data"] == []


def test_without_a_task_there_is_no_mcp(twin: Twin) -> None:
    """While no task of the server runs the gateway says 502, also to those who ask for its health."""
    service = twin.world.ecs.service("mcp-server")
    service.running = 0
    try:
        health = twin.session.get(f"{twin.world.exports['MADRID_BUS_MCP_ENDPOINT']}/health", timeout=5)
        assert [health.status_code, twin.mcp("list-tools").status_code] == [502, 502]
    finally:
        service.running = 1
