"""Were the last 24 hours those of a city? What stops, sensors and buses did, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checks.madrid_bus.topology import Topology

MORNING, NIGHT = (6,), (22, 23, 0, 1, 2)
DAYTIME = range(7, 16)
WINDOW_H = 3
Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class StopDay:
    """A stop's day: its extremes, its steepest rise in a tick, and the three hours (UTC) in which it did not
    both rise and fall."""

    stop_id: str
    least: int | None
    most: int | None
    steepest: int | None
    still: tuple[str, ...]


@dataclass(frozen=True)
class Crowds:
    """All stops' days, and how many people came per stop and minute between 06 and 07, and 22 and 03 UTC."""

    stops: tuple[StopDay, ...]
    morning: float | None
    night: float | None


@dataclass(frozen=True)
class SensorDay:
    """A sensor's day: (least, most) of each number, degrees off the day's curve by the better of two clocks,
    seconds for which a number stood still at most, and the ticks with open and closed doors."""

    entity_id: str
    is_bus: bool
    celsius: tuple[float, float] | None
    humidity: tuple[float, float] | None
    co2: tuple[int, int] | None
    off_curve: float
    still_s: float
    open_ticks: int
    closed_ticks: int


@dataclass(frozen=True)
class BusDay:
    """A bus's day: the lines and next stops it named, (least, most) of each number, how long it stood still,
    steps that broke a rule of motion, where it turned (degrees), how far it was off its route lately."""

    bus_id: str
    lines: tuple[str, ...]
    next_stops: tuple[str, ...]
    extremes: dict[str, tuple[float, float]]
    still_s: float
    leaps: int
    off_pace: int
    mid_leg_changes: int
    turns: tuple[tuple[float, float], ...]
    off_route_m: float


def crowds(rows: Rows, topology: Topology, now: datetime) -> Crowds:
    """Sum up the rows of `day_statements.crowds`."""
    by_stop: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    came: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        by_stop[row["stop_id"]].append(row)
        total = came[row["hour"].hour]
        total[0] += row["came"]
        total[1] += (row["lapse_ms"] or 0) / 60_000
    stop_ids = dict.fromkeys([*(stop.stop_id for stop in topology.stops), *by_stop])
    days = tuple(_stop_day(stop_id, by_stop[stop_id], now) for stop_id in stop_ids)
    return Crowds(days, _rate(came, MORNING), _rate(came, NIGHT))


def climate(rows: Rows, topology: Topology) -> list[SensorDay]:
    """Sum up the rows of `day_statements.climate`, one per agreed sensor."""
    found = {row["entity_id"]: row for row in rows}
    buses = [bus.bus_id for bus in topology.buses]
    return [
        _sensor_day(i, i in buses, found.get(i)) for i in [*buses, *(stop.stop_id for stop in topology.stops)]
    ]


def buses(courses: Rows, turns: Rows, off_route_m: Mapping[str, float], topology: Topology) -> list[BusDay]:
    """Sum up the rows of `day_statements.courses` and `day_statements.turns`, one per agreed bus."""
    legs: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in courses:
        legs[row["bus_id"]].append(row)
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in turns:
        points[row["bus_id"]].append((row["latitude"], row["longitude"]))
    return [
        _bus_day(bus.bus_id, legs[bus.bus_id], points[bus.bus_id], off_route_m.get(bus.bus_id, 0.0))
        for bus in topology.buses
    ]


def off_route(rows: Rows, topology: Topology) -> dict[str, float]:
    """How far each bus was from its route at worst, in metres."""
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        places[row["bus_id"]].append((row["latitude"], row["longitude"]))
    lines = {bus.bus_id: topology.line(bus.line_id) for bus in topology.buses}
    return {bus_id: lines[bus_id].distance_m(points) for bus_id, points in places.items() if bus_id in lines}


def _stop_day(stop_id: str, rows: Sequence[Mapping[str, Any]], now: datetime) -> StopDay:
    whole = {
        row["hour"]: row for row in rows if now - timedelta(days=1) <= row["hour"] <= now - timedelta(hours=1)
    }
    return StopDay(
        stop_id,
        min((row["least"] for row in rows), default=None),
        max((row["most"] for row in rows), default=None),
        max((row["steepest"] for row in rows if row["steepest"] is not None), default=None),
        tuple(
            f"{hour:%H} to {hour + timedelta(hours=WINDOW_H):%H}"
            for hour in sorted(whole)
            if _is_still(whole, hour)
        ),
    )


def _is_still(hours: Mapping[datetime, Mapping[str, Any]], start: datetime) -> bool:
    window = [hours.get(start + timedelta(hours=i)) for i in range(WINDOW_H)]
    rows = [row for row in window if row is not None]
    if start.hour not in DAYTIME or len(rows) < WINDOW_H:
        return False
    return not (sum(row["rises"] for row in rows) and sum(row["falls"] for row in rows))


def _rate(came: Mapping[int, Sequence[float]], hours: Iterable[int]) -> float | None:
    totals = [came[hour] for hour in hours if hour in came]
    minutes = sum(total[1] for total in totals)
    return sum(total[0] for total in totals) / minutes if minutes else None


def _sensor_day(entity_id: str, is_bus: bool, row: Mapping[str, Any] | None) -> SensorDay:
    if row is None:
        return SensorDay(entity_id, is_bus, None, None, None, 0.0, 0.0, 0, 0)
    numbers = ("temperature", "humidity", "co2_level") if is_bus else ("temperature", "humidity")
    off = [value for name, value in row.items() if name.startswith("off_") and value is not None]
    return SensorDay(
        entity_id,
        is_bus,
        _both(row["coldest"], row["hottest"]),
        _both(row["driest"], row["dampest"]),
        _both(row["least_co2"], row["most_co2"]),
        min(off, default=0.0),
        max((row[f"{name}_still"] or 0) / 1000 for name in numbers),
        row["open_ticks"],
        row["closed_ticks"],
    )


def _bus_day(
    bus_id: str, legs: Sequence[Mapping[str, Any]], turns: Iterable[tuple[float, float]], off_route_m: float
) -> BusDay:
    columns = {
        "latitude": ("south", "north"),
        "longitude": ("west", "east"),
        "passengers": ("least_load", "most_load"),
        "distance": ("nearest", "furthest"),
        "speed": ("slowest", "fastest"),
        "direction": ("least_direction", "most_direction"),
    }
    return BusDay(
        bus_id,
        tuple(sorted({leg["line_id"] for leg in legs})),
        tuple(sorted({leg["next_stop_id"] for leg in legs})),
        {
            name: (min(leg[a] for leg in legs), max(leg[b] for leg in legs))
            for name, (a, b) in columns.items()
            if legs
        },
        max((leg["still_ms"] / 1000 for leg in legs), default=0.0),
        sum(leg["leaps"] for leg in legs),
        sum(leg["off_pace"] for leg in legs),
        sum(leg["mid_leg_changes"] for leg in legs),
        tuple(turns),
        off_route_m,
    )


def _both(least: Any, most: Any) -> tuple[Any, Any] | None:
    return None if least is None or most is None else (least, most)
