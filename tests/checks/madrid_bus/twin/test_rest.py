"""Does the twin's REST API answer as the public contract says?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from checks.madrid_bus.topology import agreed
from tests.checks.madrid_bus.living import LATEST, PAST, ROUTES, Twin, age_s


def test_every_stop_has_a_count(twin: Twin) -> None:
    """All 51 stops answer about themselves, with the line they serve, and just now."""
    wrong: list[tuple[object, ...]] = []
    for stop in agreed().stops:
        answer = twin.get(f"people-count/{stop.stop_id}?{LATEST}")
        body = answer.json()
        told = (answer.status_code, set(body), body["stop_id"], body["line_ids"])
        if told != (200, {"stop_id", "time", "count", "line_ids"}, stop.stop_id, [stop.line_id]):
            wrong.append(told)
        if not (isinstance(body["count"], int) and 0 <= body["count"] <= 300 and age_s(body) < 10):
            wrong.append((stop.stop_id, body["count"], body["time"]))
    assert wrong == []


def test_sensors_of_buses_know_more_than_those_of_stops(twin: Twin) -> None:
    """A bus tells CO2 and doors besides the weather, a stop tells neither."""
    bus, stop = twin.get(f"sensors/bus/B001?{LATEST}").json(), twin.get(f"sensors/stop/S001?{LATEST}").json()
    assert (bus["entity_id"], bus["entity_type"], type(bus["co2_level"])) == ("B001", "bus", int)
    assert bus["door_status"] in ("open", "closed")
    assert set(stop) == {"entity_id", "entity_type", "time", "temperature", "humidity"}
    assert type(stop["temperature"]) is type(stop["humidity"]) is float


def test_a_bus_has_a_position(twin: Twin) -> None:
    """A bus answers with the ten fields of its position, numbers as numbers."""
    body = twin.get(f"bus-position/B001?{LATEST}").json()
    kinds = {name: type(value) for name, value in body.items()}
    assert kinds == {
        "bus_id": str,
        "line_id": str,
        "time": str,
        "latitude": float,
        "longitude": float,
        "passenger_count": int,
        "next_stop_id": str,
        "distance_to_next_stop": float,
        "speed": float,
        "direction": int,
    }
    assert (body["bus_id"], body["line_id"]) == ("B001", "L1")


def test_every_line_has_its_buses(twin: Twin) -> None:
    """Each line answers with exactly its buses, each once."""
    told = {}
    for line in agreed().lines:
        body = twin.get(f"bus-position/line/{line.line_id}?{LATEST}").json()
        told[body["line_id"]] = [bus["bus_id"] for bus in body["buses"]]
    assert told == {line.line_id: [bus.bus_id for bus in line.buses] for line in agreed().lines}


def test_headers_of_an_answer(twin: Twin) -> None:
    """An answer is JSON that any page may read; a preflight names both headers and asks for none."""
    answer = twin.get(f"people-count/S001?{LATEST}")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    asked = twin.session.options(f"{twin.world.exports['MADRID_BUS_API_URL']}/{ROUTES[0]}", timeout=5)
    assert asked.ok
    assert {"x-api-key", "x-group-name"} <= set(asked.headers["Access-Control-Allow-Headers"].split(","))


@pytest.mark.parametrize("path", ROUTES[:3])
def test_the_past_is_the_newest_row_before(twin: Twin, path: str) -> None:
    """A past moment, however written, gives the row at or before it; the future gives now."""
    moment = datetime.now(UTC) - timedelta(days=4, minutes=3)
    madrid = (moment + timedelta(hours=1)).isoformat().replace("+00:00", "+01:00")
    written = [
        moment.isoformat(),
        f"{moment:%Y-%m-%dT%H:%M:%S.%f}000Z",
        f"{moment:%Y-%m-%d %H:%M:%S.%f}",
        madrid,
    ]
    bodies = [twin.get(f"{path}?timestamp={quote(text)}").json() for text in written]
    assert [body for body in bodies if body != bodies[0]] == []
    found = datetime.fromisoformat(bodies[0]["time"])
    assert timedelta(0) <= moment - found <= timedelta(seconds=60)
    assert twin.get(f"{path}?timestamp={bodies[0]['time']}").json() == bodies[0]
    assert age_s(twin.get(f"{path}?timestamp=2099-01-01T00:00:00Z").json()) < 10
    assert age_s(twin.get(f"{path}?timestamp=2020-01-01T00:00:00Z&mode=latest").json()) < 10


@pytest.mark.parametrize(
    "path",
    [
        "people-count/S001",
        "people-count/S001?mode=oldest",
        "people-count/S001?timestamp=not-a-time",
        "people-count/S001?timestamp=2026-01-01T00:00:00+00:00",
        "sensors/bus/B001?timestamp=",
        "bus-position/line/L1",
        f"bus-position/line/L1?{PAST}",
        f"sensors/tram/B001?{LATEST}",
    ],
)
def test_what_cannot_be_understood_is_400(twin: Twin, path: str) -> None:
    """A request that says too little or nonsense is refused with an error and a message."""
    answer = twin.get(path)
    assert (answer.status_code, answer.json()["error"]) == (400, True)
    assert answer.json()["message"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (f"people-count/S999?{LATEST}", "No data found"),
        (f"bus-position/B999?{LATEST}", "No data found"),
        (f"sensors/bus/S001?{LATEST}", "No data found"),
        (f"bus-position/line/L99?{LATEST}", "No buses found"),
        (f"people-count/S001?{PAST}", "No data found"),
        ("people-count/S001?timestamp=0001-01-01T00:00:00Z", "No data found"),
    ],
)
def test_what_is_not_there_is_404(twin: Twin, path: str, message: str) -> None:
    """An unknown id, or a moment before all data, is not found, and the answer says so."""
    answer = twin.get(path)
    assert (answer.status_code, answer.json()["error"]) == (404, True)
    assert message in answer.json()["message"]


@pytest.mark.parametrize(
    "odd",
    [
        "S001'",
        "S001' OR '1'='1",
        'S001"',
        "S001%",
        "S 1",
        "Sñ1",
        "S" * 200,
        "S001;--",
        "../S001",
        "\x00",
        "*",
    ],
)
def test_odd_ids_find_nothing(twin: Twin, odd: str) -> None:
    """An id of odd characters is refused or not found on every route, whatever it is asked for."""
    odd = quote(odd, safe="")
    paths = [f"people-count/{odd}", f"sensors/stop/{odd}", f"bus-position/{odd}", f"bus-position/line/{odd}"]
    asked = [f"{path}?{how}" for path in paths for how in (LATEST, PAST)]
    assert [path for path in asked if twin.get(path).status_code not in (400, 404)] == []


@pytest.mark.parametrize(
    "path", ["", "people-count", "people-count/", "people-count/S001/", "prod/health", "x/y"]
)
def test_unknown_paths_are_the_gateways(twin: Twin, path: str) -> None:
    """A path that is no route is 404, in the gateway's words."""
    answer = twin.get(path)
    assert (answer.status_code, answer.json()) == (404, {"message": "Not Found"})


def test_a_store_that_fails_is_500(twin: Twin) -> None:
    """When the store does not answer, REST says 500 and MCP has no success; then all is well again."""
    twin.world.timestream.reshape("people_count", "SELECT stop_id FROM rows")
    answer, said = (
        twin.get(f"people-count/S001?{LATEST}"),
        twin.mcp("call-tool", {"tool": "query_people_count", "arguments": {"stop_id": "S001"}}),
    )
    assert (answer.status_code, answer.json()["message"]) == (500, "Internal server error")
    assert (said.status_code, said.json()["success"]) == (500, False)
    twin.world.undo()
    assert twin.get(f"people-count/S001?{LATEST}").status_code == 200
