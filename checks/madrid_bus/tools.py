"""What does the MCP server's contract promise? Its five tools, and what each call returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import pairwise
from typing import Any

from checks.madrid_bus.contract import Reading, Row, fleet, freshness, time_of
from checks.madrid_bus.topology import Line

Judge = Callable[[str, Row], list[str]]

REQUIRED = {
    "query_people_count": {"stop_id"},
    "query_sensor_data": {"entity_id", "entity_type"},
    "query_bus_position": {"bus_id"},
    "query_line_buses": {"line_id"},
    "query_time_range": {"data_type", "entity_id", "start_time", "end_time"},
}
WHOLE = frozenset({"count", "co2_level", "passenger_count", "direction"})
DECIMAL = frozenset({"temperature", "humidity", "latitude", "longitude", "distance_to_next_stop", "speed"})


def about_tools(reading: Reading) -> list[str]:
    """What is wrong with the list of tools."""
    listed = reading.body.get("tools", reading.body.get("items"))
    if reading.status != 200 or not isinstance(listed, list):
        return [f"list-tools: HTTP {reading.status}, {'no tools' if reading.body else 'no JSON'} in it"]
    tools = {str(tool.get("name")): tool for tool in listed if isinstance(tool, dict)}
    gone = [f"{name} is missing" for name in REQUIRED if name not in tools]
    extra = [f"{name} is not agreed" for name in tools if name not in REQUIRED]
    return [*gone, *extra, *(c for name in tools if name in REQUIRED for c in _about_tool(name, tools[name]))]


def about_call(reading: Reading, at_least: int, at_most: int | None = None) -> list[str]:
    """What is wrong with the shape of a call's answer, and with how many rows it has."""
    rows = rows_of(reading)
    if not reading.is_ok or reading.body.get("success") is not True:
        said = reading.body.get("error") or reading.body.get("message") or "no success"
        return [f"HTTP {reading.status} {said}"]
    if reading.body.get("count") != len(rows):
        return [f"count {reading.body.get('count')!r}, but {len(rows)} rows"]
    if len(rows) < at_least or (at_most is not None and len(rows) > at_most):
        return [f"{len(rows)} rows, not {at_least}{'' if at_most else ' or more'}"]
    return []


def about_newest(readings: Mapping[str, Reading], judge: Judge, max_age_s: float) -> list[str]:
    """What is wrong with answers, by entity, of one fresh row each; `judge` knows what should be in it."""
    return [
        f"{reading.asked}: {complaint}"
        for entity_id, reading in readings.items()
        for complaint in (
            about_call(reading, 1, 1)
            or [
                c
                for row in rows_of(reading)
                for c in (*judge(entity_id, row), *freshness(row, reading.at, max_age_s))
            ]
        )
    ]


def about_lines(readings: Mapping[str, Reading], lines: Mapping[str, Line], max_age_s: float) -> list[str]:
    """What is wrong with answers of one fresh row for each bus of a line."""
    return [
        f"{reading.asked}: {complaint}"
        for line_id, reading in readings.items()
        for complaint in (
            about_call(reading, 0) or fleet(rows_of(reading), lines[line_id], reading.at, max_age_s)
        )
    ]


def about_span(reading: Reading, column: str, entity_id: str, at_least: int) -> list[str]:
    """What is wrong with the rows of an interval: enough, the entity's own, in the order of time."""
    rows = rows_of(reading)
    times = [time_of(row) for row in rows]
    strangers = sum(row.get(column) != entity_id for row in rows)
    untimed = times.count(None)
    unsorted = sum(a is not None and b is not None and a >= b for a, b in pairwise(times))
    found = [
        *about_call(reading, at_least),
        *([f"{strangers} rows of others"] if strangers else []),
        *([f"{untimed} rows without a time"] if untimed else []),
        *([f"{unsorted} rows not later than the one before"] if unsorted else []),
    ]
    return [f"{reading.asked}: {complaint}" for complaint in found]


def rows_of(reading: Reading) -> list[dict[str, Any]]:
    """The rows that a tool returned, numbers parsed from the store's text."""
    data = reading.body.get("data")
    return [typed(row) for row in data if isinstance(row, dict)] if isinstance(data, list) else []


def typed(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its numbers as numbers; what cannot be parsed stays text."""
    parsed = dict(row)
    for names, kind in ((WHOLE, int), (DECIMAL, float)):
        for name in names & row.keys():
            if isinstance(row[name], str):
                with suppress(ValueError):
                    parsed[name] = kind(row[name])
    return parsed


def _about_tool(name: str, tool: dict[str, Any]) -> list[str]:
    schema = tool.get("inputSchema")
    required = schema.get("required") if isinstance(schema, dict) else None
    complaints = [] if tool.get("description") else [f"{name} has no description"]
    if not isinstance(required, list) or set(map(str, required)) != REQUIRED[name]:
        complaints.append(f"{name} requires {required}, not {sorted(REQUIRED[name])}")
    return complaints
