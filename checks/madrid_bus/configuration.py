"""Does what was configured agree with what runs: columns, the lines in the bucket, and what is logged?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

import yaml

from checks.madrid_bus.topology import Topology

GRACE = timedelta(minutes=15)
STORED_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "people_count": {
        "stop_id": "VARCHAR",
        "line_ids": "VARCHAR",
        "measure_name": "VARCHAR",
        "time": "TIMESTAMP",
        "measure_value::bigint": "BIGINT",
    },
    "sensor_data": {
        "entity_id": "VARCHAR",
        "entity_type": "VARCHAR",
        "measure_name": "VARCHAR",
        "time": "TIMESTAMP",
        "temperature": "DOUBLE",
        "humidity": "DOUBLE",
        "co2_level": "BIGINT",
        "door_status": "VARCHAR",
    },
    "bus_position": {
        "bus_id": "VARCHAR",
        "line_id": "VARCHAR",
        "next_stop_id": "VARCHAR",
        "measure_name": "VARCHAR",
        "time": "TIMESTAMP",
        "latitude": "DOUBLE",
        "longitude": "DOUBLE",
        "distance_to_next_stop": "DOUBLE",
        "speed": "DOUBLE",
        "passenger_count": "BIGINT",
        "direction": "BIGINT",
    },
}
MEASURE = {"people_count": "count", "sensor_data": "metrics", "bus_position": "metrics"}


@dataclass(frozen=True)
class Shape:
    """The columns of a table with their types, and the measure of its newest row."""

    table: str
    columns: dict[str, str]
    measure: str

    @property
    def complaints(self) -> list[str]:
        """What is not as agreed; further columns are welcome."""
        agreed = STORED_COLUMNS[self.table]
        wrong = {name: self.columns.get(name, "missing") for name in agreed}
        found = [
            f"{name} is {kind}, not {agreed[name]}" for name, kind in wrong.items() if kind != agreed[name]
        ]
        if self.measure != MEASURE[self.table]:
            found.append(f"its measure is {self.measure}, not {MEASURE[self.table]}")
        return [f"{self.table}: {complaint}" for complaint in found]


@dataclass(frozen=True)
class Configuration:
    """The object that the feeders read their lines from; `differences` from what was agreed."""

    place: str
    changed: datetime
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Start:
    """When a running task started, and when the configuration changed last before we looked."""

    service: str
    started: datetime
    changed: datetime
    seen: datetime

    @property
    def is_current(self) -> bool:
        """Whether it started after the change, or the change is younger than a quarter of an hour."""
        return self.started >= self.changed or self.seen - self.changed < GRACE

    def __str__(self) -> str:
        return f"{self.service}: running since {self.started:%m-%d %H:%M}, changed {self.changed:%m-%d %H:%M}"


@dataclass(frozen=True)
class Leak:
    """How many lines of a log group were read, and in how many of them stand the key, and ERROR."""

    group: str
    lines: int
    with_key: int
    errors: int

    @property
    def is_of_authorizer(self) -> bool:
        """Whether the function that guards the REST API wrote them."""
        return "rest-authorizer" in self.group

    def __str__(self) -> str:
        return f"{self.group}: of {self.lines} lines {self.with_key} show the key, {self.errors} say ERROR"


@dataclass(frozen=True)
class CallLog:
    """Whether a call by a group of its own was found in the log, and after how long."""

    group: str
    log_group: str
    lines: int
    waited_s: float

    def __str__(self) -> str:
        return f"{self.log_group}: no line of group {self.group} after {self.waited_s:.0f} s"


def differences(text: str, agreed: Topology) -> list[str]:
    """Where a `lines.yaml` is not what was agreed, by line."""
    try:
        found = Topology.from_yaml(text)
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        return [f"cannot be read: {type(error).__name__} {str(error).splitlines()[0]}"]
    by_id = {line.line_id: line for line in found.lines}
    strangers = [
        f"{line_id}: nobody agreed to it" for line_id in by_id.keys() - {one.line_id for one in agreed.lines}
    ]
    return strangers + [
        complaint for line in agreed.lines for complaint in _about_line(line, by_id.get(line.line_id))
    ]


def _about_line(line: Any, found: Any) -> list[str]:
    if found is None:
        return [f"{line.line_id}: missing"]
    pairs = [*zip_longest(line.stops, found.stops), *zip_longest(line.buses, found.buses)]
    return [
        f"{line.line_id}: {one or 'nothing'} is {other or 'missing'}" for one, other in pairs if one != other
    ]
