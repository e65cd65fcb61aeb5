"""Does the simulated sensor feeder write what sensors would read?"""

from __future__ import annotations

import numpy as np

from checks.madrid_bus.twin.history import ambient_celsius, seconds_of_day
from checks.madrid_bus.twin.simulation import HISTORY_TICKS
from fixtures.twins.timestream import Timestream
from tests.checks.madrid_bus.twin.six_days import LIVE_TICKS, rows


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
