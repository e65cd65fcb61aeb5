"""What lies in the three tables: how old, how much, whose, and how evenly?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checks.madrid_bus import statements
from checks.madrid_bus.statements import TABLES, Window
from checks.madrid_bus.topology import Topology
from fixtures.sql import Sql

HISTORY_S = 5 * 86_400.0
Relations = Mapping[str, str]


@dataclass(frozen=True)
class Span:
    """How old a table's rows are, in seconds; None when it is empty. `newest_s` leaves out rows dated in the
    future, `latest_s` does not."""

    table: str
    oldest_s: float | None
    newest_s: float | None
    latest_s: float | None

    def is_fresh(self, max_age_s: float) -> bool:
        """Whether the newest row is young enough."""
        return self.newest_s is not None and self.newest_s <= max_age_s

    def reaches(self, seconds: float) -> bool:
        """Whether the history is that long."""
        return (
            self.oldest_s is not None
            and self.newest_s is not None
            and self.oldest_s - self.newest_s >= seconds
        )

    def lies_within(self, youngest_s: float, oldest_s: float) -> bool:
        """Whether it has rows, none younger (negative: in the future) or older than that."""
        if self.oldest_s is None or self.latest_s is None:
            return False
        return youngest_s <= self.latest_s and self.oldest_s <= oldest_s

    def __str__(self) -> str:
        ages = (
            f"{s:,.0f} s old" if s is not None else "none"
            for s in (self.oldest_s, self.newest_s, self.latest_s)
        )
        return f"{self.table}: oldest {next(ages)}, newest {next(ages)}, latest {next(ages)}"


@dataclass(frozen=True)
class Volume:
    """What a table got in the last hour; `entities` is how many rows make a whole tick."""

    table: str
    rows: int
    ticks: int
    entities: int

    def is_complete(self, ticks: tuple[int, int]) -> bool:
        """Whether there were enough ticks, not too many, and each of them whole."""
        return ticks[0] <= self.ticks <= ticks[1] and self.rows == self.ticks * self.entities

    def __str__(self) -> str:
        return f"{self.table}: {self.rows:,} rows in {self.ticks} ticks of {self.entities}"


@dataclass(frozen=True)
class Entity:
    """A stop or bus in the last hour of a table. `belongs_to` is its line, in sensor_data its type."""

    table: str
    entity_id: str
    is_agreed: bool
    belongs_to: str
    agreed: str
    rows: int
    age_s: float | None

    def is_fresh(self, max_age_s: float) -> bool:
        """Whether its newest row is young enough; nobody waits for one that was not agreed."""
        return not self.is_agreed or (self.age_s is not None and self.age_s <= max_age_s)

    @property
    def is_as_agreed(self) -> bool:
        """Whether it was agreed, is there, and belongs where it should."""
        return self.is_agreed and self.rows > 0 and self.belongs_to == self.agreed

    def __str__(self) -> str:
        age = f"{self.age_s:,.0f} s old" if self.age_s is not None else "no row in an hour"
        agreed = f"agreed {self.agreed}" if self.is_agreed else "not agreed"
        return f"{self.table} {self.entity_id}: {age}, of {self.belongs_to or 'nothing'} ({agreed})"


@dataclass(frozen=True)
class Hours:
    """How many ticks each of the last 120 full hours holds."""

    table: str
    ticks: dict[str, int]

    def full(self, least: int) -> int:
        """How many hours hold at least so many ticks."""
        return sum(ticks >= least for ticks in self.ticks.values())

    def __str__(self) -> str:
        return f"{self.table}: {len(self.ticks)} hours with rows, from {min(self.ticks, default='none')}"


@dataclass(frozen=True)
class Rhythm:
    """How evenly a table was written over the last 24 hours. Gaps in seconds."""

    table: str
    ticks: int
    median_s: float | None
    longest_s: float | None
    longest_until: datetime | None
    repeated: int
    incomplete: int

    def is_even(self, median_s: tuple[float, float], longest_s: float) -> bool:
        """Whether ticks came at their pace, without a long gap, each entity in each of them once."""
        if self.median_s is None or self.longest_s is None or self.repeated or self.incomplete:
            return False
        return median_s[0] <= self.median_s <= median_s[1] and self.longest_s <= longest_s

    def __str__(self) -> str:
        median, longest = (f"{s:.0f} s" if s is not None else "none" for s in (self.median_s, self.longest_s))
        return (
            f"{self.table}: {self.ticks} ticks, {self.repeated} repeated, {self.incomplete} incomplete, "
            f"median gap {median}, longest {longest} until {self.longest_until}"
        )


def agreed_entities(topology: Topology) -> dict[str, dict[str, str]]:
    """By table: each entity, and what it belongs to."""
    stops = {stop.stop_id: stop.line_id for stop in topology.stops}
    buses = {bus.bus_id: bus.line_id for bus in topology.buses}
    return {
        "people_count": stops,
        "sensor_data": dict.fromkeys(buses, "bus") | dict.fromkeys(stops, "stop"),
        "bus_position": buses,
    }


def see_span(sql: Sql, table: str, relation: str) -> Span:
    """The ages of a table's oldest and newest rows."""
    row = _only(table, sql.rows(statements.span(relation)))
    return Span(table, *(_age(row[name], row["asked"]) for name in ("oldest", "believable", "newest")))


