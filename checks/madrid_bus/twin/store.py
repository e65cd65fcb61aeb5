"""What does the twin's store hold about an entity, now or at a past moment?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from fixtures.twins.clock import Clock
from fixtures.twins.timestream import Timestream

Row = dict[str, Any]
NEAR = timedelta(minutes=5)
"""How far back the cheap look goes; also how old a bus of a line may be."""

PEOPLE_COUNT = '"measure_value::bigint" AS count'
SELECT = {
    "people_count": f"SELECT stop_id, time, {PEOPLE_COUNT}, line_ids FROM bus_simulator.people_count",
    "sensors": """SELECT entity_id, entity_type, time, temperature, humidity, co2_level, door_status
        FROM bus_simulator.sensor_data""",
    "bus_position": """SELECT bus_id, line_id, time, latitude, longitude, passenger_count, next_stop_id,
        distance_to_next_stop, speed, direction FROM bus_simulator.bus_position""",
}
ENTITY = {"people_count": "stop_id", "sensors": "entity_id", "bus_position": "bus_id"}
"""By kind of data: the column that names the entity."""


@dataclass(frozen=True)
class Latest:
    """The newest rows of a kind by entity, as of a version of the tables."""

    version: int
    rows: dict[str, Row]


class Store:
    """Rows by entity, as dicts of the columns of `SELECT`; times are aware.

    Every method raises `duckdb.Error` when the store does not answer.
    """

    def __init__(self, timestream: Timestream, clock: Clock) -> None:
        self._timestream = timestream
        self._clock = clock
        self._latest: dict[str, Latest] = {}

    def people_count(self, stop_id: str, moment: datetime | None) -> Row | None:
        """The newest row of a stop, at or before `moment` if one is given."""
        return self._newest("people_count", stop_id, moment)

    def sensors(self, entity_type: str, entity_id: str, moment: datetime | None) -> Row | None:
        """The newest row of the sensor of a bus or a stop, at or before `moment` if one is given."""
        row = self._newest("sensors", entity_id, moment)
        return row if row and row["entity_type"] == entity_type else None

    def bus_position(self, bus_id: str, moment: datetime | None) -> Row | None:
        """The newest row of a bus, at or before `moment` if one is given."""
        return self._newest("bus_position", bus_id, moment)

    def buses_of(self, line_id: str) -> list[Row]:
        """The newest row of each bus of a line that has one within five minutes."""
        sql = f"""{SELECT["bus_position"]} WHERE line_id = $line_id AND time > $since
            QUALIFY row_number() OVER (PARTITION BY bus_id ORDER BY time DESC) = 1 ORDER BY bus_id"""
        return self._rows(sql, {"line_id": line_id, "since": self._clock.now() - NEAR})

    def span(self, kind: str, entity_id: str, start: datetime, end: datetime) -> list[Row]:
        """All rows of an entity from `start` to `end`, both included, in order of time."""
        sql = f"""{SELECT[kind]} WHERE {ENTITY[kind]} = $entity_id AND time BETWEEN $start AND $end
            ORDER BY time"""
        return self._rows(sql, {"entity_id": entity_id, "start": start, "end": end})

    def _newest(self, kind: str, entity_id: str, moment: datetime | None) -> Row | None:
        if moment is None and entity_id in (latest := self._latest_of(kind)):
            return latest[entity_id]
        until = "" if moment is None else " AND time <= $moment"
        values = {"entity_id": entity_id} if moment is None else {"entity_id": entity_id, "moment": moment}
        sql = f"{SELECT[kind]} WHERE {ENTITY[kind]} = $entity_id{until}"
        since = _before(min(moment or self._clock.now(), self._clock.now()), NEAR)
        near = self._rows(f"{sql} AND time > $since", {**values, "since": since})
        found = near or self._rows(f"{sql} ORDER BY time DESC LIMIT 1", values)
        return max(found, key=lambda row: row["time"], default=None)

    def _latest_of(self, kind: str) -> dict[str, Row]:
        """The newest rows not older than `NEAR`, found again only when rows have changed."""
        version = self._timestream.version
        if kind not in self._latest or self._latest[kind].version != version:
            entity = ENTITY[kind]
            sql = f"""{SELECT[kind]} WHERE time > $since
                QUALIFY row_number() OVER (PARTITION BY {entity} ORDER BY time DESC) = 1"""
            rows = self._rows(sql, {"since": self._clock.now() - NEAR})
            self._latest[kind] = Latest(version, {row[entity]: row for row in rows})
        return self._latest[kind].rows

    def _rows(self, sql: str, values: Row) -> list[Row]:
        return self._timestream.rows(sql, values)


def parse_moment(text: str) -> datetime:
    """The moment that an ISO 8601 text names, UTC where it names no offset.

    Raises:
        ValueError: it is not such a text.
    """
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError(f"{text} is out of range") from error


def iso(moment: datetime) -> str:
    """A moment as the APIs write it: `2026-02-22T10:30:00.123Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def scalar(value: Any) -> str | None:
    """A value as the store itself writes it."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}000"
    return str(value)


def _before(moment: datetime, lapse: timedelta) -> datetime:
    try:
        return moment - lapse
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)
