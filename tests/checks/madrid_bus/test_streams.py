"""Is a good journey over a socket accepted, and every disappointment on the way complained of?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checks.madrid_bus import stream_rules, streams
from checks.madrid_bus.streams import Connection, Idle, Journey, Update
from checks.madrid_bus.topology import agreed

NOW = datetime(2026, 2, 22, 10, 31, 30, tzinfo=UTC)
LINE = agreed().line("L3")
ROW = Connection("team", ("L3",), 86_400.0, 2.0)


def update(bus_id: str, **changes: Any) -> Update:
    fields = {
        "bus_id": bus_id,
        "line_id": "L3",
        "time": "2026-02-22T10:31:00Z",
        "latitude": 40.417668,
        "longitude": -3.689337,
        "passenger_count": 7,
        "next_stop_id": "S202",
        "distance_to_next_stop": 67.18,
        "speed": 30.0,
        "direction": 0,
    }
    return Update(1.0, NOW, fields | changes)


UPDATES = tuple(update(bus.bus_id) for bus in LINE.buses)
GOOD = Journey("team", "L3", 101, 0.1, UPDATES, (), 0.1, (), None, (ROW,), 0.2)


def test_a_good_journey_is_accepted() -> None:
    """Acknowledged, every bus heard, silence after leaving, one row that is gone afterwards."""
    assert stream_rules.complaints(GOOD, LINE, 180) == []
    assert stream_rules.about_row(GOOD) == []


def test_a_time_called_timestamp_is_accepted() -> None:
    """Frames may name their moment either way."""
    stamped = update("B201", timestamp="2026-02-22T10:31:00Z", time=None)
    assert stream_rules.complaints(replace(GOOD, updates=(stamped, *UPDATES[1:])), LINE, 180) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"status": 401}, "the handshake was refused with 401"),
        ({"acknowledged_s": None}, "the subscription was not acknowledged"),
        ({"acknowledged_s": 5.5}, "the subscription was acknowledged after 5.5 s"),
        ({"updates": UPDATES[1:]}, "no update of B201"),
        ({"updates": (*UPDATES, update("B001"))}, "an update of B001, which is not of L3"),
        ({"updates": (update("B201", speed=99.0), *UPDATES[1:])}, "B201: speed 99, not 0…60"),
        (
            {"updates": (update("B201", time="2026-02-22T10:21:00Z"), *UPDATES[1:])},
            "B201: 630 s old, not 180",
        ),
        ({"others": ('{"error": "no"}',)}, 'neither update nor acknowledgement: {"error": "no"}'),
        ({"unsubscribed_s": None}, "the unsubscription was not acknowledged"),
        ({"late": UPDATES[:1]}, "an update of B201 after unsubscribing"),
        ({"closed_after_s": 2.0}, "closed by the server after 2.0 s"),
    ],
)
def test_a_disappointment_is_complained_of(change: dict[str, Any], complaint: str) -> None:
    """Each step that went wrong is named."""
    assert stream_rules.complaints(replace(GOOD, **change), LINE, 180) == [complaint]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"rows": ()}, "0 rows for one socket"),
        ({"rows": (ROW, ROW)}, "2 rows for one socket"),
        ({"rows": (replace(ROW, lines=()),)}, "lines (), not L3"),
        ({"rows": (replace(ROW, ttl_s=None),)}, "ttl None, not 24 h"),
        ({"rows": (replace(ROW, ttl_s=86_701.0),)}, "ttl 86701.0, not 24 h"),
        ({"gone_s": None}, "still there 10 s after closing"),
    ],
)
def test_a_wrong_row_is_complained_of(change: dict[str, Any], complaint: str) -> None:
    """The row of a socket is one, holds its lines and a day to live, and goes with it."""
    assert stream_rules.about_row(replace(GOOD, **change)) == [complaint]


def test_rows_left_behind() -> None:
    """Without a time to live or a beginning, or older than three days: nobody will remove it."""
    assert not ROW.is_left_behind
    assert replace(ROW, ttl_s=None).is_left_behind
    assert replace(ROW, age_s=None).is_left_behind
    assert replace(ROW, age_s=72 * 3600 + 1.0).is_left_behind
    assert str(replace(ROW, ttl_s=None, lines=())) == "team: lines none, ttl none, age 2 s"


def test_an_idle_socket() -> None:
    """It opens and stays open for as long as it should."""
    good = Idle(101, NOW, 30.0, False)
    assert stream_rules.about_idle(good, 30) == []
    assert stream_rules.about_idle(replace(good, status=403), 30) == ["the handshake was refused with 403"]
    closed = replace(good, open_s=2.0, is_closed_by_server=True)
    assert stream_rules.about_idle(closed, 30) == ["closed after 2.0 s, not open for 30 s"]


class Table:
    """A DynamoDB client with two pages of rows."""

    def __init__(self, *pages: list[dict[str, Any]]) -> None:
        self._pages = pages

    def get_paginator(self, _operation: str) -> Table:
        """Itself."""
        return self

    def paginate(self, **_arguments: Any) -> list[dict[str, Any]]:
        """The pages."""
        return [{"Items": page} for page in self._pages]


def test_rows_of_all_pages_are_read() -> None:
    """Lists and sets of lines, and rows that lack a field, are rows; times count from now."""
    connected = (NOW - timedelta(seconds=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    first = {
        "group_name": {"S": "a"},
        "subscribed_lines": {"L": [{"S": "L1"}]},
        "connected_at": {"S": connected},
        "ttl": {"N": str(int(NOW.timestamp()) + 60)},
    }
    second = {"group_name": {"S": "b"}, "subscribed_lines": {"SS": ["L2"]}}
    found = streams.connections(Table([first], [], [second, {}]), "connections", NOW)
    assert found == [
        Connection("a", ("L1",), 60.0, 5.0),
        Connection("b", ("L2",), None, None),
        Connection("", (), None, None),
    ]
