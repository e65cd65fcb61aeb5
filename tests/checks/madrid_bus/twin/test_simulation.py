"""Do the simulated feeders write what healthy feeders would, for six days and ever after?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from checks.madrid_bus.topology import agreed
from checks.madrid_bus.twin.history import ambient_celsius, arrivals, drive, motion, seconds_of_day, served
from checks.madrid_bus.twin.simulation import HISTORY_TICKS, Simulation, Tick, seed
from fixtures.twins.clock import Clock
from fixtures.twins.timestream import Timestream

NOW = datetime(2026, 3, 29, 9, 15, 4, 321_987, tzinfo=UTC)  # a few hours after Spain changed to summer time
LIVE_TICKS = 90
TABLES = {"people_count": ("stop_id", 51), "sensor_data": ("entity_id", 75), "bus_position": ("bus_id", 24)}
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


class Stopped(Clock):
    """A clock that stands just after the last live tick."""

    def now(self) -> datetime:
        """That moment."""
        return NOW + timedelta(seconds=LIVE_TICKS)


@pytest.fixture(scope="module")
def world() -> tuple[Timestream, Simulation, list[Tick]]:
    """Six days, and then ninety ticks of about a second."""
    store = Timestream(Stopped())
    simulation = seed(store, NOW, seed=11)
    ticks = [
        simulation.tick(NOW + timedelta(seconds=n, milliseconds=7 * (n % 5))) for n in range(1, LIVE_TICKS)
    ]
    return store, simulation, ticks


@pytest.fixture
def store(world: tuple[Timestream, Simulation, list[Tick]]) -> Timestream:
    """Where everything was written."""
    return world[0]


def rows(store: Timestream, statement: str) -> list[tuple[Any, ...]]:
    """What a statement in Timestream's dialect finds."""
    return store.query(statement).rows


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


def test_live_ticks_of_a_minute_are_the_history_continued() -> None:
    """Stepping a seeded simulation by minutes gives the places that a longer history has."""
    topology, early = agreed(), Timestream(Clock())
    simulation = seed(early, NOW, seed=3)
    times = np.datetime64("2026-01-01", "ms") + np.arange(HISTORY_TICKS + 40) * np.timedelta64(60_000, "ms")
    longer = drive(topology, times, np.random.default_rng(1))
    for n in range(40):
        tick = simulation.tick(NOW + timedelta(minutes=n + 1))
        remaining = [row["distance_to_next_stop"] for row in tick.positions]
        assert remaining == pytest.approx(longer.remaining_m[HISTORY_TICKS + n].tolist(), abs=0.011)
        assert [row["direction"] for row in tick.positions] == longer.directions[HISTORY_TICKS + n].tolist()


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


def test_the_same_seed_writes_the_same_history(store: Timestream) -> None:
    """Every value is a function of the seed and the moment."""
    sums = """SELECT sum(cast(round(100 * temperature) AS bigint)), sum(cast(round(10 * humidity) AS bigint)),
                  sum(co2_level) FROM bus_simulator.sensor_data WHERE time < '2026-03-29 08:00:00'"""
    first, second = Timestream(Clock()), Timestream(Clock())
    for made in (first, second):
        seed(made, NOW, seed=1)
    assert rows(first, sums) == rows(second, sums) != rows(store, sums)


@pytest.mark.parametrize("table", TABLES)
def test_every_tick_is_complete_and_unbroken(store: Timestream, table: str) -> None:
    """Each tick has a row of each entity, minutes apart for six days and then seconds, none in the future."""
    entity, count = TABLES[table]
    ticks = rows(
        store,
        f"SELECT time, count(*), count(DISTINCT {entity}) FROM bus_simulator.{table} GROUP BY 1 ORDER BY 1",
    )
    assert [tick for tick in ticks if tick[1:] != (count, count)] == []
    times = np.array([tick[0] for tick in ticks], "datetime64[ms]").astype(np.int64)
    assert len(times) == HISTORY_TICKS + LIVE_TICKS - 1
    assert set(np.diff(times)[: HISTORY_TICKS - 1]) == {60_000}
    assert np.diff(times)[HISTORY_TICKS - 1 :].max() <= 2_000
    (newest,) = rows(store, f"SELECT to_milliseconds(now() - max(time)) FROM bus_simulator.{table}")[0]
    assert 0 <= newest < 2_000


