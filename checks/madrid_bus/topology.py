"""Which lines, stops and buses are there, and how far is it between them?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any

import yaml

GOLDEN = Path(__file__).parents[2] / "golden" / "madrid_bus" / "lines.yaml"
EARTH_RADIUS_M = 6_371_000.0

Point = tuple[float, float]


def haversine_m(one: Point, other: Point) -> float:
    """Great-circle distance in metres between two points, latitude and longitude in degrees."""
    (phi, lam), (to_phi, to_lam) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((to_phi - phi) / 2) ** 2 + cos(phi) * cos(to_phi) * sin((to_lam - lam) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(half))


@dataclass(frozen=True)
class Stop:
    """A stop of one line; `people_per_minute` arrive there at multiplier 1."""

    stop_id: str
    name: str
    line_id: str
    latitude: float
    longitude: float
    people_per_minute: float

    @property
    def point(self) -> Point:
        """Where it is."""
        return self.latitude, self.longitude


@dataclass(frozen=True)
class Bus:
    """A bus of one line, beginning at the share `start` of the outbound route."""

    bus_id: str
    line_id: str
    start: float
    capacity: int


@dataclass(frozen=True)
class Line:
    """A line: its stops in outbound order (the first and the last are its terminals) and its buses."""

    line_id: str
    name: str
    stops: tuple[Stop, ...]
    buses: tuple[Bus, ...]

    @cached_property
    def legs_m(self) -> tuple[float, ...]:
        """Metres from each stop to the next, outbound."""
        return tuple(haversine_m(a.point, b.point) for a, b in pairwise(self.stops))

    @property
    def route_m(self) -> float:
        """Metres from terminal to terminal."""
        return sum(self.legs_m)

    @property
    def terminals(self) -> tuple[Stop, Stop]:
        """The first and the last stop."""
        return self.stops[0], self.stops[-1]

    def distance_m(self, points: Iterable[Point]) -> float:
        """Metres from the route to the furthest of some points (degrees); exact enough below a kilometre."""
        return max(min(_apart_m(point, *leg) for leg in self._flat) for point in map(self._flatten, points))

    @cached_property
    def _scale(self) -> Point:
        """Metres of a degree of latitude and of longitude here."""
        degree_m = radians(1.0) * EARTH_RADIUS_M
        return degree_m, degree_m * cos(radians(sum(stop.latitude for stop in self.stops) / len(self.stops)))

    @cached_property
    def _flat(self) -> tuple[tuple[Point, Point], ...]:
        return tuple(pairwise(self._flatten(stop.point) for stop in self.stops))

    def _flatten(self, point: Point) -> Point:
        """A point in metres, on a plane."""
        return point[0] * self._scale[0], point[1] * self._scale[1]


def _apart_m(point: Point, begin: Point, end: Point) -> float:
    """From a point to the nearest one between two others."""
    leg_north, leg_east = end[0] - begin[0], end[1] - begin[1]
    north, east = point[0] - begin[0], point[1] - begin[1]
    share = (north * leg_north + east * leg_east) / (leg_north**2 + leg_east**2)
    share = min(max(share, 0.0), 1.0)
    return hypot(north - share * leg_north, east - share * leg_east)


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
