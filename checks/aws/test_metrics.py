"""Do the metrics show a system at work: services, APIs and stores?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.answers import require_seen
from fixtures.probes.consumption import Peak, Stored, StoreUse, Use
from fixtures.probes.loads import Sending, Work
from fixtures.probes.logs import Matches
from fixtures.probes.traffic import Integration, Requests


@named("containers.load")
def test_services_that_always_send_work_within_bounds(steady_work: list[Work]) -> None:
    """Every service that always sends was at work for the whole hour, with CPU and memory under 80 %."""
    assert [one for one in steady_work if one.is_amiss] == []
    require_seen(steady_work)


@named("containers.sending")
def test_services_that_always_send_do(steady_sending: list[Sending]) -> None:
    """Every service that always sends did so in each of the last three 5-minute periods."""
    assert [one for one in steady_sending if one.is_silent] == []
    require_seen(steady_sending)


@named("apis.requests")
def test_every_api_is_asked(api_requests: list[Requests]) -> None:
    """Every API counted requests in the last hour, and on each whole day of the week since its first."""
    assert [one for one in api_requests if one.silent_days] == []
    require_seen(api_requests)


@named("apis.integration_latency")
def test_back_ends_answer_in_time(api_integrations: list[Integration]) -> None:
    """No back end of an API took longer in the last hour than it may, or than the API itself."""
    assert [one for one in api_integrations if one.is_slow] == []
    require_seen(api_integrations)


@named("apis.no_gateway_errors")
def test_no_gateway_gave_up(gateway_error_lines: list[Matches]) -> None:
    """No API logged a 502, 503 or 504 in the last hour."""
    assert [one for one in gateway_error_lines if one.count] == []
    require_seen(gateway_error_lines)


@named("tables.not_throttled")
def test_no_table_is_throttled(table_throttles: list[Peak]) -> None:
    """No table or index throttled more than five requests in any five minutes of the last hour."""
    assert [one for one in table_throttles if one.is_high] == []
    require_seen(table_throttles)


@named("tables.used")
def test_every_table_is_used(table_use: list[Use]) -> None:
    """Every table was read from and written to in the last hour, if any function was invoked."""
    assert [one for one in table_use if one.is_unused] == []
    require_seen(table_use)


@named("tables.no_system_errors")
def test_no_table_fails_inside(table_failures: list[Peak]) -> None:
    """DynamoDB failed no more than five times in any five minutes of the last hour, on any table."""
    assert [one for one in table_failures if one.is_high] == []
    require_seen(table_failures)


@named("timestream.written")
def test_every_timestream_table_is_written_to(timestream_use: list[StoreUse]) -> None:
    """Every Timestream table was written to in the last 15 minutes; of the last hour's requests none failed,
    and queries were quick."""
    assert [one for one in timestream_use if one.is_troubled] == []
    require_seen(timestream_use)


@named("timestream.stored")
def test_timestream_keeps_no_more_than_it_should(timestream_storage: list[Stored]) -> None:
    """Timestream reports what it stores, and no table holds more rows than its retention allows."""
    assert [one for one in timestream_storage if one.is_amiss] == []
