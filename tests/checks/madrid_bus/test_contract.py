"""Is a valid answer accepted, and every way of breaking the contract complained of?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checks.madrid_bus import contract
from checks.madrid_bus.contract import Reading
from checks.madrid_bus.topology import agreed

NOW = datetime(2026, 2, 22, 10, 31, 30, tzinfo=UTC)
TIME = "2026-02-22T10:31:00Z"
LINE = agreed().line("L3")
BUS, STOP = LINE.buses[0], LINE.stops[0]
PEOPLE = {"stop_id": "S201", "time": TIME, "count": 12, "line_ids": ["L3"]}
STOP_SENSORS = {"entity_id": "S201", "entity_type": "stop", "time": TIME, "temperature": 21.5, "humidity": 60}
BUS_SENSORS = STOP_SENSORS | {
    "entity_id": "B201",
    "entity_type": "bus",
    "co2_level": 900,
    "door_status": "open",
}
POSITION = {
    "bus_id": "B201",
    "line_id": "L3",
    "time": TIME,
    "latitude": 40.417668,
    "longitude": -3.689337,
    "passenger_count": 7,
    "next_stop_id": "S202",
    "distance_to_next_stop": 67.18,
    "speed": 30.0,
    "direction": 0,
}


def said(body: dict[str, Any], status: int = 200) -> Reading:
    return Reading("/asked", status, 0.1, NOW, body)


def about(body: dict[str, Any]) -> list[str]:
    """What is complained of, whatever the body is about."""
    if "stop_id" in body:
        return contract.about_people(said(body), STOP, 180)
    if "humidity" in body:
        return contract.about_sensors(said(body), *_entity(body), 180)
    return contract.about_position(said(body), BUS, LINE, 180)


def _entity(body: dict[str, Any]) -> tuple[str, str]:
    return ("bus", "B201") if "co2_level" in body or "door_status" in body else ("stop", "S201")


@pytest.mark.parametrize("body", [PEOPLE, STOP_SENSORS, BUS_SENSORS, POSITION])
def test_a_valid_answer_is_accepted(body: dict[str, Any]) -> None:
    """Examples of the contract are without complaint."""
    assert about(body) == []


@pytest.mark.parametrize(
    "body",
    [
        PEOPLE | {"line_ids": "L3"},
        PEOPLE | {"time": "2026-02-22T11:31:00.123456789+01:00"},
        PEOPLE | {"time": "2026-02-22 10:31:00.000000000"},
        STOP_SENSORS | {"co2_level": None, "temperature": 21},
    ],
)
def test_other_legitimate_forms_are_accepted(body: dict[str, Any]) -> None:
    """Lists as text, offsets, the store's own time, whole degrees and explicit nulls are all right."""
    found = about(body) if "stop_id" in body else contract.about_sensors(said(body), "stop", "S201", 180)
    assert found == []


@pytest.mark.parametrize(
    ("body", "change", "complaint"),
    [
        (PEOPLE, {"stop_id": "S202"}, "/asked: stop_id 'S202', not S201"),
        (PEOPLE, {"count": -3}, "/asked: count -3, not 0…300"),
        (PEOPLE, {"count": 301}, "/asked: count 301, not 0…300"),
        (PEOPLE, {"count": "12"}, "/asked: count '12' is not a whole number"),
        (PEOPLE, {"count": 1.5}, "/asked: count 1.5 is not a whole number"),
        (PEOPLE, {"count": True}, "/asked: count True is not a whole number"),
        (PEOPLE, {"line_ids": []}, "/asked: line_ids [], not L3"),
        (PEOPLE, {"line_ids": ["L3", "L1"]}, "/asked: line_ids ['L3', 'L1'], not L3"),
        (PEOPLE, {"time": "soon"}, "/asked: time 'soon' is not a time"),
        (PEOPLE, {"time": None}, "/asked: time None is not a time"),
        (PEOPLE, {"time": "2026-02-22T10:28:29Z"}, "/asked: 181 s old, not 180"),
        (PEOPLE, {"time": "2099-01-01T00:00:00Z"}, "/asked: dated 2299152510 s in the future"),
        (STOP_SENSORS, {"temperature": 999}, "/asked: temperature 999, not -50…60"),
        (STOP_SENSORS, {"humidity": 95.0}, "/asked: humidity 95, not 20…90"),
        (BUS_SENSORS, {"co2_level": None}, "/asked: co2_level None is not a whole number"),
        (BUS_SENSORS, {"door_status": "ajar"}, "/asked: door_status 'ajar', not open or closed"),
        (BUS_SENSORS, {"entity_id": "B202"}, "/asked: entity_id 'B202', not B201"),
        (BUS_SENSORS, {"entity_type": "stop"}, "/asked: entity_type 'stop', not bus"),
        (POSITION, {"bus_id": "B202"}, "/asked: bus_id 'B202', not B201"),
        (POSITION, {"line_id": "L1"}, "/asked: line_id 'L1', not L3"),
        (POSITION, {"latitude": 0.0}, "/asked: latitude 0, not 40.4048…40.4674"),
        (POSITION, {"longitude": 0.0}, "/asked: longitude 0, not -3.7265…-3.6692"),
        (POSITION, {"passenger_count": 81}, "/asked: passenger_count 81, not 0…80"),
        (
            POSITION,
            {"next_stop_id": "S801"},
            "/asked: next_stop_id 'S801', not S201 or S202 or S203 or S204 or S205",
        ),
        (POSITION, {"distance_to_next_stop": 748.0}, "/asked: distance_to_next_stop 748, not 0…747.605"),
        (POSITION, {"speed": 61.0}, "/asked: speed 61, not 0…60"),
        (POSITION, {"direction": 2}, "/asked: direction 2, not 0…1"),
        (POSITION, {"latitude": "40.4"}, "/asked: latitude '40.4' is not a number"),
    ],
)
def test_a_broken_field_is_complained_of(
    body: dict[str, Any], change: dict[str, Any], complaint: str
) -> None:
    """One wrong field is one complaint that names it and what it should be."""
    assert about(body | change) == [complaint]


