"""Do the functions keep their objectives, and did the latest release?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.answers import require_seen
from fixtures.probes.invocation_reports import ColdStarts, Memory
from fixtures.probes.objectives import FailureBudget, Headroom, Percentiles
from fixtures.probes.releases import Aftermath


@named("functions.percentiles")
def test_durations_keep_their_percentiles(function_percentiles: list[Percentiles]) -> None:
    """No percentile of a function's duration is above its limit over the hour, or was in three 5-minute
    periods in a row."""
    assert [one for one in function_percentiles if one.is_slow] == []
    require_seen(function_percentiles)


@named("functions.tail_latency")
def test_slow_requests_do_not_last(function_percentiles: list[Percentiles]) -> None:
    """The highest percentile of a function's duration was not above its limit in three 5-minute periods in a
    row."""
    assert [one for one in function_percentiles if one.is_tail_slow] == []
    require_seen(function_percentiles)


@named("functions.percentiles_by_day")
def test_durations_kept_their_percentiles_all_week(function_days: list[Percentiles]) -> None:
    """On none of the last seven whole days was a percentile of a function's duration above its limit."""
    assert [one for one in function_days if one.is_slow] == []
    require_seen(function_days)


@named("functions.failure_budget")
def test_failures_stay_within_their_budget(failure_budgets: list[FailureBudget]) -> None:
    """Of the hour's invocations of each function, and of all, no more failed than may."""
    assert [one for one in failure_budgets if one.is_spent] == []
    require_seen(failure_budgets)


@named("functions.cold_starts")
def test_cold_starts_are_short(function_starts: list[ColdStarts]) -> None:
    """No cold start of the last 24 hours took longer than it may."""
    assert [one for one in function_starts if one.is_slow] == []
    require_seen(function_starts)


@named("functions.memory_used")
def test_functions_have_memory_to_spare(function_memory: list[Memory]) -> None:
    """No invocation of the last 24 hours used more of its function's memory than it may."""
    assert [one for one in function_memory if one.is_high] == []
    require_seen(function_memory)


@named("functions.concurrency_headroom")
def test_there_is_room_to_run(concurrency: list[Headroom]) -> None:
    """In the last hour less than 80 % of what the account may run ran at once, and less than is reserved."""
    assert [one for one in concurrency if one.is_low] == []
    require_seen(concurrency)


@named("functions.quiet_after_release")
def test_nothing_failed_after_the_release(release_aftermath: list[Aftermath]) -> None:
    """In the 15 minutes after the latest change of a function none failed, and no API answered with 5xx."""
    assert [one for one in release_aftermath if one.count] == []
    require_seen(release_aftermath)
