"""Does the simulated position feeder write where buses with passengers could be?"""

from __future__ import annotations

import numpy as np

from checks.madrid_bus.topology import agreed
from fixtures.twins.timestream import Timestream
from tests.checks.madrid_bus.twin.six_days import rows

MOVES = """
    WITH moves AS (SELECT bus_id, line_id, time, latitude, longitude, direction, next_stop_id,
        passenger_count, distance_to_next_stop,
        LAG(latitude) OVER b AS latitude_before, LAG(longitude) OVER b AS longitude_before,
        LAG(direction) OVER b AS direction_before, LAG(next_stop_id) OVER b AS stop_before,
        LAG(passenger_count) OVER b AS load_before, LAG(distance_to_next_stop) OVER b AS distance_before,
        to_milliseconds(time - LAG(time) OVER b) / 1000.0 AS seconds
        FROM bus_simulator.bus_position WINDOW b AS (PARTITION BY bus_id ORDER BY time)) """
METRES = """2 * 6371000 * asin(sqrt(power(sin(radians(latitude - latitude_before) / 2), 2)
    + cos(radians(latitude)) * cos(radians(latitude_before))
    * power(sin(radians(longitude - longitude_before) / 2), 2)))"""


def test_loads_are_plausible(store: Timestream) -> None:
    """Nobody stands on the roof, and the fleet is neither empty nor full."""
    (low, high, mean) = rows(
        store,
        """SELECT min(passenger_count), max(passenger_count), avg(passenger_count)
           FROM bus_simulator.bus_position WHERE time > ago(24h)""",
    )[0]
    assert (low >= 0, high <= 80, 8 <= mean <= 25) == (True, True, True)


def test_buses_never_jump(store: Timestream) -> None:
    """No displacement exceeds what thirty kilometres an hour allow, and every bus moves in five minutes."""
    assert rows(store, MOVES + f"SELECT count(*) FROM moves WHERE {METRES} > seconds * 30 / 3.6 + 1") == [
        (0,)
    ]
    still = "SELECT count(*) FROM moves WHERE latitude = latitude_before AND longitude = longitude_before"
    assert rows(store, MOVES + still) == [(0,)]


def test_the_next_stop_comes_nearer(store: Timestream) -> None:
    """While it is the same, the way left shrinks by the way made, and nobody gets on or off."""
    ((compared, wrong),) = rows(
        store,
        MOVES
        + """SELECT count(*), count_if(abs(distance_before - distance_to_next_stop - seconds * 30 / 3.6) > 1
               OR passenger_count <> load_before)
           FROM moves WHERE direction = direction_before AND next_stop_id = stop_before""",
    )
    assert (compared > 80_000, wrong) == (True, 0)


def test_buses_turn_at_terminals_only(store: Timestream) -> None:
    """A direction changes where a line ends, and each bus sees both ends."""
    turns = rows(
        store,
        MOVES
        + """SELECT DISTINCT bus_id, line_id, direction, latitude, longitude FROM moves
               WHERE direction <> direction_before""",
    )
    ends = {
        (line.line_id, direction): (stop.latitude, stop.longitude)
        for line in agreed().lines
        for direction, stop in enumerate(line.terminals)
    }
    assert [turn for turn in turns if ends[turn[1], turn[2]] != turn[3:]] == []
    assert len(turns) == 48


def test_buses_keep_to_their_route(store: Timestream) -> None:
    """Every position lies on its own line, and the next stop is never further than the longest leg."""
    for line in agreed().lines:
        found = rows(
            store,
            "SELECT latitude, longitude, distance_to_next_stop, speed FROM bus_simulator.bus_position "
            f"WHERE line_id = '{line.line_id}' AND time > ago(24h)",
        )
        latitudes, longitudes, distances, speeds = np.array(found).T
        assert line.distance_m(zip(latitudes, longitudes, strict=True)) < 1
        assert 0 < distances.min() <= distances.max() <= max(line.legs_m) + 1
        assert set(speeds) == {30.0}
