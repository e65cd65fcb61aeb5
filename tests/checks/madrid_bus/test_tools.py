"""Are the MCP server's five tools and their rows accepted, and everything else complained of?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from checks.madrid_bus import contract, tools
from checks.madrid_bus.contract import Reading
from checks.madrid_bus.topology import agreed
from checks.madrid_bus.twin.tools import TOOLS

NOW = datetime(2026, 2, 22, 10, 31, 30, tzinfo=UTC)
STOP = agreed().stops[0]
ROW = {"stop_id": "S001", "time": "2026-02-22 10:31:00.000000000", "count": "15", "line_ids": "L1"}


def said(body: dict[str, Any], status: int = 200) -> Reading:
    return Reading("call", status, 0.1, NOW, body)


def rows(*data: dict[str, Any], **changes: Any) -> Reading:
    return said({"success": True, "count": len(data), "data": list(data)} | changes)


def newest(reading: Reading) -> list[str]:
    return tools.about_newest({"S001": reading}, lambda _id, row: contract.people(row, STOP), 180)


def test_the_five_tools_are_accepted() -> None:
    """The agreed list, also as a bare array."""
    assert tools.about_tools(said({"tools": list(TOOLS)})) == []
    assert tools.about_tools(said({"items": list(TOOLS)})) == []


@pytest.mark.parametrize(
    ("body", "status", "complaint"),
    [
        ({"tools": list(TOOLS[:-1])}, 200, "query_time_range is missing"),
        ({"tools": [*TOOLS, {"name": "drop_table"}]}, 200, "drop_table is not agreed"),
        ({"message": "Bad Gateway"}, 502, "list-tools: HTTP 502, no tools in it"),
        ({}, 200, "list-tools: HTTP 200, no JSON in it"),
        (
            {"tools": [*TOOLS[:-1], TOOLS[-1] | {"description": ""}]},
            200,
            "query_time_range has no description",
        ),
        (
            {"tools": [TOOLS[0] | {"inputSchema": {"required": ["id"]}}, *TOOLS[1:]]},
            200,
            "query_people_count requires ['id'], not ['stop_id']",
        ),
        (
            {"tools": [TOOLS[0] | {"inputSchema": None}, *TOOLS[1:]]},
            200,
            "query_people_count requires None, not ['stop_id']",
        ),
    ],
)
def test_another_list_is_complained_of(body: dict[str, Any], status: int, complaint: str) -> None:
    """A missing, extra or changed tool is named."""
    assert tools.about_tools(said(body, status)) == [complaint]


def test_one_fresh_row_of_the_entity_is_accepted() -> None:
    """The store's text is read as the numbers it stands for."""
    assert newest(rows(ROW)) == []


@pytest.mark.parametrize(
    ("reading", "complaint"),
    [
        (rows(), "call: 0 rows, not 1"),
        (rows(ROW, ROW), "call: 2 rows, not 1"),
        (rows(ROW, count=2), "call: count 2, but 1 rows"),
        (rows(ROW, success=False, error="no such stop"), "call: HTTP 200 no such stop"),
        (said({"message": "Bad Gateway"}, 502), "call: HTTP 502 Bad Gateway"),
        (said({}), "call: HTTP 200 no success"),
        (rows(ROW | {"stop_id": "S002"}), "call: stop_id 'S002', not S001"),
        (rows(ROW | {"count": "many"}), "call: count 'many' is not a whole number"),
        (rows(ROW | {"time": "2026-02-22 10:20:00.000000000"}), "call: 690 s old, not 180"),
    ],
)
def test_another_answer_is_complained_of(reading: Reading, complaint: str) -> None:
    """No row, too many, another entity's, a stale one or a failure are each named."""
    assert newest(reading) == [complaint]


def test_an_interval_is_in_order_and_of_one_entity() -> None:
    """Enough rows, ascending, all of the entity asked about."""
    ticks = [ROW | {"time": f"2026-02-22 10:{minute:02}:00.000000000"} for minute in range(5)]

    def about(*data: dict[str, Any]) -> list[str]:
        return tools.about_span(rows(*data), "stop_id", "S001", 5)

    assert about(*ticks) == []
    assert about(*ticks[:4]) == ["call: 4 rows, not 5 or more"]
    assert about(*ticks, ticks[-1]) == ["call: 1 rows not later than the one before"]
    assert about(*ticks[:4], ticks[4] | {"stop_id": "S002"}) == ["call: 1 rows of others"]
    assert about(*ticks[:4], ticks[4] | {"time": None}) == ["call: 1 rows without a time"]


def test_a_line_without_its_buses_is_complained_of() -> None:
    """A successful call for a line has a row for each of its buses."""
    line = agreed().line("L132")
    assert tools.about_lines({"L132": rows()}, {"L132": line}, 180) == [
        "call: B801 is missing",
        "call: B802 is missing",
    ]
