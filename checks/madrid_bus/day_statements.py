"""What do we ask Timestream about the last 24 hours? One statement for all entities of a table."""

from __future__ import annotations

from collections.abc import Sequence

from checks.madrid_bus.statements import Window, within

DAY = "time >= ago(24h) AND time <= now()"
NUMBERS = ("temperature", "humidity", "co2_level")


def crowds(relation: str, exempt: Sequence[Window]) -> str:
    """Per stop and hour: least, most, steepest (rise in one tick), rises, falls, came, lapse_ms."""
    over = "OVER (PARTITION BY stop_id ORDER BY time)"
    return f"""
        WITH counts AS (
          SELECT stop_id, time, measure_value::bigint AS waiting,
            measure_value::bigint - LAG(measure_value::bigint) {over} AS change,
            to_milliseconds(time) - to_milliseconds(LAG(time) {over}) AS lapse_ms
          FROM {relation} WHERE measure_name = 'count' AND {DAY}
        )
        SELECT stop_id, bin(time, 1h) AS hour, MIN(waiting) AS least, MAX(waiting) AS most,
          MAX(CASE WHEN lapse_ms <= 70000 THEN change END) AS steepest,
          SUM(CASE WHEN change > 0 THEN 1 ELSE 0 END) AS rises,
          SUM(CASE WHEN change < 0 THEN 1 ELSE 0 END) AS falls,
          SUM(CASE WHEN change > 0 THEN change ELSE 0 END) AS came, SUM(lapse_ms) AS lapse_ms
        FROM counts WHERE NOT {within(exempt)} GROUP BY stop_id, bin(time, 1h)
    """


def climate(relation: str, clocks_h: Sequence[float]) -> str:
    """Per entity: the extremes of its numbers, ticks with open and closed doors, how long each number stood
    still (ms), and off_0, off_1, …: how far it was off the day's curve by each clock (hours ahead of UTC)."""
    hour = "CAST(MOD(to_milliseconds(time), 86400000) AS DOUBLE) / 3600000"
    off = ", ".join(
        f"MAX(ABS(temperature - 21.5 - 6.5 * COS(2 * PI() * ({hour} + {clock:g} - 15) / 24))) AS off_{i}"
        for i, clock in enumerate(clocks_h)
    )
    over = "OVER (PARTITION BY entity_id ORDER BY time)"
    before = ", ".join(f"LAG({n}) {over} AS {n}_before" for n in NUMBERS)
    changed = ", ".join(
        f"MAX(CASE WHEN {n}_before IS NULL OR {n} <> {n}_before THEN to_milliseconds(time) END) {over} "
        f"AS {n}_changed"
        for n in NUMBERS
    )
    still = ", ".join(f"MAX(to_milliseconds(time) - {n}_changed) AS {n}_still" for n in NUMBERS)
    values = f"entity_id, entity_type, time, door_status, {', '.join(NUMBERS)}"
    return f"""
        WITH pairs AS (
          SELECT {values}, {before} FROM {relation} WHERE {DAY}
        ), changes AS (
          SELECT {values}, {changed} FROM pairs
        )
        SELECT entity_id, entity_type, MIN(temperature) AS coldest, MAX(temperature) AS hottest,
          MIN(humidity) AS driest, MAX(humidity) AS dampest,
          MIN(co2_level) AS least_co2, MAX(co2_level) AS most_co2,
          SUM(CASE WHEN door_status = 'open' THEN 1 ELSE 0 END) AS open_ticks,
          SUM(CASE WHEN door_status = 'closed' THEN 1 ELSE 0 END) AS closed_ticks, {still}, {off}
        FROM changes GROUP BY entity_id, entity_type
    """


