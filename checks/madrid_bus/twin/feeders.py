"""Which rows do the three feeders write into which tables?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from checks.madrid_bus.topology import Topology
from checks.madrid_bus.twin.courses import Place
from checks.madrid_bus.twin.history import Floats, History, Ints, Times, ambient_celsius, seconds_of_day
from fixtures.twins.timestream import Timestream
from fixtures.twins.timestream_values import Labels

DATABASE = "bus_simulator"
DIMENSIONS = {
    "people_count": ("stop_id", "line_ids"),
    "sensor_data": ("entity_id", "entity_type"),
    "bus_position": ("bus_id", "line_id", "next_stop_id"),
}
MEASURES = {
    "people_count": {"measure_value::bigint": "BIGINT"},
    "sensor_data": {
        "temperature": "DOUBLE",
        "humidity": "DOUBLE",
        "co2_level": "BIGINT",
        "door_status": "VARCHAR",
    },
    "bus_position": {
        "latitude": "DOUBLE",
        "longitude": "DOUBLE",
        "distance_to_next_stop": "DOUBLE",
        "speed": "DOUBLE",
        "passenger_count": "BIGINT",
        "direction": "BIGINT",
    },
}
# How long before the tick is told each feeder wrote; all rows of one feeder's tick share the time.
LAGS = {
    "people_count": timedelta(milliseconds=688),
    "sensor_data": timedelta(milliseconds=353),
    "bus_position": timedelta(milliseconds=19),
}
# Noise is cut here, so that no honest reading leaves the plausible range however long the twin runs.
SIGMAS = 4.0
# A bus that has not served its next stop is never shown at it.
NEAREST_M = 0.01

Row = dict[str, Any]


def create_tables(timestream: Timestream) -> None:
    """The three tables, empty."""
    for table, dimensions in DIMENSIONS.items():
        timestream.create_table(DATABASE, table, dimensions, MEASURES[table])


def load_people(timestream: Timestream, topology: Topology, ticks: Times, waiting: Ints) -> None:
    """What people-count-feeder wrote: (ticks, stops) people."""
    timestream.load(
        "people_count",
        {
            "stop_id": Labels.repeated([stop.stop_id for stop in topology.stops], len(ticks)),
            "line_ids": Labels.repeated([stop.line_id for stop in topology.stops], len(ticks)),
            "measure_name": "count",
            "time": np.repeat(_written("people_count", ticks), len(topology.stops)),
            "measure_value::bigint": waiting.ravel(),
        },
    )


def load_sensors(
    timestream: Timestream, topology: Topology, ticks: Times, history: History, rng: np.random.Generator
) -> None:
    """What sensors-feeder wrote: buses first, then stops, which have neither CO2 nor doors."""
    buses, stops = len(topology.buses), len(topology.stops)
    celsius, humidity, co2 = readings(topology, ticks, history.loads, rng)
    is_stop = np.broadcast_to(np.arange(buses + stops) >= buses, celsius.shape)
    nothing = np.full((len(ticks), stops), 2)
    timestream.load(
        "sensor_data",
        {
            "entity_id": Labels.repeated([entity_id for entity_id, _ in entities(topology)], len(ticks)),
            "entity_type": Labels(is_stop.astype(np.uint8).ravel(), ("bus", "stop")),
            "measure_name": "metrics",
            "time": np.repeat(_written("sensor_data", ticks), buses + stops),
            "temperature": celsius.ravel(),
            "humidity": humidity.ravel(),
            "co2_level": np.ma.masked_array(np.hstack((co2, nothing)).ravel(), is_stop.ravel()),
            "door_status": Labels(
                np.hstack((history.doors_open, nothing)).astype(np.uint8).ravel(), ("closed", "open", None)
            ),
        },
    )


def load_positions(timestream: Timestream, topology: Topology, ticks: Times, history: History) -> None:
    """What bus-position-feeder wrote."""
    stop_ids = [stop.stop_id for stop in topology.stops]
    timestream.load(
        "bus_position",
        {
            "bus_id": Labels.repeated([bus.bus_id for bus in topology.buses], len(ticks)),
            "line_id": Labels.repeated([bus.line_id for bus in topology.buses], len(ticks)),
            "next_stop_id": Labels(history.next_stops.astype(np.uint8).ravel(), stop_ids),
            "measure_name": "metrics",
            "time": np.repeat(_written("bus_position", ticks), len(topology.buses)),
            "latitude": history.latitudes.round(6).ravel(),
            "longitude": history.longitudes.round(6).ravel(),
            "distance_to_next_stop": history.remaining_m.round(2).clip(NEAREST_M).ravel(),
            "speed": np.full(history.loads.size, topology.speed_kmh),
            "passenger_count": history.loads.ravel(),
            "direction": history.directions.ravel(),
        },
    )


def people_rows(topology: Topology, now: datetime, waiting: Mapping[str, int]) -> tuple[Row, ...]:
    """One tick of people-count-feeder: people `waiting` by stop."""
    time = now - LAGS["people_count"]
    return tuple(
        {
            "stop_id": stop.stop_id,
            "line_ids": stop.line_id,
            "measure_name": "count",
            "time": time,
            "measure_value::bigint": waiting[stop.stop_id],
        }
        for stop in topology.stops
    )


def sensor_rows(
    topology: Topology, now: datetime, loads: list[int], doors: list[bool], rng: np.random.Generator
) -> tuple[Row, ...]:
    """One tick of sensors-feeder: people aboard and doors open by bus."""
    celsius, humidity, co2 = readings(topology, np.array([utc64(now)]), np.array([loads]), rng)
    nothing = [None] * len(topology.stops)
    columns = (
        entities(topology),
        celsius[0].tolist(),
        humidity[0].tolist(),
        [*co2[0].tolist(), *nothing],
        [*("open" if is_open else "closed" for is_open in doors), *nothing],
    )
    time = now - LAGS["sensor_data"]
    return tuple(
        {
            "entity_id": entity_id,
            "entity_type": entity_type,
            "measure_name": "metrics",
            "time": time,
            "temperature": temperature,
            "humidity": moisture,
            "co2_level": ppm,
            "door_status": door,
        }
        for (entity_id, entity_type), temperature, moisture, ppm, door in zip(*columns, strict=True)
    )


def position_row(bus_id: str, line_id: str, now: datetime, place: Place, speed: float, **state: int) -> Row:
    """One bus in one tick of bus-position-feeder; `state` is passenger_count and direction."""
    return {
        "bus_id": bus_id,
        "line_id": line_id,
        "next_stop_id": place.next_stop_id,
        "measure_name": "metrics",
        "time": now - LAGS["bus_position"],
        "latitude": round(place.latitude, 6),
        "longitude": round(place.longitude, 6),
        "distance_to_next_stop": max(round(place.distance_to_next_stop, 2), NEAREST_M),
        "speed": speed,
        **state,
    }


def entities(topology: Topology) -> list[tuple[str, str]]:
    """What has a sensor: (id, type), buses first."""
    buses = [(bus.bus_id, "bus") for bus in topology.buses]
    return [*buses, *((stop.stop_id, "stop") for stop in topology.stops)]


def readings(
    topology: Topology, ticks: Times, loads: Ints, rng: np.random.Generator
) -> tuple[Floats, Floats, Ints]:
    """Temperature in °C and humidity in % per (tick, entity), and CO2 in ppm per (tick, bus) of that load."""
    shape = (len(ticks), len(topology.buses) + len(topology.stops))
    curve = ambient_celsius(seconds_of_day(ticks, topology.pattern_timezone))[:, None]
    celsius = curve + 1.5 * _noise(shape, rng)
    humidity = (70 - 2 * (celsius - 20) + 5 * _noise(shape, rng)).clip(20, 90)
    co2 = 400 + 50 * loads + 50 * _noise(loads.shape, rng)
    return celsius.round(2), humidity.round(1), co2.round().astype(np.int64)


def utc64(moment: datetime) -> np.datetime64:
    """An aware moment, in milliseconds."""
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "ms")


def _written(table: str, ticks: Times) -> Times:
    return ticks - np.timedelta64(LAGS[table])


def _noise(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    return rng.standard_normal(shape).clip(-SIGMAS, SIGMAS)
