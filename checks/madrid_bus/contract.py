"""What does the public contract promise about one answer? Complaints about what breaks it, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checks.madrid_bus.topology import Bus, Line, Stop
from fixtures.probes.timestream import parse_time

Row = Mapping[str, Any]
MOST_PEOPLE = 300
CELSIUS = (-50.0, 60.0)
HUMIDITY = (20.0, 90.0)
MOST_CO2_PPM = 1_000_000
NORTH = (40.4053 - 0.0005, 40.4669 + 0.0005)
EAST = (-3.7260 - 0.0005, -3.6697 + 0.0005)
FASTEST_KMH = 60.0
DOORS = ("open", "closed")
CLOCK_SLACK_S = 60.0
GATEWAY_ERRORS = (502, 503, 504)


@dataclass(frozen=True)
class Reading:
    """What an API said when `asked`, at a moment by AWS's clock; `body` is empty unless it is an object."""

    asked: str
    status: int
    seconds: float
    at: datetime
    body: dict[str, Any]

    @property
    def is_ok(self) -> bool:
        """Whether it is a 200 with a JSON object."""
        return self.status == 200 and bool(self.body)

    @property
    def is_telling(self) -> bool:
        """Whether it tells of what is behind the gateway: it is an answer, or word that none came."""
        return self.is_ok or self.status in GATEWAY_ERRORS


def telling(*sources: Collection[Reading]) -> list[Reading]:
    """All readings of all sources. Refusals come quickly and never break: where there are only those, nobody
    knows what it is like behind them.

    Raises:
        LookupError: no reading of a source tells anything.
    """
    for readings in sources:
        if readings and not any(reading.is_telling for reading in readings):
            first = next(iter(readings))
            raise LookupError(f"{first.asked}: HTTP {first.status}, and no answer to anything like it")
    return [reading for readings in sources for reading in readings]


def about_people(reading: Reading, stop: Stop, max_age_s: float) -> list[str]:
    """What is wrong with the answer of `/people-count/{stop_id}`."""
    return _refusal(reading) or _of(
        reading.asked, people(reading.body, stop), freshness(reading.body, reading.at, max_age_s)
    )


def about_sensors(reading: Reading, entity_type: str, entity_id: str, max_age_s: float) -> list[str]:
    """What is wrong with the answer of `/sensors/{entity_type}/{entity_id}`."""
    return _refusal(reading) or _of(
        reading.asked,
        sensors(reading.body, entity_type, entity_id),
        freshness(reading.body, reading.at, max_age_s),
    )


def about_position(reading: Reading, bus: Bus, line: Line, max_age_s: float) -> list[str]:
    """What is wrong with the answer of `/bus-position/{bus_id}`."""
    return _refusal(reading) or _of(
        reading.asked, position(reading.body, bus, line), freshness(reading.body, reading.at, max_age_s)
    )


def about_line(reading: Reading, line: Line, max_age_s: float) -> list[str]:
    """What is wrong with the answer of `/bus-position/line/{line_id}`."""
    listed = reading.body.get("buses")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    return _refusal(reading) or _of(
        reading.asked,
        _not_it(reading.body, "line_id", [line.line_id]),
        fleet(rows, line, reading.at, max_age_s),
    )


def fleet(rows: Sequence[Row], line: Line, at: datetime, max_age_s: float) -> list[str]:
    """What is wrong with rows that should be exactly the buses of a line, each once and fresh."""
    buses = {bus.bus_id: bus for bus in line.buses}
    found = [str(row.get("bus_id")) for row in rows]
    return [
        *(f"{bus_id} is missing" for bus_id in buses if bus_id not in found),
        *(f"{bus_id} is of another line" for bus_id in found if bus_id not in buses),
        *(f"{bus_id} is there {found.count(bus_id)} times" for bus_id in buses if found.count(bus_id) > 1),
        *(
            f"{bus_id}: {complaint}"
            for bus_id, row in zip(found, rows, strict=True)
            if bus_id in buses
            for complaint in (
                *position({"line_id": line.line_id, **row}, buses[bus_id], line),
                *freshness(row, at, max_age_s),
            )
        ),
    ]