def see_volume(sql: Sql, table: str, relation: str, entities: int) -> Volume:
    """How much a table got in the last hour."""
    row = _only(table, sql.rows(statements.volume(relation)))
    return Volume(table, row["row_count"], row["ticks"], entities)


def see_entities(sql: Sql, table: str, relation: str, agreed: Mapping[str, str]) -> list[Entity]:
    """Every agreed entity, whether found or not, and every other one that was found."""
    rows = {str(row["entity"]): row for row in sql.rows(statements.entities(relation, TABLES[table]))}
    return [
        _entity(table, entity_id, rows.get(entity_id), agreed)
        for entity_id in dict.fromkeys([*agreed, *rows])
    ]


def see_hours(sql: Sql, table: str, relation: str) -> Hours:
    """The ticks of the last 120 full hours."""
    rows = sql.rows(statements.hours(relation))
    return Hours(
        table,
        {f"{row['hour']:%Y-%m-%d %H}h": row["ticks"] for row in sorted(rows, key=lambda r: str(r["hour"]))},
    )


def see_rhythm(sql: Sql, table: str, relation: str, entities: int, exempt: list[Window]) -> Rhythm:
    """How evenly a table was written over the last 24 hours."""
    row = _only(table, sql.rows(statements.rhythm(relation, TABLES[table], entities, exempt)))
    median, longest = (
        row[name] / 1000 if row[name] is not None else None for name in ("median_ms", "longest_ms")
    )
    return Rhythm(
        table, row["ticks"], median, longest, row["longest_until"], row["repeated"], row["incomplete"]
    )


def _only(table: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    if len(rows) != 1:
        raise LookupError(f"{table}: {len(rows)} rows where one was asked for")
    return rows[0]


def _entity(table: str, entity_id: str, row: Mapping[str, Any] | None, agreed: Mapping[str, str]) -> Entity:
    wanted = agreed.get(entity_id, "")
    if row is None:
        return Entity(table, entity_id, entity_id in agreed, "", wanted, 0, None)
    label = str(row["label"]) if row["labels"] == 1 else f"{row['labels']} different ones"
    age_s = _age(row["newest"], row["asked"])
    return Entity(table, entity_id, entity_id in agreed, label, wanted, row["row_count"], age_s)


def _age(moment: datetime | None, asked: datetime) -> float | None:
    return None if moment is None else (asked - moment) / timedelta(seconds=1)
