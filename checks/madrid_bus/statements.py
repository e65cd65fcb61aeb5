"""What do we ask Timestream? One statement for all entities of a table, in Timestream's own SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fixtures.targets import Target

Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class Table:
    """How a table names whose a row is (`entity`), and what that entity belongs to (`label`)."""

    entity: str
    label: str


TABLES = {
    "people_count": Table("stop_id", "line_ids"),
    "sensor_data": Table("entity_id", "entity_type"),
    "bus_position": Table("bus_id", "line_id"),
}
BELIEVABLE = "time <= now() + interval '60' second"


def relations(target: Target) -> dict[str, str]:
    """By declared name: how a statement names each table here."""
    declared, here = target.system.parts.timestream_tables, target.parts.timestream_tables
    return {table.name: f'"{own.database}"."{own.name}"' for table, own in zip(declared, here, strict=True)}


def moment(at: datetime) -> str:
    """A literal for a moment, to the millisecond."""
    text = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f"from_iso8601_timestamp('{text}')"


def within(windows: Sequence[Window]) -> str:
    """Whether `time` lies in any of the windows."""
    each = [f"time BETWEEN {moment(start)} AND {moment(end)}" for start, end in windows]
    return f"({' OR '.join(['1 = 0', *each])})"


def span(relation: str) -> str:
    """oldest, newest (both over everything), believable (the newest not dated in the future), asked."""
    return (
        "SELECT MIN(time) AS oldest, MAX(time) AS newest, "
        f"MAX(CASE WHEN {BELIEVABLE} THEN time END) AS believable, now() AS asked FROM {relation}"
    )


def volume(relation: str) -> str:
    """row_count and ticks of the last hour."""
    return (
        "SELECT COUNT(*) AS row_count, COUNT(DISTINCT time) AS ticks "
        f"FROM {relation} WHERE time >= ago(1h) AND {BELIEVABLE}"
    )


def entities(relation: str, table: Table) -> str:
    """Per entity of the last hour: label (the least), labels (how many), row_count, newest, asked."""
    return (
        f"SELECT {table.entity} AS entity, MIN({table.label}) AS label, "
        f"COUNT(DISTINCT {table.label}) AS labels, COUNT(*) AS row_count, MAX(time) AS newest, "
        f"now() AS asked FROM {relation} WHERE time >= ago(1h) AND {BELIEVABLE} GROUP BY {table.entity}"
    )


def hours(relation: str) -> str:
    """hour and ticks, of the last 120 full hours."""
    return (
        f"SELECT bin(time, 1h) AS hour, COUNT(DISTINCT time) AS ticks FROM {relation} "
        "WHERE time >= bin(now(), 1h) - interval '120' hour AND time < bin(now(), 1h) GROUP BY bin(time, 1h)"
    )


def rhythm(relation: str, table: Table, complete: int, exempt: Sequence[Window]) -> str:
    """Of the last 24 hours: ticks, repeated, incomplete; of the gaps median_ms, longest_ms, longest_until."""
    return f"""
        WITH ticks AS (
          SELECT time, COUNT(*) AS row_count, COUNT(DISTINCT {table.entity}) AS entities
          FROM {relation} WHERE time >= ago(24h) AND time <= now() GROUP BY time
        ), gaps AS (
          SELECT time, row_count, entities,
            to_milliseconds(time) - to_milliseconds(LAG(time) OVER (ORDER BY time)) AS gap_ms
          FROM ticks
        )
        SELECT COUNT(*) AS ticks, APPROX_PERCENTILE(gap_ms, 0.5) AS median_ms, MAX(gap_ms) AS longest_ms,
          MAX_BY(time, gap_ms) AS longest_until,
          COALESCE(SUM(CASE WHEN row_count > entities THEN 1 ELSE 0 END), 0) AS repeated,
          COALESCE(SUM(CASE WHEN entities <> {complete} THEN 1 ELSE 0 END), 0) AS incomplete
        FROM gaps WHERE NOT {within(exempt)}
    """


def at_moments(relation: str, moments: Sequence[datetime], resolution: timedelta) -> str:
    """Whole rows of a few ticks; `resolution` is how exactly their moments are known."""
    ticks = " OR ".join(f"(time >= {moment(at)} AND time < {moment(at + resolution)})" for at in moments)
    return f"SELECT * FROM {relation} WHERE {ticks}"


def newest(relation: str, table: Table, until: datetime) -> str:
    """entity and time of each entity's newest row of the hour before a moment."""
    hour = f"time > {moment(until - timedelta(hours=1))} AND time <= {moment(until)}"
    found = f"SELECT {table.entity} AS entity, MAX(time) AS time FROM {relation}"
    return f"{found} WHERE {hour} GROUP BY {table.entity}"


def newest_before(
    relation: str, table: Table, value: str, asked: Sequence[tuple[str, datetime, timedelta]]
) -> str:
    """probe, time and value: for each (entity, moment, how far back) its newest row until that moment."""
    return " UNION ALL ".join(
        f"SELECT {i} AS probe, MAX(time) AS time, MAX_BY({value}, time) AS value FROM {relation} "
        f"WHERE {table.entity} = '{entity}' AND time > {moment(at - back)} AND time <= {moment(at)}"
        for i, (entity, at, back) in enumerate(asked)
    )
