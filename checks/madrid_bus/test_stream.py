"""Do live positions reach those who subscribed, and does a socket leave nothing behind?"""

from __future__ import annotations

from checks.madrid_bus import stream_rules
from checks.madrid_bus.limits import max_age_s
from checks.madrid_bus.streams import Connection, Idle, Journey, SocketLog
from checks.madrid_bus.topology import agreed
from fixtures.binding import proves
from fixtures.targets import Target


@proves("BUS-36")
def test_a_subscriber_hears_its_line_and_no_other(journey: Journey, target: Target) -> None:
    """A subscriber to L1 gets its three buses within a tick and nothing else, until it unsubscribes."""
    oldest_s = max_age_s(target.settings.cadence)
    assert stream_rules.complaints(journey, agreed().line(journey.line_id), oldest_s) == []


@proves("BUS-67")
def test_a_socket_has_its_row_while_it_is_open(journey: Journey) -> None:
    """A socket has one row with its line and a day to live while it is open, and none soon after."""
    assert stream_rules.about_row(journey) == []


@proves("BUS-67")
def test_no_connection_was_left_behind(connection_rows: dict[str, list[Connection]]) -> None:
    """Every row of the connections table expires, and none is older than three days."""
    assert [f"{table}: {row}" for table, left in connection_rows.items() for row in left] == []


@proves("BUS-64")
def test_an_idle_socket_stays_open(idle_socket: Idle, target: Target) -> None:
    """A socket without traffic is opened, and stays open."""
    assert stream_rules.about_idle(idle_socket, target.settings.cadence.idle_s) == []


@proves("BUS-65")
def test_a_valid_connection_logs_no_error(socket_logs: list[SocketLog]) -> None:
    """A valid connection leaves no error in the logs of the WebSocket functions."""
    assert [f"{log.group}: {error}" for log in socket_logs for error in log.errors] == []
