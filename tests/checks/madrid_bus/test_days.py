"""Is a healthy day accepted, and every implausible one complained of?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checks.madrid_bus import day_rules, days
from checks.madrid_bus.days import BusDay, Crowds, SensorDay, StopDay
from checks.madrid_bus.topology import agreed

NOW = datetime(2026, 2, 22, 20, 15, tzinfo=UTC)
STOP = StopDay("S201", 0, 40, 9, ())
CROWDS = Crowds((STOP,), 1.5, 0.3)
SENSOR = SensorDay("B201", True, (12.0, 31.0), (30.0, 90.0), (350, 1_800), 5.0, 60.0, 700, 740)
LINE = agreed().line("L3")
BUS = LINE.buses[0]
EXTREMES = {
    "latitude": (40.4152, 40.419),
    "longitude": (-3.712, -3.6844),
    "passengers": (0, 60),
    "distance": (0.5, 746.61),
    "speed": (30.0, 30.0),
    "direction": (0, 1),
}
TURNS = tuple((stop.latitude, stop.longitude) for stop in LINE.terminals)
DAY = BusDay("B201", ("L3",), ("S201", "S205"), EXTREMES, 60.0, 0, 0, 0, TURNS, 0.1)


def test_a_healthy_day_is_accepted() -> None:
    """Counts, sensors and positions as they should be are without complaint."""
    assert day_rules.about_crowds(CROWDS) == []
    assert day_rules.about_sensor(SENSOR) == []
    assert (
        day_rules.about_sensor(replace(SENSOR, entity_id="S201", is_bus=False, co2=None, open_ticks=0)) == []
    )
    assert day_rules.about_bus(DAY, BUS, LINE) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"least": -3}, "S201: count -3, not 0…300"),
        ({"most": 301}, "S201: count 301, not 0…300"),
        ({"least": None, "most": None, "steepest": None}, "S201: no count in 24 h"),
        ({"steepest": 26}, "S201: rose by 26 in a tick"),
        ({"still": ("09 to 12",)}, "S201: did not both rise and fall in 09 to 12 UTC"),
    ],
)
def test_an_implausible_stop_is_complained_of(change: dict[str, Any], complaint: str) -> None:
    """Counts out of range, too steep, or standing still by day are named."""
    assert day_rules.about_crowds(replace(CROWDS, stops=(replace(STOP, **change),))) == [complaint]


def test_a_city_without_a_rhythm_is_complained_of() -> None:
    """In the morning at least three times as many come as at night."""
    assert day_rules.about_crowds(replace(CROWDS, morning=0.8)) == [
        "0.80 people a minute come in the morning, 0.30 at night"
    ]
    assert len(day_rules.about_crowds(replace(CROWDS, morning=None))) == 1


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"celsius": (12.0, 999.0)}, "B201: temperature 999, not 6…37"),
        ({"celsius": None}, "B201: no temperature in 24 h"),
        ({"humidity": (10.0, 60.0)}, "B201: humidity 10, not 20…90"),
        ({"co2": (90, 800)}, "B201: CO2 90, not 100…4700"),
        ({"co2": None}, "B201: no CO2 in 24 h"),
        ({"off_curve": 9.5}, "B201: 9.5 °C off the day's curve"),
        ({"still_s": 3600.0}, "B201: stood still for 3600 s"),
        ({"open_ticks": 0}, "B201: never opened its doors"),
        ({"closed_ticks": 0}, "B201: never closed its doors"),
    ],
)
def test_an_implausible_sensor_is_complained_of(change: dict[str, Any], complaint: str) -> None:
    """Values out of range, off the day's curve, or standing still are named."""
    assert day_rules.about_sensor(replace(SENSOR, **change)) == [complaint]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"extremes": EXTREMES | {"latitude": (0.0, 40.419)}}, "B201: latitude 0, not 40.4048…40.4674"),
        ({"extremes": EXTREMES | {"passengers": (0, 81)}}, "B201: passengers 81, not 0…80"),
        ({"extremes": EXTREMES | {"direction": (0, 2)}}, "B201: direction 2, not 0…1"),
        ({"lines": ("L1", "L3")}, "B201: on L1, L3"),
        ({"next_stops": ("S101", "S201")}, "B201: bound for S101"),
        ({"still_s": 301.0}, "B201: stood still for 301 s"),
        ({"leaps": 2}, "B201: leapt 2 times"),
        ({"off_pace": 1}, "B201: off its pace 1 times"),
        ({"mid_leg_changes": 4}, "B201: load changed between stops 4 times"),
        ({"turns": (*TURNS, (40.4180, -3.6900))}, "B201: turned 567 m from a terminal"),
        ({"turns": TURNS[:1]}, "B201: never turned at S205"),
        ({"off_route_m": 51.0}, "B201: 51 m off its route"),
    ],
)
def test_an_implausible_bus_is_complained_of(change: dict[str, Any], complaint: str) -> None:
    """A bus off its line, its route, its pace or its manners is named."""
    assert day_rules.about_bus(replace(DAY, **change), BUS, LINE) == [complaint]


