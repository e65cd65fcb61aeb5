"""Do buses and passengers move through the simulated days as the topology and the clock have it?"""

from __future__ import annotations

import numpy as np
import pytest

from checks.madrid_bus.topology import agreed
from checks.madrid_bus.twin.history import ambient_celsius, arrivals, drive, motion, seconds_of_day, served
from checks.madrid_bus.twin.simulation import HISTORY_TICKS

PLACES = {
    "B001": [
        (0, 40.465700, -3.688600, "S002", 1749.77),
        (0, 40.461214, -3.689000, "S002", 1249.77),
        (0, 40.456727, -3.689400, "S002", 749.77),
        (0, 40.452241, -3.689800, "S002", 249.77),
        (0, 40.448103, -3.691591, "S003", 158.70),
        (0, 40.443843, -3.692237, "S004", 2103.80),
    ],
    "B002": [
        (0, 40.446278, -3.692526, "S004", 2375.66),
        (0, 40.441800, -3.691994, "S004", 1875.66),
        (0, 40.437321, -3.691463, "S004", 1375.66),
        (0, 40.432843, -3.690931, "S004", 875.66),
        (0, 40.428365, -3.690399, "S004", 375.66),
        (0, 40.423980, -3.690602, "S005", 619.26),
    ],
    "B201": [
        (0, 40.415200, -3.684400, "S202", 567.18),
        (0, 40.417668, -3.689337, "S202", 67.18),
        (0, 40.418989, -3.694945, "S203", 4.82),
        (0, 40.417596, -3.700551, "S204", 245.26),
        (0, 40.417275, -3.706268, "S205", 491.86),
        (1, 40.418000, -3.712000, "S204", 746.61),
        (1, 40.417263, -3.706174, "S204", 246.61),
        (1, 40.417619, -3.700460, "S203", 487.04),
        (1, 40.418970, -3.694852, "S202", 424.68),
        (1, 40.417628, -3.689256, "S201", 491.86),
        (0, 40.415200, -3.684400, "S202", 567.18),
    ],
    "B103": [
        (0, 40.424293, -3.712220, "S103", 37.52),
        (0, 40.421503, -3.707631, "S104", 278.44),
        (0, 40.419531, -3.703045, "S106", 293.38),
        (1, 40.416900, -3.703300, "S105", 345.64),
        (1, 40.420000, -3.704823, "S104", 14.95),
        (1, 40.422619, -3.709583, "S103", 255.86),
    ],
    "B801": [
        (0, 40.435400, -3.719500, "S802", 624.61),
        (0, 40.430997, -3.718299, "S802", 124.61),
        (0, 40.427228, -3.715289, "S803", 594.02),
        (0, 40.423669, -3.711679, "S803", 94.02),
        (0, 40.422173, -3.715671, "S804", 428.36),
        (1, 40.421300, -3.720600, "S803", 834.35),
    ],
}


@pytest.mark.parametrize("bus_id", PLACES)
def test_buses_are_where_they_should_be(bus_id: str) -> None:
    """The known places at the start and the minutes after it."""
    topology = agreed()
    times = np.datetime64("2026-02-22T10:30:00", "ms") + np.arange(11) * np.timedelta64(60_000, "ms")
    history = drive(topology, times, np.random.default_rng(1))
    b = [bus.bus_id for bus in topology.buses].index(bus_id)
    for n, (direction, latitude, longitude, next_stop_id, metres) in enumerate(PLACES[bus_id]):
        assert history.directions[n, b] == direction
        assert history.latitudes[n, b] == pytest.approx(latitude, abs=1e-6)
        assert history.longitudes[n, b] == pytest.approx(longitude, abs=1e-6)
        assert topology.stops[history.next_stops[n, b]].stop_id == next_stop_id
        assert history.remaining_m[n, b] == pytest.approx(metres, abs=0.01)


def test_a_trip_lasts_as_long_as_its_line() -> None:
    """Every bus comes back after twice one way, in both directions."""
    for line in agreed().lines:
        lap = -(-line.route_m // 500)
        directions, travelled = motion(line, 0.0, 200, 500.0)
        departures = np.flatnonzero(travelled == 0)
        assert np.array_equal(departures, np.arange(len(departures)) * lap)
        assert np.array_equal(directions[departures], np.arange(len(departures)) % 2)


@pytest.mark.parametrize(
    ("load", "waiting", "share", "is_terminal", "after", "boarded"),
    [
        (0, 5, 0.3, False, 5, 5),
        (10, 3, 0.39, False, 10, 3),
        (80, 100, 0.2, False, 80, 16),
        (70, 100, 0.2, True, 80, 80),
        (9, 0, 0.4, True, 0, 0),
    ],
)
def test_people_alight_before_others_board(
    load: int, waiting: int, share: float, is_terminal: bool, after: int, boarded: int
) -> None:
    """A share rounded down leaves, or everybody at a terminal; then the free seats fill."""
    assert served(load, waiting, 80, share, is_terminal) == (after, boarded)


def test_the_ambient_curve_is_the_known_one() -> None:
    """Warmest at three in the afternoon, coolest twelve hours earlier."""
    curve = ambient_celsius(np.arange(24) * 3600.0).round(2).tolist()
    assert curve == [
        *(16.90, 15.87, 15.22, 15.00, 15.22, 15.87, 16.90, 18.25, 19.82, 21.50, 23.18, 24.75),
        *(26.10, 27.13, 27.78, 28.00, 27.78, 27.13, 26.10, 24.75, 23.18, 21.50, 19.82, 18.25),
    ]


def test_the_pattern_follows_the_local_clock() -> None:
    """The hour of Madrid jumps over two o'clock when summer time begins."""
    times = np.array(["2026-03-29T00:30", "2026-03-29T01:30"], "datetime64[ms]")
    assert (seconds_of_day(times, "Europe/Madrid") / 3600).tolist() == [1.5, 3.5]


def test_as_many_wait_as_the_hour_lets_expect() -> None:
    """The mean over all stops, for each multiplier of the arrivals, in the local hours it holds in."""
    topology = agreed()
    times = np.datetime64("2026-02-22", "ms") + np.arange(HISTORY_TICKS) * np.timedelta64(60_000, "ms")
    waiting = drive(topology, times, np.random.default_rng(5)).waiting.mean(axis=1)
    hours = (seconds_of_day(times, topology.pattern_timezone) // 3600).astype(int)
    multipliers = np.array(topology.hour_multipliers)[hours]
    known = {1.5: 13.5, 1.4: 12.5, 1.2: 10.6, 0.8: 7.3, 0.6: 5.6, 0.2: 1.8}
    means = {multiplier: waiting[multipliers == multiplier].mean() for multiplier in known}
    assert means == pytest.approx(known, rel=0.06)


def test_people_arrive_as_often_as_agreed() -> None:
    """Over thirty days every stop has its rate times the multipliers of the day, within five sigma."""
    topology, minutes = agreed(), 30 * 24 * 60
    times = np.datetime64("2026-01-01", "ms") + np.arange(minutes) * np.timedelta64(60_000, "ms")
    came = arrivals(topology, times, 1.0, np.random.default_rng(5)).sum(axis=0)
    expected = 30 * 60 * 18.3 * np.array([stop.people_per_minute for stop in topology.stops])
    assert np.abs(came - expected).max() < 5 * np.sqrt(expected.max())
    assert expected.sum() / 30 == pytest.approx(114_521, abs=1)
