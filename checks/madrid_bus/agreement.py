"""Do the REST API, Timestream and the MCP server say the same about the same moment?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checks.madrid_bus import statements
from checks.madrid_bus.contract import Reading, time_of
from checks.madrid_bus.past import resolution
from checks.madrid_bus.statements import TABLES
from fixtures.sql import Sql

FIELDS = {
    "people_count": ("stop_id", "count", "line_ids"),
    "sensor_data": ("entity_id", "entity_type", "temperature", "humidity", "co2_level", "door_status"),
    "bus_position": (
        "bus_id",
        "line_id",
        "latitude",
        "longitude",
        "passenger_count",
        "next_stop_id",
        "distance_to_next_stop",
        "speed",
        "direction",
    ),
}
STORED_AS = {"count": "measure_value::bigint"}


@dataclass(frozen=True)
class Agreement:
    """What two sources say about an entity at a moment, and where they differ: `field: this, not that`."""

    asked: str
    source: str
    differences: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.asked}, REST and {self.source}: {'; '.join(self.differences)}"


def with_timestream(
    sql: Sql, table: str, relation: str, readings: Mapping[str, Reading], tick: timedelta
) -> list[Agreement]:
    """Compare what REST said about each entity with its row of exactly that time, which may be a tick old."""
    times = sorted({moment for reading in readings.values() if (moment := time_of(reading.body))})
    finest = max((resolution(moment) for moment in times), default=None)
    by_entity: dict[str, list[dict[str, Any]]] = {}
    for row in sql.rows(statements.at_moments(relation, times, finest)) if finest else []:
        by_entity.setdefault(str(row[TABLES[table].entity]), []).append(row)
    settled = min(reading.at for reading in readings.values()) - tick
    newest = {
        row["entity"]: row["time"] for row in sql.rows(statements.newest(relation, TABLES[table], settled))
    }
    return [
        Agreement(
            reading.asked,
            "Timestream",
            (
                *_against_rows(table, reading, by_entity.get(entity_id, [])),
                *_behind(reading, newest.get(entity_id)),
            ),
        )
        for entity_id, reading in readings.items()
    ]


def with_mcp(table: str, reading: Reading, rows: Sequence[Mapping[str, Any]]) -> Agreement:
    """Compare what REST said about an entity with the rows that a tool returned for that time."""
    said = _said(reading)
    if said or len(rows) != 1:
        return Agreement(reading.asked, "MCP", said or (f"{len(rows)} rows, not 1",))
    moment = time_of(reading.body)
    own = time_of(rows[0])
    apart = [] if _is_same_time(moment, own) else [f"time: {moment}, not {own}"]
    return Agreement(reading.asked, "MCP", (*apart, *differences(table, reading.body, rows[0])))


def differences(table: str, body: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields in which two accounts of the same row differ."""
    pairs = (
        (name, body.get(name), row.get(name, row.get(STORED_AS.get(name, "")))) for name in FIELDS[table]
    )
    return tuple(
        f"{name}: {said!r}, not {stored!r}" for name, said, stored in pairs if not _is_same(said, stored)
    )


def _against_rows(table: str, reading: Reading, rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    moment = time_of(reading.body)
    same = [row for row in rows if _is_same_time(moment, row["time"])]
    if said := _said(reading):
        return said
    return differences(table, reading.body, same[0]) if same else (f"no row at {moment}",)


def _behind(reading: Reading, newest: datetime | None) -> tuple[str, ...]:
    moment = time_of(reading.body)
    return (
        (f"time: {moment}, not {newest}",)
        if moment and newest and moment + resolution(moment) <= newest
        else ()
    )


def _said(reading: Reading) -> tuple[str, ...]:
    if not reading.is_ok:
        return (f"HTTP {reading.status}",)
    return () if time_of(reading.body) else ("no time",)


def _is_same_time(told: datetime | None, exact: datetime | None) -> bool:
    return told is not None and exact is not None and told <= exact < told + resolution(told)


def _is_same(said: Any, stored: Any) -> bool:
    if isinstance(said, list):
        return ",".join(map(str, said)) == str(stored)
    if isinstance(said, int | float) and isinstance(stored, int | float):
        return math.isclose(said, stored, rel_tol=1e-9, abs_tol=1e-6)
    return bool(said == stored)
