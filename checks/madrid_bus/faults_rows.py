"""In which ways do the rows in the tables break?"""

from __future__ import annotations

from datetime import timedelta

from checks.madrid_bus.topology import agreed
from fixtures.twins.faults import fault
from fixtures.twins.world import World

TABLES = ("people_count", "sensor_data", "bus_position")
FEEDERS = dict(zip(TABLES, ("people-count-feeder", "sensors-feeder", "bus-position-feeder"), strict=True))
# The twin has ticked every second since it started: of a feeder that fell silent, one tick a minute is shown.
MINUTELY = """(time < $hour
    OR time IN (SELECT min(time) FROM rows WHERE time >= $hour GROUP BY date_trunc('minute', time)))"""
TEN_MINUTES = timedelta(minutes=10)


def _end(world: World, table: str, ago: timedelta) -> None:
    now = world.clock.now()
    sql = f"SELECT * FROM rows WHERE time <= $cut AND {MINUTELY}"
    world.timestream.reshape(table, sql, cut=now - ago, hour=now - timedelta(minutes=70))


def _stop(world: World, table: str, ago: timedelta) -> None:
    service = world.ecs.service(FEEDERS[table])
    service.running = 0
    for task in world.ecs.tasks_of(service.name):
        world.ecs.stop_task(task, "Essential container in task exited", "EssentialContainerExited", 1)
    world.logs.forget(f"/ecs/{service.name}", world.clock.now() - ago)
    _end(world, table, ago)


@fault(notices=["BUS-03", "BUS-19", "BUS-23", "BUS-47", "BUS-32"], spares=["BUS-40", "BUS-48", "BUS-49"])
def a_feeder_stopped(world: World) -> None:
    """people-count-feeder runs nothing; its rows and its log end ten minutes ago."""
    _stop(world, "people_count", TEN_MINUTES)


@fault(notices=["BUS-24", "BUS-47", "BUS-50", "BUS-32"], spares=["BUS-23", "BUS-40"])
def a_feeder_ran_without_writing(world: World) -> None:
    """people-count-feeder runs, but wrote its last row ten minutes ago."""
    _end(world, "people_count", TEN_MINUTES)


@fault(
    notices=["BUS-23", "BUS-47", "BUS-48", "BUS-49", "BUS-32", "BUS-33", "BUS-34", "BUS-36"],
    spares=["BUS-40", "BUS-73"],
)
def feeders_were_scaled_to_zero(world: World) -> None:
    """No feeder runs, nor is meant to, since an hour ago; the API goes on answering."""
    for table in TABLES:
        _stop(world, table, timedelta(hours=1))
        world.ecs.service(FEEDERS[table]).desired = 0


@fault(notices=["BUS-50", "BUS-60", "BUS-32", "BUS-34", "BUS-35"], spares=["BUS-23", "BUS-47", "BUS-49"])
def a_line_went_silent(world: World) -> None:
    """Nothing was written about the stops and buses of L46 for twenty minutes."""
    line = agreed().line("L46")
    ids = [stop.stop_id for stop in line.stops] + [bus.bus_id for bus in line.buses]
    cut = world.clock.now() - timedelta(minutes=20)
    for table, column in zip(TABLES, ("stop_id", "entity_id", "bus_id"), strict=True):
        sql = f"SELECT * FROM rows WHERE time <= $cut OR {column} NOT IN $ids"
        world.timestream.reshape(table, sql, cut=cut, ids=ids)


@fault(notices=["BUS-50", "BUS-33"], spares=["BUS-48", "BUS-47"])
def one_stop_lost_its_sensor(world: World) -> None:
    """Nothing was measured at S303 for ten minutes."""
    sql = "SELECT * FROM rows WHERE time <= $cut OR entity_id <> 'S303'"
    world.timestream.reshape("sensor_data", sql, cut=world.clock.now() - TEN_MINUTES)


@fault(notices=["BUS-56", "BUS-47"], spares=["BUS-48"])
def a_future_row_masked_a_dead_feeder(world: World) -> None:
    """people-count-feeder wrote its last row ten minutes ago, but one of its rows is dated 2099."""
    _end(world, "people_count", TEN_MINUTES)
    _add_row(world, "people_count", "TIMESTAMP '2099-01-01 00:00:00'")


@fault(notices=["BUS-56"], spares=["BUS-47", "BUS-42", "BUS-60"])
def retention_was_not_applied(world: World) -> None:
    """people_count still holds a row that is forty days old."""
    old = world.clock.now() - timedelta(days=40)
    _add_row(world, "people_count", f"TIMESTAMP '{old:%Y-%m-%d %H:%M:%S}'")