def sensors(row: Row, entity_type: str, entity_id: str) -> list[str]:
    """What is wrong with the sensor values of an entity."""
    shared = [
        *_not_it(row, "entity_id", [entity_id]),
        *_not_it(row, "entity_type", [entity_type]),
        *_not_number(row, "temperature", CELSIUS),
        *_not_number(row, "humidity", HUMIDITY),
    ]
    if entity_type == "bus":
        return [
            *shared,
            *_not_number(row, "co2_level", (0, MOST_CO2_PPM), is_whole=True),
            *_not_it(row, "door_status", DOORS),
        ]
    return [
        *shared,
        *(f"a stop has a {key}" for key in ("co2_level", "door_status") if row.get(key) is not None),
    ]


def position(row: Row, bus: Bus, line: Line) -> list[str]:
    """What is wrong with the position of a bus."""
    return [
        *_not_it(row, "bus_id", [bus.bus_id]),
        *_not_it(row, "line_id", [line.line_id]),
        *_not_number(row, "latitude", NORTH),
        *_not_number(row, "longitude", EAST),
        *_not_number(row, "passenger_count", (0, bus.capacity), is_whole=True),
        *_not_it(row, "next_stop_id", [stop.stop_id for stop in line.stops]),
        *_not_number(row, "distance_to_next_stop", (0, max(line.legs_m) + 1)),
        *_not_number(row, "speed", (0, FASTEST_KMH)),
        *_not_number(row, "direction", (0, 1), is_whole=True),
    ]


def people(row: Row, stop: Stop) -> list[str]:
    """What is wrong with the count of a stop."""
    return [
        *_not_it(row, "stop_id", [stop.stop_id]),
        *_not_number(row, "count", (0, MOST_PEOPLE), is_whole=True),
        *_not_on_line(row, stop.line_id),
    ]


def time_of(row: Row) -> datetime | None:
    """The moment a row is about, aware UTC; None when it does not say."""
    try:
        return parse_time(str(row.get("time") or row.get("timestamp") or ""))
    except ValueError:
        return None


def age_of(row: Row, at: datetime) -> float | None:
    """How old a row was at a moment, in seconds; None when it does not say."""
    moment = time_of(row)
    return None if moment is None else (at - moment).total_seconds()


def freshness(row: Row, at: datetime, max_age_s: float) -> list[str]:
    """What is wrong with the age that a row had at a moment."""
    age = age_of(row, at)
    if age is None:
        return [f"time {row.get('time')!r} is not a time"]
    if age < -CLOCK_SLACK_S:
        return [f"dated {-age:.0f} s in the future"]
    return [] if age <= max_age_s else [f"{age:.0f} s old, not {max_age_s:.0f}"]


def _refusal(reading: Reading) -> list[str]:
    if reading.is_ok:
        return []
    what = reading.body.get("message", "") if reading.body else "without a JSON object that says anything"
    return [f"{reading.asked}: HTTP {reading.status} {what}".strip()]


def _of(asked: str, *complaints: Collection[str]) -> list[str]:
    return [f"{asked}: {complaint}" for some in complaints for complaint in some]


def _not_it(row: Row, key: str, wanted: Collection[str]) -> list[str]:
    value = row.get(key)
    if isinstance(value, str) and value in wanted:
        return []
    return [f"{key} {value!r}, not {' or '.join(wanted)}"]


def _not_number(row: Row, key: str, limits: tuple[float, float], *, is_whole: bool = False) -> list[str]:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int if is_whole else int | float):
        return [f"{key} {value!r} is not a {'whole ' if is_whole else ''}number"]
    low, high = limits
    return [] if low <= value <= high else [f"{key} {value:g}, not {low:g}…{high:g}"]


def _not_on_line(row: Row, line_id: str) -> list[str]:
    listed = row.get("line_ids")
    lines = [part.strip() for part in listed.split(",")] if isinstance(listed, str) else listed
    return [] if lines == [line_id] else [f"line_ids {listed!r}, not {line_id}"]