@pytest.mark.parametrize("table", TABLES)
def test_the_hours_are_full_and_the_span_is_five_days(store: Timestream, table: str) -> None:
    """At least 118 of the last 120 full hours hold at least 55 ticks."""
    hours = rows(
        store,
        f"SELECT bin(time, 1h), count(DISTINCT time) FROM bus_simulator.{table} "
        "WHERE time >= bin(now(), 1h) - 120h AND time < bin(now(), 1h) GROUP BY 1",
    )
    assert (len(hours), [hour for hour in hours if hour[1] < 55]) == (120, [])
    span = f"SELECT to_milliseconds(max(time) - min(time)) / 86400000.0 FROM bus_simulator.{table}"
    assert 5 <= rows(store, span)[0][0] < 31


def test_ids_are_those_of_the_topology(store: Timestream) -> None:
    """Every stop on its own line, every bus on its own line, heading for stops of it; sensors on both."""
    topology = agreed()
    stops = {stop.stop_id: stop.line_id for stop in topology.stops}
    buses = {bus.bus_id: bus.line_id for bus in topology.buses}
    assert dict(rows(store, "SELECT DISTINCT stop_id, line_ids FROM bus_simulator.people_count")) == stops
    pairs = rows(store, "SELECT DISTINCT bus_id, line_id, next_stop_id FROM bus_simulator.bus_position")
    assert {bus_id: line_id for bus_id, line_id, _ in pairs} == buses
    assert [pair for pair in pairs if stops[pair[2]] != pair[1] or buses[pair[0]] != pair[1]] == []
    sensors = rows(store, "SELECT DISTINCT entity_id, entity_type FROM bus_simulator.sensor_data")
    assert dict(sensors) == dict.fromkeys(stops, "stop") | dict.fromkeys(buses, "bus")


def test_people_counts_are_plausible(store: Timestream) -> None:
    """Never negative, never three hundred, never twenty-five more at once, and always somebody somewhere."""
    (low, high, jump) = rows(
        store,
        """WITH steps AS (SELECT measure_value::bigint AS people, measure_value::bigint -
               LAG(measure_value::bigint) OVER (PARTITION BY stop_id ORDER BY time) AS step
           FROM bus_simulator.people_count WHERE time > ago(5d))
           SELECT min(people), max(people), max(step) FROM steps""",
    )[0]
    assert (low, high <= 300, 0 < jump <= 25) == (0, True, True)
    nobody = """SELECT time FROM bus_simulator.people_count WHERE time > ago(5d)
                GROUP BY time HAVING sum(measure_value::bigint) = 0"""
    assert rows(store, nobody) == []


def test_people_come_by_the_daily_pattern(store: Timestream) -> None:
    """The first busy hour of the morning brings at least three times what the night does."""
    (morning, night) = rows(
        store,
        """WITH steps AS (SELECT hour(time) AS h, greatest(0, measure_value::bigint -
               LAG(measure_value::bigint) OVER (PARTITION BY stop_id ORDER BY time)) AS step
           FROM bus_simulator.people_count WHERE time > ago(24h))
           SELECT avg(IF(h = 6, step)), avg(IF(h >= 22 OR h < 3, step)) FROM steps""",
    )[0]
    assert morning >= 3 * night > 0


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


def test_people_come_and_go_at_every_stop(store: Timestream) -> None:
    """In any three hours of the day every count both rises and falls."""
    windows = rows(
        store,
        """WITH steps AS (SELECT stop_id, time, measure_value::bigint -
               LAG(measure_value::bigint) OVER (PARTITION BY stop_id ORDER BY time) AS step
           FROM bus_simulator.people_count WHERE time > ago(5d))
           SELECT stop_id, bin(time, 3h), max(step), min(step) FROM steps
           WHERE hour(time) BETWEEN 6 AND 17 GROUP BY 1, 2 HAVING count(*) > 100""",
    )
    assert len(windows) > 51 * 12
    assert [window for window in windows if not window[2] > 0 > window[3]] == []


def test_sensors_read_what_they_may(store: Timestream) -> None:
    """Temperatures by the curve, humidity in its limits, CO2 and doors only where there is a bus."""
    readings = rows(
        store,
        """SELECT entity_type, min(temperature), max(temperature), min(humidity), max(humidity),
               min(co2_level), max(co2_level), count(co2_level), count(door_status), count(*)
           FROM bus_simulator.sensor_data GROUP BY 1 ORDER BY 1""",
    )
    bus, stop = readings
    for reading in readings:
        assert reading[1] >= 6
        assert reading[2] <= 37
        assert reading[3] >= 20
        assert reading[4] <= 90
    assert 100 <= bus[5] < bus[6] <= 4_700
    assert bus[7:] == (bus[9],) * 3
    assert stop[5:9] == (None, None, 0, 0)


