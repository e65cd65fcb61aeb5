"""Is a configuration that drifted told from the agreed one?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from checks.madrid_bus.configuration import STORED_COLUMNS, Shape, Start, differences
from checks.madrid_bus.topology import GOLDEN, agreed

TEXT = GOLDEN.read_text(encoding="utf-8")
NOW = datetime(2026, 2, 22, 10, 30, tzinfo=UTC)
PEOPLE = Shape("people_count", dict(STORED_COLUMNS["people_count"]), "count")


def changed(change: Any) -> str:
    values = yaml.safe_load(TEXT)
    change(values["lines"])
    return yaml.safe_dump(values)


def test_the_agreed_configuration_has_no_differences() -> None:
    """The golden file, and the same written in another order of keys."""
    assert differences(TEXT, agreed()) == []
    assert differences(changed(list), agreed()) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda lines: lines.pop(), "L132: missing"),
        (lambda lines: lines.append({**lines[0], "line_id": "L9"}), "L9: nobody agreed to it"),
        (lambda lines: lines[0]["buses"][0].update(capacity=50), "L1: Bus(bus_id='B001'"),
        (lambda lines: lines[0]["stops"].pop(), "L1: Stop(stop_id='S007'"),
        (lambda lines: lines[0]["stops"][0].update(latitude=40.5), "L1: Stop(stop_id='S001'"),
    ],
)
def test_a_difference_names_its_line(change: Any, complaint: str) -> None:
    """A line too few or too many, another bus, another stop."""
    (found,) = differences(changed(change), agreed())
    assert found.startswith(complaint)


@pytest.mark.parametrize("text", ["", "[", "lines: 3", "<html>"])
def test_what_is_no_configuration_is_said_to_be_none(text: str) -> None:
    """Neither an empty object nor a web page breaks the look."""
    (found,) = differences(text, agreed())
    assert found.startswith("cannot be read: ")


def test_columns_are_compared_by_name_and_type() -> None:
    """A missing one, another type and another measure are each named; further ones are welcome."""
    assert replace(PEOPLE, columns={**PEOPLE.columns, "more": "DOUBLE"}).complaints == []
    fewer = {name: kind for name, kind in PEOPLE.columns.items() if name != "line_ids"}
    assert replace(PEOPLE, columns={**fewer, "time": "VARCHAR"}, measure="people").complaints == [
        "people_count: line_ids is missing, not VARCHAR",
        "people_count: time is VARCHAR, not TIMESTAMP",
        "people_count: its measure is people, not count",
    ]


@pytest.mark.parametrize(
    ("started_h", "changed_h", "is_current"), [(1, 2, True), (2, 1, False), (2, 0.1, True)]
)
def test_a_task_is_current(started_h: float, changed_h: float, is_current: bool) -> None:
    """It started after the change, or the change is only minutes old."""
    ago = [NOW - timedelta(hours=hours) for hours in (started_h, changed_h)]
    started, changed = ago
    assert Start("feeder", started, changed, NOW).is_current is is_current
