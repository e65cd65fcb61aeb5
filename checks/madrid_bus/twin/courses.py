"""Where is a bus after so many metres of its route?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from checks.madrid_bus.topology import Line

OUTBOUND, INBOUND = 0, 1

Floats = npt.NDArray[np.float64]


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


@cache
def courses(line: Line) -> tuple[Course, Course]:
    """A line outbound and inbound, indexed by direction."""
    return _course(line, backwards=False), _course(line, backwards=True)


def _course(line: Line, *, backwards: bool) -> Course:
    """The straight legs from stop to stop."""
    turn = -1 if backwards else 1
    stops, legs_m = line.stops[::turn], line.legs_m[::turn]
    return Course(
        tuple(stop.stop_id for stop in stops),
        np.concatenate(([0.0], np.cumsum(legs_m))),
        *np.array([stop.point for stop in stops]).T,
    )
