"""Where are the buses and who is waiting: six days of minutes up to now, and then tick by tick?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from checks.madrid_bus.topology import Line, Topology, agreed
from checks.madrid_bus.twin import feeders
from checks.madrid_bus.twin.courses import courses
from checks.madrid_bus.twin.feeders import Row, utc64
from checks.madrid_bus.twin.history import ALIGHTING, TICK_S, History, arrivals, drive, served
from fixtures.twins.timestream import Timestream

HISTORY_TICKS = 6 * 24 * 60
MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Tick:
    """The rows that one tick added to each table; `time` is aware UTC."""

    people: tuple[Row, ...]
    sensors: tuple[Row, ...]
    positions: tuple[Row, ...]


@dataclass
class Journey:
    """A bus under way: metres since the terminal it left, people aboard, whether it is serving a stop."""

    bus_id: str
    line: Line
    capacity: int
    direction: int
    travelled_m: float
    load: int
    has_open_door: bool


class Simulation:
    """The living buses and stops; `tick` moves them on to a moment and writes what the feeders would."""

    def __init__(
        self,
        topology: Topology,
        timestream: Timestream,
        history: History,
        now: datetime,
        rng: np.random.Generator,
    ) -> None:
        """Carry on from the last tick of `history`, which was at `now`."""
        self._topology = topology
        self._timestream = timestream
        self._now = now
        self._rng = rng
        stop_ids = [stop.stop_id for stop in topology.stops]
        self.waiting: dict[str, int] = dict(zip(stop_ids, history.waiting[-1].tolist(), strict=True))
        states = (history.directions, history.travelled_m, history.loads, history.doors_open)
        self.journeys = [
            Journey(bus.bus_id, topology.line(bus.line_id), bus.capacity, *state)
            for bus, *state in zip(topology.buses, *(column[-1].tolist() for column in states), strict=True)
        ]

    def tick(self, now: datetime) -> Tick:
        """Move on to `now` (aware; at least a millisecond after the last tick) and write its rows.

        No feeder writes at a full second: a time without a fraction stands for the whole second, and where
        ticks come every second, two may lie in one.
        """
        now = max(_cut(now), self._now + MILLISECOND)
        while not all((now - lag).microsecond for lag in feeders.LAGS.values()):
            now += MILLISECOND
        self._step((now - self._now).total_seconds(), now)
        self._now = now
        loads = [journey.load for journey in self.journeys]
        doors = [journey.has_open_door for journey in self.journeys]
        tick = Tick(
            feeders.people_rows(self._topology, now, self.waiting),
            feeders.sensor_rows(self._topology, now, loads, doors, self._rng),
            tuple(self._position(journey) for journey in self.journeys),
        )
        self._timestream.append("people_count", tick.people)
        self._timestream.append("sensor_data", tick.sensors)
        self._timestream.append("bus_position", tick.positions)
        return tick

    def _step(self, seconds: float, now: datetime) -> None:
        for journey in self.journeys:
            self._move(journey, self._topology.speed_kmh / 3.6 * seconds)
        (came,) = arrivals(self._topology, np.array([utc64(now)]), seconds / 60, self._rng).tolist()
        for stop, people in zip(self._topology.stops, came, strict=True):
            self.waiting[stop.stop_id] += people

    def _move(self, journey: Journey, metres: float) -> None:
        course = courses(journey.line)[journey.direction]
        reached = min(journey.travelled_m + metres, course.length_m)
        first, after = course.marks_m.searchsorted((journey.travelled_m, reached), side="right").tolist()
        for place in range(first, after):
            stop_id, is_terminal = course.stop_ids[place], place == len(course.stop_ids) - 1
            share = self._rng.uniform(*ALIGHTING)
            journey.load, boarded = served(
                journey.load, self.waiting[stop_id], journey.capacity, share, is_terminal
            )
            self.waiting[stop_id] -= boarded
        journey.has_open_door = after > first
        journey.travelled_m = reached
        if after == len(course.stop_ids):
            journey.direction, journey.travelled_m = 1 - journey.direction, 0.0

    def _position(self, journey: Journey) -> Row:
        return feeders.position_row(
            journey.bus_id,
            journey.line.line_id,
            self._now,
            courses(journey.line)[journey.direction].place(journey.travelled_m),
            self._topology.speed_kmh,
            passenger_count=journey.load,
            direction=journey.direction,
        )


def seed(timestream: Timestream, now: datetime, seed: int) -> Simulation:
    """The three tables with six days of history up to `now` (aware), always the same for a `seed`."""
    topology, rng, now = agreed(), np.random.default_rng(seed), _cut(now)
    ticks = utc64(now) + np.arange(1 - HISTORY_TICKS, 1) * np.timedelta64(TICK_S * 1000, "ms")
    history = drive(topology, ticks, rng)
    feeders.create_tables(timestream)
    feeders.load_people(timestream, topology, ticks, history.waiting)
    feeders.load_sensors(timestream, topology, ticks, history, rng)
    feeders.load_positions(timestream, topology, ticks, history)
    return Simulation(topology, timestream, history, now, rng)


def _cut(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
