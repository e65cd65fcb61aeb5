"""Do the logs go on, and are they free of errors?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.answers import require_seen
from fixtures.probes.logs import Matches, Newest


@named("logs.recent")
def test_every_service_logged_of_late(newest_lines: list[Newest]) -> None:
    """Every service wrote to its log within the time it may be silent."""
    assert [one for one in newest_lines if not one.is_recent] == []


@named("logs.functions_without_errors")
def test_no_function_logged_an_error(function_error_lines: list[Matches]) -> None:
    """No function logged an ERROR in the last hour."""
    assert [one for one in function_error_lines if one.count] == []
    require_seen(function_error_lines)


@named("logs.containers_without_errors")
def test_no_service_logged_an_error(container_error_lines: list[Matches]) -> None:
    """No service logged an ERROR or CRITICAL in the last hour."""
    assert [one for one in container_error_lines if one.count] == []
    require_seen(container_error_lines)


@named("logs.no_timeouts")
def test_no_function_timed_out(timeout_lines: list[Matches]) -> None:
    """No function was ended by its timeout in the last 24 hours."""
    assert [one for one in timeout_lines if one.count] == []
    require_seen(timeout_lines)