@fault(notices=["BUS-43", "BUS-44"], spares=["BUS-42", "BUS-47", "BUS-60"])
def history_had_a_hole(world: World) -> None:
    """Two days in the middle of the history are gone from all tables."""
    now = world.clock.now()
    for table in TABLES:
        sql = "SELECT * FROM rows WHERE time NOT BETWEEN $start AND $end"
        world.timestream.reshape(table, sql, start=now - timedelta(days=4.5), end=now - timedelta(days=2.5))


@fault(notices=["BUS-43"], spares=["BUS-42", "BUS-44", "BUS-47", "BUS-60"])
def some_hours_lost_ticks(world: World) -> None:
    """For ten hours of the day before yesterday every third tick is gone."""
    now = world.clock.now()
    for table in TABLES:
        sql = "SELECT * FROM rows WHERE time NOT BETWEEN $start AND $end OR minute(time) % 3 <> 0"
        world.timestream.reshape(table, sql, start=now - timedelta(hours=60), end=now - timedelta(hours=50))


@fault(notices=["BUS-42", "BUS-43"], spares=["BUS-47", "BUS-24"])
def history_was_too_short(world: World) -> None:
    """There are only two days of rows."""
    for table in TABLES:
        sql = "SELECT * FROM rows WHERE time > $start"
        world.timestream.reshape(table, sql, start=world.clock.now() - timedelta(days=2))


@fault(notices=["BUS-25", "BUS-48", "BUS-42", "BUS-33", "BUS-57"], spares=["BUS-47", "BUS-34"])
def a_table_was_emptied(world: World) -> None:
    """sensor_data holds nothing."""
    world.timestream.reshape("sensor_data", "SELECT * FROM rows WHERE FALSE")


@fault(notices=["BUS-24"], spares=["BUS-25", "BUS-47", "BUS-50", "BUS-57"])
def a_feeder_wrote_every_other_tick(world: World) -> None:
    """people-count-feeder left out every other minute of the last hour."""
    hour = world.clock.now() - timedelta(minutes=70)
    sql = f"SELECT * FROM rows WHERE {MINUTELY} AND (time < $hour OR minute(time) % 2 = 0)"
    world.timestream.reshape("people_count", sql, hour=hour)


@fault(notices=["BUS-60"], spares=["BUS-24", "BUS-25", "BUS-43", "BUS-47"])
def a_feeder_paused(world: World) -> None:
    """people-count-feeder wrote nothing for ten minutes, an hour and a half ago."""
    now = world.clock.now()
    sql = "SELECT * FROM rows WHERE time NOT BETWEEN $start AND $end"
    world.timestream.reshape(
        "people_count", sql, start=now - timedelta(minutes=100), end=now - timedelta(minutes=90)
    )


@fault(notices=["BUS-60"], spares=["BUS-25", "BUS-47", "BUS-50", "BUS-57"])
def two_tasks_wrote_the_same_rows(world: World) -> None:
    """Rows of bus_position between two and three hours ago are there twice."""
    now = world.clock.now()
    sql = "SELECT * FROM rows UNION ALL SELECT * FROM rows WHERE time BETWEEN $start AND $end"
    world.timestream.reshape(
        "bus_position", sql, start=now - timedelta(hours=3), end=now - timedelta(hours=2)
    )


@fault(notices=["BUS-57"], spares=["BUS-47", "BUS-50", "BUS-26"])
def a_stop_nobody_agreed_to_appeared(world: World) -> None:
    """people_count also knows a stop S999."""
    sql = """SELECT * FROM rows UNION ALL BY NAME
        SELECT * REPLACE ('S999' AS stop_id) FROM rows WHERE stop_id = 'S001' AND time > $start"""
    world.timestream.reshape("people_count", sql, start=world.clock.now() - TEN_MINUTES)


@fault(notices=["BUS-57", "BUS-34", "BUS-35"], spares=["BUS-49", "BUS-25"])
def a_bus_changed_its_line(world: World) -> None:
    """B001 says that it is on L2, since ten minutes ago."""
    sql = """SELECT * REPLACE (
        CASE WHEN bus_id = 'B001' AND time > $start THEN 'L2' ELSE line_id END AS line_id) FROM rows"""
    world.timestream.reshape("bus_position", sql, start=world.clock.now() - TEN_MINUTES)


def _add_row(world: World, table: str, time: str) -> None:
    newest = "SELECT * FROM rows WHERE stop_id = 'S001' ORDER BY time DESC LIMIT 1"
    sql = f"SELECT * FROM rows UNION ALL BY NAME SELECT * REPLACE ({time} AS time) FROM ({newest})"
    world.timestream.reshape(table, sql)
