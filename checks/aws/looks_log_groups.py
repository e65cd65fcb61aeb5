"""Are the logs kept, measured, and can they be asked? The groups of every part that writes one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import product

from checks.aws.questions import HOUR_S, QUERY_S, now_of
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes import log_retention, metric_filters
from fixtures.probes.insights import fifties
from fixtures.probes.log_queries import LogQuery, ask
from fixtures.targets import Target

# What somebody asks first who looks into an incident.
QUERIES = {
    "slow requests": "fields @timestamp, function_name, duration | filter duration > 200"
    " | sort duration desc | limit 20",
    "errors by type": 'filter level = "ERROR" | stats count(*) as errors by error_type | sort errors desc',
    "activity by user": "filter ispresent(user_id) | stats count(*) as requests by user_id, bin(1h)",
}


def _expected_days(target: Target, groups: list[str]) -> dict[str, int]:
    """How long each group should keep its lines: as it says itself, or as the system does."""
    usual = target.system.log_retention_days
    own = {one.name: one.retention_days or usual for one in target.parts.log_groups}
    return {group: own.get(group, usual) for group in groups}


def _kept(aws: Aws, target: Target, groups: list[str]) -> list[log_retention.Retention]:
    return log_retention.retentions(aws.client("logs"), _expected_days(target, groups))


@observation
def function_retentions(aws: Aws, target: Target) -> list[log_retention.Retention]:
    """How long the log of every function is kept."""
    return _kept(aws, target, [one.log_group for one in target.parts.functions])


@observation
def container_retentions(aws: Aws, target: Target) -> list[log_retention.Retention]:
    """How long the log of every service is kept."""
    return _kept(aws, target, [one.log_group for one in target.parts.containers])


@observation
def access_retentions(aws: Aws, target: Target) -> list[log_retention.Retention]:
    """How long the access log of every API is kept, and every group that is declared by itself."""
    groups = [one.log_group for one in target.parts.apis if one.log_group]
    groups += [one.name for one in target.parts.log_groups if one.name not in groups]
    return _kept(aws, target, groups)


@observation(deadline_s=QUERY_S + 10)
def log_queries(aws: Aws, target: Target, caller: Caller) -> list[LogQuery]:
    """How the questions that come first in an incident are answered over all functions, not with what."""
    client, now = aws.client("logs"), now_of(caller)
    since, parts = now - timedelta(seconds=HOUR_S), fifties([one.log_group for one in target.parts.functions])

    def answered(one: tuple[str, Sequence[str]]) -> LogQuery:
        return ask(client, one[0], one[1], QUERIES[one[0]], since, now, QUERY_S)

    return each(answered, product(QUERIES, parts))


@observation
def metric_filter_agreements(aws: Aws, target: Target) -> list[metric_filters.Agreement]:
    """Where each declared metric filter differs from what was agreed."""
    agreed = [
        metric_filters.MetricFilter(
            one.name, one.log_group, one.pattern, one.namespace, one.metric, one.value
        )
        for one in target.parts.metric_filters
    ]
    return metric_filters.agreements(aws.client("logs"), agreed)
