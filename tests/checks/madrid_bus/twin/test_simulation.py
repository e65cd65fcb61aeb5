"""Do the simulated feeders write every tick whole, for six days and ever after?"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from checks.madrid_bus.topology import agreed
from checks.madrid_bus.twin.feeders import LAGS
from checks.madrid_bus.twin.history import drive
from checks.madrid_bus.twin.simulation import HISTORY_TICKS, seed
from fixtures.twins.clock import Clock
from fixtures.twins.timestream import Timestream
from tests.checks.madrid_bus.twin.six_days import LIVE_TICKS, NOW, TABLES, Lived, rows


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


def test_a_tick_tells_what_it_wrote(lived: Lived) -> None:
    """The rows handed back are those in the tables."""
    store, ticks = lived
    for table, told in zip(TABLES, (ticks[-1].people, ticks[-1].sensors, ticks[-1].positions), strict=True):
        time = told[0]["time"]
        found = store.rows(f"SELECT * FROM bus_simulator.{table} WHERE time = $time", {"time": time})
        assert sorted(found, key=str) == sorted(({k: row[k] for k in found[0]} for row in told), key=str)


def test_time_does_not_stand_still_between_ticks() -> None:
    """A clock that was set back still gives every tick a later time."""
    simulation = seed(Timestream(Clock()), NOW, seed=1)
    first, second = simulation.tick(NOW), simulation.tick(NOW - timedelta(hours=1))
    assert second.people[0]["time"] - first.people[0]["time"] == timedelta(milliseconds=1)


def test_no_feeder_writes_at_a_full_second() -> None:
    """Told without a fraction, its time would stand for a second in which there may be two ticks."""
    simulation, full = seed(Timestream(Clock()), NOW, seed=1), NOW.replace(microsecond=0)
    for second, lag in enumerate(LAGS.values(), 1):
        tick = simulation.tick(full + timedelta(seconds=second) + lag)
        written = [rows[0]["time"] for rows in (tick.people, tick.sensors, tick.positions)]
        assert all(time.microsecond for time in written)
        assert written[second - 1] == full + timedelta(seconds=second, milliseconds=1)