def courses(relation: str, exempt: Sequence[Window]) -> str:
    """Per bus, line and next stop: the extremes of its numbers, how long it stood still (ms), and how many of
    its steps leapt too far, came off the pace, or changed the load between two stops."""
    over = "OVER (PARTITION BY bus_id ORDER BY time)"
    return f"""
        WITH pairs AS (
          SELECT bus_id, line_id, next_stop_id, time, latitude, longitude, passenger_count AS load, speed,
            distance_to_next_stop AS ahead, direction,
            to_milliseconds(time) - to_milliseconds(LAG(time) {over}) AS lapse_ms,
            LAG(latitude) {over} AS from_latitude, LAG(longitude) {over} AS from_longitude,
            LAG(passenger_count) {over} AS from_load, LAG(distance_to_next_stop) {over} AS from_ahead,
            LAG(direction) {over} AS from_direction, LAG(next_stop_id) {over} AS from_stop
          FROM {relation} WHERE {DAY}
        ), steps AS (
          SELECT bus_id, line_id, next_stop_id, time, latitude, longitude, load, speed, ahead, direction,
            from_load, from_ahead, speed / 3.6 * lapse_ms / 1000 AS reach,
            NOT {within(exempt)} AS is_judged,
            lapse_ms <= 130000 AND from_direction = direction AND from_stop = next_stop_id AS is_same_leg,
            2 * 6371000 * ASIN(SQRT(LEAST(1.0, POWER(SIN(RADIANS(latitude - from_latitude) / 2), 2)
              + COS(RADIANS(from_latitude)) * COS(RADIANS(latitude))
              * POWER(SIN(RADIANS(longitude - from_longitude) / 2), 2)))) AS leap,
            MAX(CASE WHEN from_latitude IS NULL OR latitude <> from_latitude OR longitude <> from_longitude
              THEN to_milliseconds(time) END) {over} AS moved_ms
          FROM pairs
        )
        SELECT bus_id, line_id, next_stop_id,
          MIN(latitude) AS south, MAX(latitude) AS north, MIN(longitude) AS west, MAX(longitude) AS east,
          MIN(load) AS least_load, MAX(load) AS most_load, MIN(ahead) AS nearest, MAX(ahead) AS furthest,
          MIN(speed) AS slowest, MAX(speed) AS fastest,
          MIN(direction) AS least_direction, MAX(direction) AS most_direction,
          MAX(to_milliseconds(time) - moved_ms) AS still_ms,
          SUM(CASE WHEN is_judged AND leap > reach + 1 THEN 1 ELSE 0 END) AS leaps,
          SUM(CASE WHEN is_judged AND is_same_leg AND ABS(from_ahead - ahead - reach) > 1
            THEN 1 ELSE 0 END) AS off_pace,
          SUM(CASE WHEN is_judged AND is_same_leg AND load <> from_load THEN 1 ELSE 0 END) AS mid_leg_changes
        FROM steps GROUP BY bus_id, line_id, next_stop_id
    """


def turns(relation: str, exempt: Sequence[Window]) -> str:
    """Where each bus changed its direction, and how often there.

    After a dropped tick, seen by a longer lapse than the one before, a bus may have turned and gone on.
    """
    over = "OVER (PARTITION BY bus_id ORDER BY time)"
    return f"""
        WITH pairs AS (
          SELECT bus_id, line_id, time, latitude, longitude, direction,
            LAG(direction) {over} AS from_direction,
            to_milliseconds(time) - to_milliseconds(LAG(time) {over}) AS lapse_ms
          FROM {relation} WHERE {DAY}
        ), steps AS (
          SELECT bus_id, line_id, time, latitude, longitude, direction, from_direction, lapse_ms,
            LAG(lapse_ms) {over} AS lapse_before_ms
          FROM pairs
        )
        SELECT bus_id, line_id, latitude, longitude, COUNT(*) AS times
        FROM steps
        WHERE direction <> from_direction AND lapse_ms <= 1.5 * lapse_before_ms AND NOT {within(exempt)}
        GROUP BY bus_id, line_id, latitude, longitude
    """


def places(relation: str, most: int) -> str:
    """The latest positions of the last two hours."""
    return (
        f"SELECT bus_id, line_id, time, latitude, longitude FROM {relation} "
        f"WHERE time >= ago(2h) AND time <= now() ORDER BY time DESC LIMIT {most}"
    )
