"""Which lines, stops and buses are there, and where is a bus after so many metres of its route?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

GOLDEN = Path(__file__).parents[2] / "golden" / "madrid_bus" / "lines.yaml"
EARTH_RADIUS_M = 6_371_000.0
OUTBOUND, INBOUND = 0, 1

Floats = npt.NDArray[np.float64]


def haversine_m(
    latitude: npt.ArrayLike, longitude: npt.ArrayLike, to_latitude: npt.ArrayLike, to_longitude: npt.ArrayLike
) -> Floats:
    """Great-circle distance in metres between points in degrees, element by element."""
    phi, lam, to_phi, to_lam = (np.radians(x) for x in (latitude, longitude, to_latitude, to_longitude))
    half = np.sin((to_phi - phi) / 2) ** 2 + np.cos(phi) * np.cos(to_phi) * np.sin((to_lam - lam) / 2) ** 2
    distance: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(half))
    return distance


@dataclass(frozen=True)
class Stop:
    """A stop of one line; `people_per_minute` arrive there at multiplier 1."""

    stop_id: str
    name: str
    line_id: str
    latitude: float
    longitude: float
    people_per_minute: float


@dataclass(frozen=True)
class Bus:
    """A bus of one line, beginning at the share `start` of the outbound route."""

    bus_id: str
    line_id: str
    start: float
    capacity: int


@dataclass(frozen=True)
class Place:
    """Where a bus is: degrees, the stop ahead of it and the metres to that stop."""

    latitude: float
    longitude: float
    next_stop_id: str
    distance_to_next_stop: float


@dataclass(frozen=True)
class Course:
    """A line driven in one direction: its stops in order, and each one's metres from the first."""

    stop_ids: tuple[str, ...]
    marks_m: Floats
    latitudes: Floats
    longitudes: Floats

    @classmethod
    def through(cls, stops: Iterable[Stop]) -> Course:
        """The straight legs from stop to stop."""
        stops = tuple(stops)
        latitudes, longitudes = (
            np.array([getattr(s, axis) for s in stops]) for axis in ("latitude", "longitude")
        )
        legs = haversine_m(latitudes[:-1], longitudes[:-1], latitudes[1:], longitudes[1:])
        marks = np.concatenate(([0.0], np.cumsum(legs)))
        return cls(tuple(s.stop_id for s in stops), marks, latitudes, longitudes)

    @property
    def length_m(self) -> float:
        """Metres from the first stop to the last."""
        return float(self.marks_m[-1])

    def ahead(self, travelled_m: npt.ArrayLike) -> npt.NDArray[np.intp]:
        """Index of the first stop that lies further than `travelled_m`; the last stop at the end."""
        return np.minimum(np.searchsorted(self.marks_m, travelled_m, side="right"), len(self.stop_ids) - 1)

    def coordinates(self, travelled_m: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Latitudes and longitudes in degrees after `travelled_m` metres, straight along each leg."""
        travelled_m = np.asarray(travelled_m, float)
        return (
            np.interp(travelled_m, self.marks_m, self.latitudes),
            np.interp(travelled_m, self.marks_m, self.longitudes),
        )

    def place(self, travelled_m: float) -> Place:
        """Where a bus is after `travelled_m` metres."""
        latitude, longitude = self.coordinates(travelled_m)
        ahead = int(self.ahead(travelled_m))
        return Place(
            float(latitude), float(longitude), self.stop_ids[ahead], float(self.marks_m[ahead] - travelled_m)
        )


@dataclass(frozen=True)
class Line:
    """A line: its stops in outbound order (the first and the last are its terminals) and its buses."""

    line_id: str
    name: str
    stops: tuple[Stop, ...]
    buses: tuple[Bus, ...]

    @cached_property
    def courses(self) -> tuple[Course, Course]:
        """The line outbound and inbound, indexed by direction."""
        return Course.through(self.stops), Course.through(reversed(self.stops))

    @property
    def legs_m(self) -> tuple[float, ...]:
        """Metres from each stop to the next, outbound."""
        return tuple(float(leg) for leg in np.diff(self.courses[OUTBOUND].marks_m))

    @property
    def route_m(self) -> float:
        """Metres from terminal to terminal."""
        return self.courses[OUTBOUND].length_m

    @property
    def terminals(self) -> tuple[Stop, Stop]:
        """The first and the last stop."""
        return self.stops[0], self.stops[-1]

    def distance_from_m(self, latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> Floats:
        """Metres from each point (degrees) to the nearest of the route; exact enough below a kilometre."""
        course = self.courses[OUTBOUND]
        scale = np.radians(1.0) * EARTH_RADIUS_M
        shrink = np.cos(np.radians(course.latitudes.mean()))
        north = (np.asarray(latitude, float)[..., None] - course.latitudes[:-1]) * scale
        east = (np.asarray(longitude, float)[..., None] - course.longitudes[:-1]) * scale * shrink
        leg_north = np.diff(course.latitudes) * scale
        leg_east = np.diff(course.longitudes) * scale * shrink
        share = np.clip((north * leg_north + east * leg_east) / (leg_north**2 + leg_east**2), 0.0, 1.0)
        nearest: Floats = np.hypot(north - share * leg_north, east - share * leg_east).min(axis=-1)
        return nearest


@dataclass(frozen=True)
class Topology:
    """The whole agreed configuration."""

    lines: tuple[Line, ...]
    speed_kmh: float
    pattern_timezone: str
    hour_multipliers: tuple[float, ...]

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """Every stop, by line and in outbound order."""
        return tuple(stop for line in self.lines for stop in line.stops)

    @cached_property
    def buses(self) -> tuple[Bus, ...]:
        """Every bus, by line."""
        return tuple(bus for line in self.lines for bus in line.buses)

    def line(self, line_id: str) -> Line:
        """The line of that id. Raises: LookupError."""
        for line in self.lines:
            if line.line_id == line_id:
                return line
        raise LookupError(f"no line {line_id}")

    @classmethod
    def from_yaml(cls, text: str) -> Topology:
        """Read a configuration as it lies in `lines.yaml`. Raises: KeyError for a missing key."""
        values = yaml.safe_load(text)
        since = values["hour_multipliers"]
        return cls(
            lines=tuple(_line(line) for line in values["lines"]),
            speed_kmh=float(values["speed_kmh"]),
            pattern_timezone=values["pattern_timezone"],
            hour_multipliers=tuple(float(since[max(h for h in since if h <= hour)]) for hour in range(24)),
        )


def _line(values: dict[str, Any]) -> Line:
    line_id = values["line_id"]
    return Line(
        line_id,
        values["name"],
        tuple(Stop(line_id=line_id, **stop) for stop in values["stops"]),
        tuple(Bus(line_id=line_id, **bus) for bus in values["buses"]),
    )


@cache
def agreed() -> Topology:
    """The configuration in the golden file."""
    return Topology.from_yaml(GOLDEN.read_text(encoding="utf-8"))
