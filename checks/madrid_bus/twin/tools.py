"""Which tools does the twin's MCP server offer, and with which arguments?"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
WHEN: Schema = {
    "mode": {"type": "string", "enum": ["latest"], "description": "the newest value, which is the default"},
    "timestamp": {"type": "string", "description": "ISO 8601; the newest value at or before it"},
}


def _text(description: str, *choices: str) -> Schema:
    schema: Schema = {"type": "string", "description": description}
    return schema | {"enum": list(choices)} if choices else schema


def _tool(name: str, description: str, required: Schema, optional: Schema) -> Schema:
    schema = {"type": "object", "properties": required | optional, "required": list(required)}
    return {"name": name, "description": description, "inputSchema": schema}


TOOLS = (
    _tool(
        "query_people_count",
        "How many people wait at a bus stop, now or at a past moment.",
        {"stop_id": _text("a stop, such as S001")},
        WHEN,
    ),
    _tool(
        "query_sensor_data",
        "Temperature and humidity at a bus or a stop; of a bus also CO2 and whether its doors are open.",
        {
            "entity_id": _text("a bus or a stop, such as B001 or S001"),
            "entity_type": _text("what it is", "bus", "stop"),
        },
        WHEN,
    ),
    _tool(
        "query_bus_position",
        "Where a bus is, where it is going and how many it carries, now or at a past moment.",
        {"bus_id": _text("a bus, such as B001")},
        WHEN,
    ),
    _tool(
        "query_line_buses",
        "Where all buses of a line are now.",
        {"line_id": _text("a line, such as L1")},
        {"mode": WHEN["mode"]},
    ),
    _tool(
        "query_time_range",
        "Everything recorded about one entity between two moments, oldest first.",
        {
            "data_type": _text("which record", "people_count", "sensors", "bus_position"),
            "entity_id": _text("a stop or a bus"),
            "start_time": _text("ISO 8601, included"),
            "end_time": _text("ISO 8601, included"),
        },
        {},
    ),
)
