"""Is a bus on its route, where its metres say?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.madrid_bus.topology import Point, agreed, haversine_m
from checks.madrid_bus.twin.courses import INBOUND, OUTBOUND, Place, courses

lines = st.sampled_from(agreed().lines)
shares = st.floats(0, 1)


@given(lines, shares)
def test_the_way_back_is_the_mirrored_way(line, share) -> None:  # type: ignore[no-untyped-def]
    """A share of the route outbound is the same place as the rest of it inbound."""
    out, back = (
        courses(line)[d].place(s * line.route_m) for d, s in ((OUTBOUND, share), (INBOUND, 1 - share))
    )
    assert haversine_m(_point(out), _point(back)) < 0.01


@given(lines, shares)
def test_every_place_is_on_the_route_before_its_next_stop(line, share) -> None:  # type: ignore[no-untyped-def]
    """No place is off the polyline, and the next stop is as far away as it is said to be."""
    place = courses(line)[OUTBOUND].place(share * line.route_m)
    (stop,) = (stop for stop in line.stops if stop.stop_id == place.next_stop_id)
    straight = haversine_m(_point(place), stop.point)
    assert line.distance_m([_point(place)]) < 0.5
    assert straight == pytest.approx(place.distance_to_next_stop, abs=0.5)


def test_a_place_at_a_stop_is_the_stop() -> None:
    """Interpolation passes through every stop of every line."""
    for line in agreed().lines:
        course = courses(line)[OUTBOUND]
        latitudes, longitudes = course.coordinates(course.marks_m)
        assert np.array_equal(latitudes, [stop.latitude for stop in line.stops])
        assert np.array_equal(longitudes, [stop.longitude for stop in line.stops])


def _point(place: Place) -> Point:
    return place.latitude, place.longitude
