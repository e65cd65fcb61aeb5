"""What would the feeders have written, minute by minute, had they run for days?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from checks.madrid_bus.topology import Line, Topology
from checks.madrid_bus.twin.courses import INBOUND, OUTBOUND, Course, courses

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Times = npt.NDArray[np.datetime64]
TICK_S = 60
ALIGHTING = (0.2, 0.4)


@dataclass(frozen=True)
class History:
    """Arrays of (ticks, stops) and (ticks, buses), in the order of the topology.

    `travelled_m` is counted from the terminal a bus last left, `ahead` indexes the stops of its direction.
    """

    waiting: Ints
    directions: Ints
    travelled_m: Floats
    latitudes: Floats
    longitudes: Floats
    next_stops: Ints
    remaining_m: Floats
    loads: Ints
    doors_open: npt.NDArray[np.bool_]


def served(load: int, waiting: int, capacity: int, share: float, is_terminal: bool) -> tuple[int, int]:
    """The load after `share` of it (at a terminal all) alighted and others boarded, and how many boarded."""
    left = 0 if is_terminal else load - int(load * share)
    boarded = min(waiting, capacity - left)
    return left + boarded, boarded


def seconds_of_day(times: Times, timezone: str) -> Floats:
    """Local seconds since midnight of UTC `times` (datetime64)."""
    seconds = times.astype("datetime64[ms]").astype(np.int64) / 1000
    hours, inverse = np.unique(seconds // 3600, return_inverse=True)
    zone = ZoneInfo(timezone)
    offsets = [datetime.fromtimestamp(hour * 3600, zone).utcoffset() for hour in hours]
    local: Floats = (seconds + np.array([o.total_seconds() for o in offsets if o])[inverse]) % 86_400
    return local


def ambient_celsius(second_of_day: npt.ArrayLike) -> Floats:
    """The mean temperature at a local time: 28 °C at 15:00, 15 °C at 03:00."""
    hours = np.asarray(second_of_day, float) / 3600
    celsius: Floats = 21.5 + 6.5 * np.cos(2 * np.pi * (hours - 15) / 24)
    return celsius


def arrivals(topology: Topology, times: Times, minutes: float, rng: np.random.Generator) -> Ints:
    """People who come to each stop in the `minutes` before each of `times`: (times, stops)."""
    hours = (seconds_of_day(times, topology.pattern_timezone) // 3600).astype(np.intp)
    multipliers = np.array(topology.hour_multipliers)[hours]
    rates = np.array([stop.people_per_minute for stop in topology.stops])
    return rng.poisson(np.outer(multipliers * minutes, rates))


def motion(line: Line, start: float, ticks: int, tick_m: float) -> tuple[Ints, Floats]:
    """Direction and metres travelled in it at each tick; what is left of a tick at a terminal is lost."""
    first = math.ceil((1 - start) * line.route_m / tick_m)
    lap = math.ceil(line.route_m / tick_m)
    tick = np.arange(ticks)
    since = (tick - first) % (2 * lap)
    begun = tick >= first
    directions = np.where(begun & (since < lap), INBOUND, OUTBOUND)
    travelled = np.where(begun, tick_m * (since % lap), start * line.route_m + tick_m * tick)
    return directions, travelled


def drive(topology: Topology, times: Times, rng: np.random.Generator) -> History:
    """The simulation from a cold start at the first of `times`, one tick of 60 s after another."""
    tick_m = topology.speed_kmh / 3.6 * TICK_S
    shape = (len(times), len(topology.buses))
    directions, next_stops = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    travelled, latitudes, longitudes, remaining = (np.zeros(shape) for _ in range(4))
    calls: list[Ints] = []
    index = {stop.stop_id: i for i, stop in enumerate(topology.stops)}
    for b, bus in enumerate(topology.buses):
        line = topology.line(bus.line_id)
        directions[:, b], travelled[:, b] = motion(line, bus.start, len(times), tick_m)
        for direction, course in enumerate(courses(line)):
            stops = np.array([index[stop_id] for stop_id in course.stop_ids])
            at = np.flatnonzero(directions[:, b] == direction)
            metres = travelled[at, b]
            latitudes[at, b], longitudes[at, b] = course.coordinates(metres)
            ahead = course.ahead(metres)
            next_stops[at, b], remaining[at, b] = stops[ahead], course.marks_m[ahead] - metres
            calls.append(_calls(course, stops, b, at, metres, tick_m))
    came = arrivals(topology, times, TICK_S / 60, rng)
    waiting, loads, doors = _board(topology, came, np.concatenate(calls), rng)
    return History(waiting, directions, travelled, latitudes, longitudes, next_stops, remaining, loads, doors)


def _calls(course: Course, stops: Ints, bus: int, at: Ints, metres: Floats, tick_m: float) -> Ints:
    """Rows (tick, bus, place in the course, stop, is terminal): the stops reached in the tick after `at`."""
    begin = np.searchsorted(course.marks_m, metres, side="right")
    end = np.searchsorted(course.marks_m, metres + tick_m, side="right")
    counts = end - begin
    nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    place = np.repeat(begin, counts) + nth
    last = place == len(stops) - 1
    return np.column_stack((np.repeat(at + 1, counts), np.full(len(place), bus), place, stops[place], last))


def _board(
    topology: Topology, came: Ints, calls: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """People left at each stop, people in each bus, and which buses opened their doors, per tick.

    Those board who waited when the tick began; who came during it waits.
    """
    ticks, stops = came.shape
    calls = calls[calls[:, 0] < ticks]
    tick, bus, _, stop, last = calls[np.lexsort((calls[:, 2], calls[:, 1], calls[:, 0]))].T
    came = came.cumsum(axis=0)
    capacities = [b.capacity for b in topology.buses]
    load, gone = [0] * len(capacities), [0] * stops
    taken, left = [], []
    columns = (bus, stop, last.astype(bool), came[tick - 1, stop], rng.uniform(*ALIGHTING, len(tick)))
    for b, s, is_terminal, arrived, share in zip(*(c.tolist() for c in columns), strict=True):
        load[b], boarded = served(load[b], arrived - gone[s], capacities[b], share, is_terminal)
        gone[s] += boarded
        taken.append(boarded)
        left.append(load[b])
    boarded_at = np.bincount(tick * stops + stop, weights=taken, minlength=came.size).reshape(came.shape)
    doors = np.zeros((ticks, len(capacities)), bool)
    doors[tick, bus] = True
    loads = np.zeros(doors.shape, np.int64)
    loads[tick, bus] = left
    latest = np.maximum.accumulate(np.where(doors, np.arange(ticks)[:, None], 0), axis=0)
    waiting = came - boarded_at.cumsum(axis=0).astype(np.int64)
    return waiting, np.take_along_axis(loads, latest, axis=0), doors
