"""Do all sources say the same, and how long did it take to find out?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from checks.madrid_bus import agreement
from checks.madrid_bus.access import Attempt
from checks.madrid_bus.agreement import Agreement
from checks.madrid_bus.contract import Reading, telling, time_of
from checks.madrid_bus.looks_mcp import ToolReadings
from checks.madrid_bus.past import Transcript, resolution
from checks.madrid_bus.statements import relations
from checks.madrid_bus.streams import Idle
from checks.madrid_bus.tools import rows_of
from checks.madrid_bus.visits import Visit, call_tools, sampled
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes.websocket import OPENED
from fixtures.sql import Sql
from fixtures.targets import Target
from fixtures.web import Web

SAMPLE = 3
TOOLS = {
    "people_count": "query_people_count",
    "sensor_data": "query_sensor_data",
    "bus_position": "query_bus_position",
}


@dataclass(frozen=True)
class EndToEnd:
    """What the end-to-end looks took: seconds, and requests."""

    seconds: float
    requests: int

    def __str__(self) -> str:
        return f"{self.requests} requests took {self.seconds:.0f} s"


@observation
def agreements(
    web: Web,
    sql: Sql,
    visit: Visit,
    target: Target,
    latest_people: dict[str, Reading],
    latest_sensors: dict[str, Reading],
    latest_positions: dict[str, Reading],
) -> list[Agreement]:
    """What REST said, beside the very rows of Timestream, and for a few beside what the MCP tools say."""
    said = {"people_count": latest_people, "sensor_data": latest_sensors, "bus_position": latest_positions}
    where, tick = relations(target), timedelta(seconds=target.settings.cadence.slowest_tick_s)
    stored = each(lambda table: agreement.with_timestream(sql, table, where[table], said[table], tick), said)
    sample = [(table, entity_id) for table in said for entity_id in sampled(list(said[table]), SAMPLE)]
    calls = [
        (TOOLS[table], _arguments(table, entity_id, said[table][entity_id])) for table, entity_id in sample
    ]
    told = [
        agreement.with_mcp(table, said[table][entity_id], rows_of(reading))
        for (table, entity_id), reading in zip(sample, call_tools(web, visit, calls), strict=True)
    ]
    return [*(one for table in stored for one in table), *told]


@observation
def end_to_end(
    visit: Visit,
    latest_people: dict[str, Reading],
    latest_sensors: dict[str, Reading],
    latest_positions: dict[str, Reading],
    latest_lines: dict[str, Reading],
    past_answers: Transcript,
    rest_attempts: list[Attempt],
    mcp_attempts: list[Attempt],
    socket_attempts: list[Attempt],
    mcp_calls: ToolReadings,
    idle_socket: Idle,
) -> EndToEnd:
    """How long all of these took together, from before the first to after the last.

    Raises:
        LookupError: one of the APIs turned everything away.
    """
    rest = (latest_people, latest_sensors, latest_positions, latest_lines)
    readings = telling(*(source.values() for source in rest), mcp_calls.all)
    if idle_socket.status != OPENED:
        raise LookupError(f"no socket was opened: HTTP {idle_socket.status}")
    attempts = len(rest_attempts) + len(mcp_attempts) + len(socket_attempts)
    asked = len(readings) + attempts + past_answers.requests + 1
    return EndToEnd(monotonic() - visit.began_s, asked)


def _arguments(table: str, entity_id: str, reading: Reading) -> dict[str, str]:
    """What a tool is asked about an entity: the last instant of the moment that REST told."""
    moment = time_of(reading.body) or reading.at
    until = moment + resolution(moment) - timedelta(milliseconds=1)
    column = {"people_count": "stop_id", "sensor_data": "entity_id", "bus_position": "bus_id"}[table]
    kind = {"entity_type": "bus" if entity_id.startswith("B") else "stop"} if table == "sensor_data" else {}
    return {
        column: entity_id,
        **kind,
        "timestamp": until.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
