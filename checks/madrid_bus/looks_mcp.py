"""What do the MCP server's tools say?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from checks.madrid_bus.contract import Reading
from checks.madrid_bus.topology import agreed
from checks.madrid_bus.visits import LATEST, Visit, call_tools, post, read, sampled
from fixtures.aws import Caller
from fixtures.observations import observation
from fixtures.probes.http import Ask
from fixtures.web import Web

SAMPLE = 3
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class ToolReadings:
    """What the tools say about a few entities: by stop, sensor, bus and line, and by data type about the last
    hour of the one in `entity_of`."""

    people: dict[str, Reading]
    sensors: dict[str, Reading]
    positions: dict[str, Reading]
    lines: dict[str, Reading]
    spans: dict[str, Reading]
    entity_of: dict[str, str]

    @property
    def all(self) -> list[Reading]:
        """All of them."""
        return [
            r
            for some in (self.people, self.sensors, self.positions, self.lines, self.spans)
            for r in some.values()
        ]


@observation
def mcp_health(web: Web, caller: Caller) -> Reading:
    """What the server says of its own health to somebody without a key."""
    stranger = Visit("", "", caller.clock_offset_s)
    return read(web, stranger, "mcp", Ask("/health"))


@observation
def mcp_tools(web: Web, visit: Visit) -> Reading:
    """The tools on offer."""
    return read(web, visit, "mcp", post("/mcp/list-tools", visit.headers))


@observation
def mcp_calls(web: Web, visit: Visit) -> ToolReadings:
    """Each tool, called for a few entities."""
    stops = [stop.stop_id for stop in sampled(agreed().stops, SAMPLE)]
    buses = [bus.bus_id for bus in sampled(agreed().buses, SAMPLE)]
    lines = [line.line_id for line in sampled(agreed().lines, SAMPLE)]
    kinds = dict.fromkeys(buses, "bus") | dict.fromkeys(stops, "stop")
    of = {"people_count": stops[0], "sensors": buses[0], "bus_position": buses[0]}
    now = visit.now()
    hour = {"start_time": _text(now - HOUR), "end_time": _text(now)}
    calls = [
        *(("query_people_count", {"stop_id": stop_id}) for stop_id in stops),
        *(
            ("query_sensor_data", {"entity_id": e, "entity_type": kind, **LATEST})
            for e, kind in kinds.items()
        ),
        *(("query_bus_position", {"bus_id": bus_id, **LATEST}) for bus_id in buses),
        *(("query_line_buses", {"line_id": line_id}) for line_id in lines),
        *(("query_time_range", {"data_type": kind, "entity_id": e, **hour}) for kind, e in of.items()),
    ]
    readings = iter(call_tools(web, visit, calls))
    people, sensors, positions, named, spans = (
        {name: next(readings) for name in names} for names in (stops, kinds, buses, lines, of)
    )
    return ToolReadings(people, sensors, positions, named, spans, of)


def _text(moment: object) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
