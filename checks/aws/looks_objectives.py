"""Do the functions keep their objectives? Latency, failures, cold starts, memory, and the last release."""

from __future__ import annotations

from datetime import timedelta

from checks.aws.metric_questions import day_percentile_queries, release_queries
from checks.aws.questions import DAY_S, QUERY_S, WEEK, midnight_of, now_of
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes import apis, functions, objectives
from fixtures.probes.invocation_reports import ColdStarts, Memory, Reports, cold_starts, memory, reports
from fixtures.probes.logs import search
from fixtures.probes.metrics import Measurements, measure
from fixtures.probes.releases import Aftermath, Change, aftermath, changes, error_lines
from fixtures.targets import Target

HIGH_SHARE_OF_CONCURRENCY = 0.8
AFTERMATH = timedelta(minutes=15)


@observation
def function_percentiles(metrics: Measurements, target: Target) -> list[objectives.Percentiles]:
    """The hour's durations of every function that is held to percentiles."""
    held = [one for one in target.parts.functions if one.max_duration_ms]
    return [objectives.percentiles(metrics, one.name, one.max_duration_ms) for one in held]


@observation
def function_days(aws: Aws, target: Target, caller: Caller) -> list[objectives.Percentiles]:
    """The durations of each of the last seven whole days of every function that is held to percentiles."""
    held = [one for one in target.parts.functions if one.max_duration_ms]
    queries = [query for one in held for query in day_percentile_queries(one)]
    midnight = midnight_of(caller)
    measured = measure(aws.client("cloudwatch"), queries, midnight - WEEK, midnight)
    return [
        day
        for one in held
        for day in objectives.days(measured, one.name, one.max_duration_ms, midnight.date())
    ]


@observation
def failure_budgets(metrics: Measurements, target: Target) -> list[objectives.FailureBudget]:
    """The hour's failures of every function and of all together."""
    limits = {
        one.name: (
            one.max_error_rate if one.target_error_rate is None else one.target_error_rate,
            one.max_error_rate,
        )
        for one in target.parts.functions
    }
    return objectives.failure_budgets(metrics, limits)


@observation
def concurrency(
    aws: Aws, metrics: Measurements, function_throttles: list[functions.Throttling]
) -> list[objectives.Headroom]:
    """What ran at once: in the whole account, and of every function that has a reservation."""
    limit = functions.account_limit(aws.client("lambda"))
    reserved = [
        objectives.Headroom(one.name, one.concurrent, float(one.reserved), one.unseen)
        for one in function_throttles
        if one.reserved is not None
    ]
    return [objectives.account_headroom(metrics, limit, HIGH_SHARE_OF_CONCURRENCY), *reserved]


@observation(deadline_s=QUERY_S + 10)
def invocation_reports(aws: Aws, target: Target, caller: Caller) -> list[Reports]:
    """What the day's REPORT lines of every function say, by one query."""
    now = now_of(caller)
    groups = [one.log_group for one in target.parts.functions]
    return reports(aws.client("logs"), groups, now - timedelta(seconds=DAY_S), now, QUERY_S)


@observation
def function_starts(invocation_reports: list[Reports], target: Target) -> list[ColdStarts]:
    """The day's cold starts of every function that is held to a limit."""
    pairs = zip(invocation_reports, target.parts.functions, strict=True)
    return [cold_starts(found, one.name, one.max_init_ms) for found, one in pairs if one.max_init_ms]


@observation
def function_memory(invocation_reports: list[Reports], target: Target) -> list[Memory]:
    """The day's memory of every function that is held to a share."""
    pairs = zip(invocation_reports, target.parts.functions, strict=True)
    return [memory(found, one.name, one.max_memory_share) for found, one in pairs if one.max_memory_share]


@observation
def releases(aws: Aws, target: Target) -> list[Change]:
    """When each function was last changed, the latest first."""
    return changes(aws.client("lambda"), [one.name for one in target.parts.functions])


@observation(deadline_s=QUERY_S + 30)
def release_aftermath(
    aws: Aws,
    target: Target,
    caller: Caller,
    releases: list[Change],
    deployed_apis: list[apis.Deployment],
) -> list[Aftermath]:
    """What went wrong with functions and APIs in the first minutes after the latest change, so far.

    Raises:
        LookupError: no function was invoked meanwhile, so that nothing could go wrong.
    """
    released = releases[0].at
    until = min(now_of(caller), released + AFTERMATH)
    deployments = {deployment.name: deployment for deployment in deployed_apis}
    queries = list(release_queries(target.parts, deployments))
    measured = measure(aws.client("cloudwatch"), queries, released, until)
    names = [one.name for one in target.parts.functions]
    if not any(measured.of(name, "Invocations", "Sum") for name in names):
        raise LookupError(f"no function was invoked soon after the release at {released:%Y-%m-%d %H:%M}Z")
    groups = [one.log_group for one in target.parts.functions]
    found = search(aws.client("logs"), groups, ["ERROR"], released, until, QUERY_S, each)
    lines = [error_lines(name, one) for name, one in zip(names, found, strict=True)]
    failed = [aftermath(measured, name, "Errors", "Invocations") for name in names]
    refused = [aftermath(measured, one.name, apis.METRICS[one.kind][2]) for one in target.parts.apis]
    return [*failed, *refused, *lines]
