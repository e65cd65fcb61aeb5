"""Are the logs kept as long as agreed, measured, and can they be asked?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.answers import require_seen
from fixtures.probes.log_queries import LogQuery
from fixtures.probes.log_retention import Retention
from fixtures.probes.logs import Matches
from fixtures.probes.metric_filters import Agreement
from fixtures.probes.traffic import AccessLog

MOST_ERROR_LINES = 10


@named("logs.functions_retained")
def test_the_log_of_every_function_is_kept(function_retentions: list[Retention]) -> None:
    """Every function has a log group, and it is kept as long as agreed."""
    assert [one for one in function_retentions if not one.is_as_agreed] == []


@named("logs.containers_retained")
def test_the_log_of_every_service_is_kept(container_retentions: list[Retention]) -> None:
    """Every service has a log group, and it is kept as long as agreed."""
    assert [one for one in container_retentions if not one.is_as_agreed] == []


@named("logs.apis_retained")
def test_every_access_log_is_kept(access_retentions: list[Retention]) -> None:
    """The access log of every API, and every other declared log group, exists and is kept as agreed."""
    assert [one for one in access_retentions if not one.is_as_agreed] == []


@named("logs.no_crashes")
def test_no_function_crashed(crash_lines: list[Matches]) -> None:
    """No function ran out of memory, was killed, or could not be loaded in the last hour."""
    assert [one for one in crash_lines if one.count] == []
    require_seen(crash_lines)


@named("logs.no_recent_timeouts")
def test_no_function_timed_out_of_late(recent_timeout_lines: list[Matches]) -> None:
    """No function was ended by its timeout in the last hour."""
    assert [one for one in recent_timeout_lines if one.count] == []
    require_seen(recent_timeout_lines)


@named("logs.no_throttling")
def test_no_function_was_throttled_by_a_table(throttle_lines: list[Matches]) -> None:
    """No function logged in the last hour that a table throttled it."""
    assert [one for one in throttle_lines if one.count] == []
    require_seen(throttle_lines)


@named("logs.error_count")
def test_functions_log_few_errors(function_error_lines: list[Matches]) -> None:
    """No function logged more than ten ERROR lines in the last hour."""
    assert [one for one in function_error_lines if one.count > MOST_ERROR_LINES] == []
    require_seen(function_error_lines)


@named("logs.queries")
def test_the_first_questions_of_an_incident_are_answered(log_queries: list[LogQuery]) -> None:
    """Slow requests, errors by type and activity by user can be queried over the logs of all functions."""
    assert [one for one in log_queries if not one.is_complete] == []


@named("apis.logged")
def test_every_api_logs_its_requests(access_logs: list[AccessLog]) -> None:
    """Every API that had requests in the last hour wrote to its access log."""
    assert [one for one in access_logs if one.is_silent] == []
    require_seen(access_logs)


@named("metric_filters.agreed")
def test_every_metric_filter_is_as_agreed(metric_filter_agreements: list[Agreement]) -> None:
    """Every declared metric filter is on its log group, and counts what was agreed."""
    assert [one for one in metric_filter_agreements if one.differences] == []