def test_a_stop_with_bus_sensors_is_complained_of() -> None:
    """A stop has neither CO2 nor doors."""
    body = STOP_SENSORS | {"co2_level": 400, "door_status": "open"}
    found = contract.about_sensors(said(body), "stop", "S201", 180)
    assert found == ["/asked: a stop has a co2_level", "/asked: a stop has a door_status"]


@pytest.mark.parametrize("status", [204, 302, 401, 404, 500, 504])
def test_another_status_is_complained_of(status: int) -> None:
    """Only 200 is an answer; a 404 for something that exists is none."""
    failed = said({"message": "No data found"}, status)
    complaint = [f"/asked: HTTP {status} No data found"]
    assert contract.about_people(failed, STOP, 180) == complaint
    assert contract.about_sensors(failed, "bus", "B201", 180) == complaint
    assert contract.about_position(failed, BUS, LINE, 180) == complaint
    assert contract.about_line(failed, LINE, 180) == complaint


def test_a_body_without_an_object_is_complained_of() -> None:
    """HTML, truncated JSON or an empty object with status 200 is not an answer."""
    empty = said({})
    complaint = ["/asked: HTTP 200 without a JSON object that says anything"]
    assert contract.about_people(empty, STOP, 180) == complaint
    assert contract.about_line(empty, LINE, 180) == complaint


def test_refusals_tell_nothing_of_what_is_behind_them() -> None:
    """One answer, or word of the gateway that none came, is enough for a source; a refusal is not."""
    refused, slow = said({"message": "Forbidden"}, 403), said({}, 504)
    assert contract.telling([said(PEOPLE), refused], [slow], []) == [said(PEOPLE), refused, slow]
    with pytest.raises(LookupError, match="/asked: HTTP 403, and no answer to anything like it"):
        contract.telling([said(PEOPLE)], [refused, refused])
    with pytest.raises(LookupError, match="/asked: HTTP 200, and"):
        contract.telling([said({})])


def fleet(*buses: dict[str, Any]) -> list[str]:
    return contract.about_line(said({"line_id": "L3", "buses": list(buses)}), LINE, 180)


def test_a_line_is_exactly_its_buses() -> None:
    """All buses once, in any order, their own line_id optional, are accepted; others are named."""
    first, second, third = (POSITION | {"bus_id": bus.bus_id} for bus in LINE.buses)
    bare = {key: value for key, value in second.items() if key != "line_id"}
    assert fleet(third, first, bare) == []
    assert fleet(first, third) == ["/asked: B202 is missing"]
    assert fleet(first, second, third, third) == ["/asked: B203 is there 2 times"]
    assert fleet(first, second, third, POSITION | {"bus_id": "B001"}) == ["/asked: B001 is of another line"]
    assert fleet(first, second, third | {"speed": -1}) == ["/asked: B203: speed -1, not 0…60"]
    assert fleet() == [f"/asked: {bus.bus_id} is missing" for bus in LINE.buses]
    other = said({"line_id": "L1", "buses": [first, second, third]})
    assert contract.about_line(other, LINE, 180) == ["/asked: line_id 'L1', not L3"]
    nothing = said({"line_id": "L3", "buses": "none"})
    assert len(contract.about_line(nothing, LINE, 180)) == 3


def test_a_clock_that_differs_a_little_is_not_the_future() -> None:
    """A row may be dated up to a minute ahead."""
    early = replace(said(PEOPLE), at=NOW - timedelta(seconds=80))
    assert contract.about_people(early, STOP, 180) == []
