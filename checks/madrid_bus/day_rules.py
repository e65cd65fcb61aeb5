"""What must hold of a day of people, sensors and buses? Complaints about what does not, in words."""

from __future__ import annotations

from checks.madrid_bus.contract import EAST, FASTEST_KMH, HUMIDITY, MOST_PEOPLE, NORTH
from checks.madrid_bus.days import BusDay, Crowds, SensorDay, StopDay
from checks.madrid_bus.topology import Bus, Line, haversine_m

MOST_RISE = 25
TIDE = 3.0
PLAUSIBLE_CELSIUS = (6.0, 37.0)
MOST_OFF_CURVE = 9.0
PLAUSIBLE_CO2 = (100, 4_700)
SENSOR_STILL_S = 3600.0
BUS_STILL_S = 300.0
AT_TERMINAL_M = 1.0
OFF_ROUTE_M = 50.0


def about_crowds(day: Crowds) -> list[str]:
    """What is wrong with the counts of a day (BUS-76)."""
    found = [complaint for stop in day.stops for complaint in _about_stop(stop)]
    if day.morning is None or day.night is None:
        return [*found, "no counts between 06 and 07, or between 22 and 03 UTC"]
    if day.morning < TIDE * day.night:
        found.append(f"{day.morning:.2f} people a minute come in the morning, {day.night:.2f} at night")
    return found


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
    at = [[haversine_m(point, stop.point) for stop in line.terminals] for point in day.turns]
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


def _about_stop(day: StopDay) -> list[str]:
    extremes = None if day.least is None or day.most is None else (day.least, day.most)
    return [
        *(f"{day.stop_id}: {complaint}" for complaint in _beyond("count", extremes, (0, MOST_PEOPLE))),
        *([f"{day.stop_id}: rose by {day.steepest} in a tick"] if (day.steepest or 0) > MOST_RISE else []),
        *(f"{day.stop_id}: did not both rise and fall in {window} UTC" for window in day.still),
    ]


def _beyond(name: str, seen: tuple[float, float] | None, allowed: tuple[float, float]) -> list[str]:
    if seen is None:
        return [f"no {name} in 24 h"]
    return [
        f"{name} {value:g}, not {allowed[0]:g}…{allowed[1]:g}"
        for value in dict.fromkeys(seen)
        if not allowed[0] <= value <= allowed[1]
    ]