def test_a_bus_without_rows_is_complained_of() -> None:
    """Nothing found is not fine."""
    (day, *_) = days.buses([], [], {}, agreed())
    assert "B001: no latitude in 24 h" in day_rules.about_bus(day, agreed().buses[0], agreed().lines[0])
    (sensor, *_) = days.climate([], agreed())
    assert "B001: no temperature in 24 h" in day_rules.about_sensor(sensor)


def hour(start: int, **changes: Any) -> dict[str, Any]:
    at = datetime(2026, 2, 22, 0, 0, tzinfo=UTC) + timedelta(hours=start)
    counted = {
        "least": 1,
        "most": 9,
        "steepest": 3,
        "rises": 5,
        "falls": 5,
        "came": 60,
        "lapse_ms": 3_600_000,
    }
    return {"stop_id": "S001", "hour": at, **counted, **changes}


def test_hours_are_summed_up_by_stop() -> None:
    """Extremes of the day, three still hours within it, and the tide per minute."""
    still = [hour(start, falls=0) for start in (9, 10, 11)]
    rows = [hour(-2, came=12), hour(6, least=0), hour(8, most=30, steepest=None), *still, hour(12)]
    found = days.crowds(rows, agreed(), NOW)
    assert found.stops[0] == StopDay("S001", 0, 30, 3, ("09 to 12",))
    assert found.stops[1] == StopDay("S002", None, None, None, ())
    assert (found.morning, found.night) == (1.0, 0.2)


def test_a_still_hour_outside_the_day_or_its_ends_is_fine() -> None:
    """Only three whole hours between 07 and 18 UTC, all within the last 24, are judged."""
    early = [hour(start, rises=0) for start in (4, 5, 6)]
    yesterday = [hour(start - 24, rises=0) for start in (18, 19, 20)]
    running = [hour(start, rises=0) for start in (18, 19, 20)]
    assert days.crowds([*early, *yesterday, *running], agreed(), NOW).stops[0].still == ()


def test_the_distance_from_the_route_is_the_worst() -> None:
    """Places on the route are none, one in the sea is far away; strangers are left out."""
    stop = LINE.stops[0]
    rows = [
        {"bus_id": "B201", "latitude": stop.latitude, "longitude": stop.longitude},
        {"bus_id": "B202", "latitude": stop.latitude, "longitude": stop.longitude},
        {"bus_id": "B202", "latitude": stop.latitude + 0.001, "longitude": stop.longitude},
        {"bus_id": "B999", "latitude": 0.0, "longitude": 0.0},
    ]
    found = days.off_route(rows, agreed())
    assert found.keys() == {"B201", "B202"}
    assert found["B201"] < 0.1
    assert 50 < found["B202"] < 112