def test_temperatures_follow_the_curve(store: Timestream) -> None:
    """No reading is more than nine degrees from the curve of the local hour, begun or not."""
    readings = rows(store, "SELECT time, temperature FROM bus_simulator.sensor_data WHERE time > ago(24h)")
    times = np.array([time for time, _ in readings], "datetime64[ms]")
    seconds = seconds_of_day(times, "Europe/Madrid")
    for moment in (seconds, seconds // 3600 * 3600):
        off = np.abs(ambient_celsius(moment) - np.array([celsius for _, celsius in readings]))
        assert off.max() < 9


def test_no_sensor_is_stuck(store: Timestream) -> None:
    """In every hour each sensor shows different values, and over a day both states of each door."""
    stuck = rows(
        store,
        """SELECT entity_id, bin(time, 1h) FROM bus_simulator.sensor_data WHERE time > ago(24h) GROUP BY 1, 2
           HAVING count(*) > 30 AND (min(temperature) = max(temperature) OR min(humidity) = max(humidity))""",
    )
    doors = rows(
        store,
        """SELECT entity_id, avg(IF(door_status = 'open', 1.0, 0.0)) FROM bus_simulator.sensor_data
           WHERE entity_type = 'bus' AND time > ago(24h) GROUP BY 1""",
    )
    assert (stuck, [door for door in doors if not 0 < door[1] < 1]) == ([], [])
    assert 0.45 <= sum(share for _, share in doors) / len(doors) <= 0.65


def test_the_air_tells_how_many_are_aboard(store: Timestream) -> None:
    """CO2 is within 300 ppm of what the load of the same tick makes of it."""
    far = rows(
        store,
        """WITH air AS (SELECT entity_id, co2_level,
               ROW_NUMBER() OVER (PARTITION BY entity_id ORDER BY time) AS n
               FROM bus_simulator.sensor_data WHERE entity_type = 'bus'),
           loads AS (SELECT bus_id, passenger_count,
               ROW_NUMBER() OVER (PARTITION BY bus_id ORDER BY time) AS n FROM bus_simulator.bus_position)
           SELECT count(*), count_if(abs(co2_level - 400 - 50 * passenger_count) > 300) FROM air
           JOIN loads ON entity_id = bus_id AND air.n = loads.n""",
    )
    assert far == [(24 * (HISTORY_TICKS + LIVE_TICKS - 1), 0)]


def test_loads_are_plausible(store: Timestream) -> None:
    """Nobody stands on the roof, and the fleet is neither empty nor full."""
    (low, high, mean) = rows(
        store,
        """SELECT min(passenger_count), max(passenger_count), avg(passenger_count)
           FROM bus_simulator.bus_position WHERE time > ago(24h)""",
    )[0]
    assert (low >= 0, high <= 80, 8 <= mean <= 25) == (True, True, True)


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
        assert line.distance_from_m(latitudes, longitudes).max() < 1
        assert 0 < distances.min() <= distances.max() <= max(line.legs_m) + 1
        assert set(speeds) == {30.0}


def test_a_tick_tells_what_it_wrote(world: tuple[Timestream, Simulation, list[Tick]]) -> None:
    """The rows handed back are those in the tables."""
    store, _, ticks = world
    for table, told in zip(TABLES, (ticks[-1].people, ticks[-1].sensors, ticks[-1].positions), strict=True):
        time = told[0]["time"]
        found = store.rows(f"SELECT * FROM bus_simulator.{table} WHERE time = $time", {"time": time})
        assert sorted(found, key=str) == sorted(({k: row[k] for k in found[0]} for row in told), key=str)


def test_time_does_not_stand_still_between_ticks() -> None:
    """A clock that was set back still gives every tick a later time."""
    simulation = seed(Timestream(Clock()), NOW, seed=1)
    first, second = simulation.tick(NOW), simulation.tick(NOW - timedelta(hours=1))
    assert second.people[0]["time"] - first.people[0]["time"] == timedelta(milliseconds=1)
