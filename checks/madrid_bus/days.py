"""Were the last 24 hours those of a city? What stops, sensors and buses did, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checks.madrid_bus.contract import EAST, FASTEST_KMH, HUMIDITY, MOST_PEOPLE, NORTH
from checks.madrid_bus.topology import Bus, Line, Topology, haversine_m

MOST_RISE = 25
MORNING, NIGHT = (6,), (22, 23, 0, 1, 2)
TIDE = 3.0
DAYTIME = range(7, 16)
WINDOW_H = 3
PLAUSIBLE_CELSIUS = (6.0, 37.0)
MOST_OFF_CURVE = 9.0
PLAUSIBLE_CO2 = (100, 4_700)
SENSOR_STILL_S = 3600.0
BUS_STILL_S = 300.0
AT_TERMINAL_M = 1.0
OFF_ROUTE_M = 50.0
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


def about_crowds(day: Crowds) -> list[str]:
    """What is wrong with the counts of a day (BUS-76)."""
    found = [complaint for stop in day.stops for complaint in _about_stop(stop)]
    if day.morning is None or day.night is None:
        return [*found, "no counts between 06 and 07, or between 22 and 03 UTC"]
    if day.morning < TIDE * day.night:
        found.append(f"{day.morning:.2f} people a minute come in the morning, {day.night:.2f} at night")
    return found


def climate(rows: Rows, topology: Topology) -> list[SensorDay]:
    """Sum up the rows of `day_statements.climate`, one per agreed sensor."""
    found = {row["entity_id"]: row for row in rows}
    buses = [bus.bus_id for bus in topology.buses]
    return [
        _sensor_day(i, i in buses, found.get(i)) for i in [*buses, *(stop.stop_id for stop in topology.stops)]
    ]


def about_sensor(day: SensorDay) -> list[str]:
    """What is wrong with a sensor's day (BUS-77)."""
    found = [
        *_beyond("temperature", day.celsius, PLAUSIBLE_CELSIUS),
        *_beyond("humidity", day.humidity, HUMIDITY),
        *(_beyond("CO2", day.co2, PLAUSIBLE_CO2) if day.is_bus else []),
        *([f"{day.off_curve:.1f} °C off the day's curve"] if day.off_curve > MOST_OFF_CURVE else []),
        *([f"stood still for {day.still_s:.0f} s"] if day.still_s >= SENSOR_STILL_S else []),
        *(["never opened its doors"] if day.is_bus and not day.open_ticks else []),
        *(["never closed its doors"] if day.is_bus and not day.closed_ticks else []),
    ]
    return [f"{day.entity_id}: {complaint}" for complaint in found]


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
    return {
        bus_id: float(lines[bus_id].distance_from_m(*zip(*points, strict=True)).max())
        for bus_id, points in places.items()
        if bus_id in lines
    }


def about_bus(day: BusDay, bus: Bus, line: Line) -> list[str]:
    """What is wrong with a bus's day (BUS-78)."""
    limits: dict[str, tuple[float, float]] = {
        "latitude": NORTH,
        "longitude": EAST,
        "passengers": (0, bus.capacity),
        "distance": (0, max(line.legs_m) + 1),
        "speed": (0, FASTEST_KMH),
        "direction": (0, 1),
    }
    strange = sorted(set(day.next_stops) - {stop.stop_id for stop in line.stops})
    at = [[_metres(point, stop) for stop in line.terminals] for point in day.turns]
    unvisited = [
        s.stop_id for i, s in enumerate(line.terminals) if not any(m[i] <= AT_TERMINAL_M for m in at)
    ]
    found = [
        *(c for name, allowed in limits.items() for c in _beyond(name, day.extremes.get(name), allowed)),
        *([f"on {', '.join(day.lines) or 'no line'}"] if day.lines != (line.line_id,) else []),
        *([f"bound for {', '.join(strange)}"] if strange else []),
        *([f"stood still for {day.still_s:.0f} s"] if day.still_s > BUS_STILL_S else []),
        *([f"leapt {day.leaps} times"] if day.leaps else []),
        *([f"off its pace {day.off_pace} times"] if day.off_pace else []),
        *([f"load changed between stops {day.mid_leg_changes} times"] if day.mid_leg_changes else []),
        *(f"turned {min(metres):.0f} m from a terminal" for metres in at if min(metres) > AT_TERMINAL_M),
        *(f"never turned at {stop_id}" for stop_id in unvisited),
        *([f"{day.off_route_m:.0f} m off its route"] if day.off_route_m > OFF_ROUTE_M else []),
    ]
    return [f"{day.bus_id}: {complaint}" for complaint in found]


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


def _about_stop(day: StopDay) -> list[str]:
    extremes = None if day.least is None or day.most is None else (day.least, day.most)
    return [
        *(f"{day.stop_id}: {complaint}" for complaint in _beyond("count", extremes, (0, MOST_PEOPLE))),
        *([f"{day.stop_id}: rose by {day.steepest} in a tick"] if (day.steepest or 0) > MOST_RISE else []),
        *(f"{day.stop_id}: did not both rise and fall in {window} UTC" for window in day.still),
    ]


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


def _beyond(name: str, seen: tuple[float, float] | None, allowed: tuple[float, float]) -> list[str]:
    if seen is None:
        return [f"no {name} in 24 h"]
    return [
        f"{name} {value:g}, not {allowed[0]:g}…{allowed[1]:g}"
        for value in dict.fromkeys(seen)
        if not allowed[0] <= value <= allowed[1]
    ]


def _both(least: Any, most: Any) -> tuple[Any, Any] | None:
    return None if least is None or most is None else (least, most)


def _metres(point: tuple[float, float], stop: Any) -> float:
    return float(haversine_m(*point, stop.latitude, stop.longitude))
