"""In which ways do the values in the tables leave what is possible in Madrid?"""

from __future__ import annotations

from datetime import timedelta

from fixtures.twins.faults import fault
from fixtures.twins.world import World

FRESH = ["BUS-47", "BUS-48", "BUS-49"]
LATELY = timedelta(minutes=10)


def _replace(world: World, table: str, where: str, **values: str) -> None:
    """Since ten minutes ago, the columns of the rows `where` have other values."""
    changes = ", ".join(
        f'CASE WHEN time > $since AND {where} THEN {value} ELSE "{column}" END AS "{column}"'
        for column, value in values.items()
    )
    sql = f"SELECT * REPLACE ({changes}) FROM rows"
    world.timestream.reshape(table, sql, since=world.clock.now() - LATELY)


@fault(notices=["BUS-76", "BUS-77", "BUS-78", "BUS-32", "BUS-33", "BUS-34"], spares=FRESH)
def values_left_their_range(world: World) -> None:
    """A bus is crowded off the coast of Africa, another stands still, it is 999 °C, and -3 people wait."""
    a_bus_left_madrid(world)
    a_bus_was_overcrowded(world)
    a_bus_stood_still(world)
    a_sensor_ran_hot(world)
    a_count_fell_below_zero(world)


@fault(notices=["BUS-78", "BUS-34", "BUS-35"], spares=[*FRESH, "BUS-76", "BUS-77", "BUS-79"])
def a_bus_left_madrid(world: World) -> None:
    """B701 is at 0° north, 0° east."""
    _replace(world, "bus_position", "bus_id = 'B701'", latitude="0.0", longitude="0.0")


@fault(notices=["BUS-78", "BUS-34", "BUS-35"], spares=[*FRESH, "BUS-76", "BUS-77", "BUS-79"])
def a_bus_was_overcrowded(world: World) -> None:
    """B701 carries 5,000 passengers."""
    _replace(world, "bus_position", "bus_id = 'B701'", passenger_count="5000")


@fault(notices=["BUS-78"], spares=[*FRESH, "BUS-76", "BUS-77", "BUS-34", "BUS-79"])
def a_bus_stood_still(world: World) -> None:
    """B601 has been where it was for ten minutes."""
    sql = """SELECT rows.* REPLACE (
            coalesce(stood.latitude, rows.latitude) AS latitude,
            coalesce(stood.longitude, rows.longitude) AS longitude,
            coalesce(stood.next_stop_id, rows.next_stop_id) AS next_stop_id,
            coalesce(stood.distance_to_next_stop, rows.distance_to_next_stop) AS distance_to_next_stop,
            coalesce(stood.passenger_count, rows.passenger_count) AS passenger_count,
            coalesce(stood.direction, rows.direction) AS direction)
        FROM rows LEFT JOIN (
            SELECT * FROM rows WHERE bus_id = 'B601' AND time <= $since ORDER BY time DESC LIMIT 1
        ) AS stood ON rows.bus_id = stood.bus_id AND rows.time > $since"""
    world.timestream.reshape("bus_position", sql, since=world.clock.now() - LATELY)


@fault(notices=["BUS-77", "BUS-33"], spares=[*FRESH, "BUS-76", "BUS-78", "BUS-34"])
def a_sensor_ran_hot(world: World) -> None:
    """It is 999 °C at S202."""
    _replace(world, "sensor_data", "entity_id = 'S202'", temperature="999.0")


@fault(notices=["BUS-76", "BUS-32"], spares=[*FRESH, "BUS-77", "BUS-78", "BUS-33"])
def a_count_fell_below_zero(world: World) -> None:
    """-3 people wait at S202."""
    _replace(world, "people_count", "stop_id = 'S202'", **{"measure_value::bigint": "-3"})


@fault(notices=["BUS-76"], spares=["BUS-24", "BUS-32", "BUS-47", "BUS-60"])
def night_was_as_busy_as_day(world: World) -> None:
    """Between 22 and 03 UTC people came by the dozen."""
    sql = """SELECT * REPLACE (CASE WHEN hour(time) >= 22 OR hour(time) < 3 THEN minute(time) % 10 * 5
        ELSE "measure_value::bigint" END AS "measure_value::bigint") FROM rows"""
    world.timestream.reshape("people_count", sql)


@fault(notices=["BUS-77"], spares=["BUS-25", "BUS-33", "BUS-48", "BUS-60"])
def a_door_never_opened(world: World) -> None:
    """The doors of B302 have been closed for days."""
    sql = """SELECT * REPLACE (CASE WHEN entity_id = 'B302' THEN 'closed' ELSE door_status END AS door_status)
        FROM rows"""
    world.timestream.reshape("sensor_data", sql)


@fault(notices=["BUS-78"], spares=["BUS-25", "BUS-34", "BUS-49", "BUS-57", "BUS-60"])
def a_bus_never_turned(world: World) -> None:
    """B801 has driven in one direction only for days."""
    sql = "SELECT * REPLACE (CASE WHEN bus_id = 'B801' THEN 0 ELSE direction END AS direction) FROM rows"
    world.timestream.reshape("bus_position", sql)
