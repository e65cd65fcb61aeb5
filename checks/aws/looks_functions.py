"""Who is called? Every declared service and function in CloudWatch, every function in Lambda."""

from __future__ import annotations

from checks.aws.metric_questions import hour_queries
from checks.aws.questions import container_queries, function_queries, hour_before, now_of
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes import functions
from fixtures.probes.configurations import MISSING, Configuration
from fixtures.probes.metrics import Measurements, measure
from fixtures.targets import Target

METRIC_DELAY_S = 180
LONG_SHARE_OF_TIMEOUT = 0.8
HIGH_SHARE_OF_CONCURRENCY = 0.8


@observation
def metrics(aws: Aws, target: Target, caller: Caller) -> Measurements:
    """The last hour of every declared service, function and table, 500 metrics in a question."""
    now = now_of(caller)
    queries = [query for container in target.parts.containers for query in container_queries(container)]
    queries += [query for function in target.parts.functions for query in function_queries(function)]
    queries += hour_queries(target.parts)
    return measure(aws.client("cloudwatch"), queries, hour_before(now), now, each)


@observation
def function_list(aws: Aws, target: Target) -> list[functions.Presence]:
    """Which of the declared functions exist."""
    return functions.presences(aws.client("lambda"), [one.name for one in target.parts.functions])


@observation
def function_calls(metrics: Measurements, target: Target) -> list[functions.Calls]:
    """The recent invocations of every function that must have some."""
    return [
        functions.calls(metrics, one.name, one.invoked_within_s, METRIC_DELAY_S)
        for one in target.parts.functions
        if one.invoked_within_s is not None
    ]


@observation
def function_durations(metrics: Measurements, target: Target) -> list[functions.Duration]:
    """How long the hour's invocations took, beside the declared timeouts."""
    return [
        functions.duration(metrics, one.name, one.timeout_s * LONG_SHARE_OF_TIMEOUT, one.max_average_s)
        for one in target.parts.functions
    ]


@observation
def function_errors(metrics: Measurements, target: Target) -> list[functions.ErrorRate]:
    """How many of the hour's invocations failed."""
    return [functions.error_rate(metrics, one.name, one.max_error_rate) for one in target.parts.functions]


@observation
def function_throttles(
    aws: Aws, metrics: Measurements, function_configurations: list[Configuration]
) -> list[functions.Throttling]:
    """What keeps the functions that exist from running as often as they are asked."""
    limit = functions.account_limit(aws.client("lambda"))
    return [
        functions.throttling(metrics, one.name, one.reserved, limit, HIGH_SHARE_OF_CONCURRENCY)
        for one in function_configurations
        if one.state != MISSING
    ]
