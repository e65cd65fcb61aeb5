"""Which metrics tell whether the objectives are kept? Those of load, stores and releases."""

from __future__ import annotations

from collections.abc import Iterator

from checks.aws.questions import (
    DAY_S,
    HOUR_S,
    MINUTE_S,
    PERIOD_S,
    api_dimensions,
    api_queries,
    is_named,
    queue_queries,
)
from fixtures.parts import Api, Container, Function, Parts, Table, TimestreamTable
from fixtures.probes import apis, consumption, containers
from fixtures.probes.metrics import Query

DYNAMODB, TIMESTREAM = "AWS/DynamoDB", "AWS/Timestream"
LATENCY = "SuccessfulRequestLatency"


def hour_queries(parts: Parts) -> Iterator[Query]:
    """The metrics of an hour that no other question asks for."""
    for container in parts.containers:
        yield from load_queries(container)
    for function in parts.functions:
        yield from percentile_queries(function)
    for table in parts.tables:
        yield from table_queries(table)
    for timestream_table in parts.timestream_tables:
        yield from write_queries(timestream_table)
    for queue in parts.queues:
        yield from queue_queries(queue)
    for api in parts.apis:
        if is_named(api):
            yield from gateway_queries(api, None)
    if parts.timestream_tables:
        yield from timestream_queries()
    if parts.functions:
        yield Query("account", "AWS/Lambda", "ConcurrentExecutions", (), "Maximum", PERIOD_S)


def load_queries(container: Container) -> Iterator[Query]:
    """What a service sends that always does; and its load, unless that is asked for anyway."""
    names = (("ClusterName", container.cluster), ("ServiceName", container.name))
    if not container.sends:
        return
    yield Query(container.name, "ECS/ContainerInsights", "NetworkTxBytes", names, "Sum", PERIOD_S)
    for metric in () if container.health_checked else containers.METRICS:
        yield Query(container.name, "AWS/ECS", metric, names, "Average", PERIOD_S)


def percentile_queries(function: Function) -> Iterator[Query]:
    """The percentiles that a function is held to, by the hour and by the period."""
    names = (("FunctionName", function.name),)
    if function.max_duration_ms:
        yield Query(function.name, "AWS/Lambda", "Duration", names, "SampleCount", HOUR_S)
    for statistic in function.max_duration_ms:
        for period_s in (HOUR_S, PERIOD_S):
            yield Query(function.name, "AWS/Lambda", "Duration", names, statistic, period_s)


def day_percentile_queries(function: Function) -> Iterator[Query]:
    """The percentiles that a function is held to, and its invocations, by the day."""
    names = (("FunctionName", function.name),)
    yield Query(function.name, "AWS/Lambda", "Invocations", names, "Sum", DAY_S)
    for statistic in function.max_duration_ms:
        yield Query(function.name, "AWS/Lambda", "Duration", names, statistic, DAY_S)


def table_queries(table: Table) -> Iterator[Query]:
    """What a table consumed, what of it was throttled, and what failed: by operation, by index."""
    names = (("TableName", table.name),)
    for metric in consumption.CONSUMED:
        yield Query(table.name, DYNAMODB, metric, names, "Sum", PERIOD_S)
    for index in (None, *(one.name for one in table.indexes)):
        part = table.name if index is None else f"{table.name}/{index}"
        within = names if index is None else (*names, ("GlobalSecondaryIndexName", index))
        for metric in consumption.THROTTLE_EVENTS:
            yield Query(part, DYNAMODB, metric, within, "Sum", PERIOD_S)
    for operation in consumption.OPERATIONS:
        for metric in ("ThrottledRequests", "SystemErrors"):
            within = (*names, ("Operation", operation))
            yield Query(f"{table.name} {operation}", DYNAMODB, metric, within, "Sum", PERIOD_S)


def write_queries(table: TimestreamTable) -> Iterator[Query]:
    """How often a Timestream table was written to, by the minute."""
    names = (("Operation", "WriteRecords"), ("DatabaseName", table.database), ("TableName", table.name))
    yield Query(table.name, TIMESTREAM, LATENCY, names, "SampleCount", MINUTE_S)


def timestream_queries() -> Iterator[Query]:
    """The errors and the queries of the account: Timestream does not tell them apart by table."""
    for operation in ("WriteRecords", "Query"):
        names = (("Operation", operation),)
        for metric in ("SystemErrors", "UserErrors"):
            yield Query(f"timestream {operation}", TIMESTREAM, metric, names, "Sum", PERIOD_S)
    yield Query("timestream Query", TIMESTREAM, LATENCY, (("Operation", "Query"),), "p90", HOUR_S)


def gateway_queries(api: Api, deployment: apis.Deployment | None) -> Iterator[Query]:
    """The hour of an API: what it is held to, and what went through."""
    yield from api_queries(api, deployment)
    yield from traffic_queries(api, deployment)


def traffic_queries(api: Api, deployment: apis.Deployment | None) -> Iterator[Query]:
    """An API's requests, and how long its back ends took; the p99 by the hour, as that of the API itself."""
    names, metric = api_dimensions(api, deployment), apis.METRICS[api.kind][0]
    yield Query(api.name, "AWS/ApiGateway", metric, names, "Sum", PERIOD_S)
    if not api.max_integration_ms:
        return
    for statistic in ("Maximum", "Sum", "SampleCount"):
        yield Query(api.name, "AWS/ApiGateway", "IntegrationLatency", names, statistic, PERIOD_S)
    if "p99" in api.max_integration_ms:
        yield Query(api.name, "AWS/ApiGateway", "IntegrationLatency", names, "p99", HOUR_S)


def day_query(api: Api, deployment: apis.Deployment) -> Query:
    """An API's requests by the day."""
    names = api_dimensions(api, deployment)
    return Query(api.name, "AWS/ApiGateway", apis.METRICS[api.kind][0], names, "Sum", DAY_S)


def release_queries(parts: Parts, deployments: dict[str, apis.Deployment]) -> Iterator[Query]:
    """The errors of every function and every API, by the minute."""
    for function in parts.functions:
        names = (("FunctionName", function.name),)
        for metric in ("Invocations", "Errors"):
            yield Query(function.name, "AWS/Lambda", metric, names, "Sum", MINUTE_S)
    for api in parts.apis:
        within, metric = api_dimensions(api, deployments[api.name]), apis.METRICS[api.kind][2]
        yield Query(api.name, "AWS/ApiGateway", metric, within, "Sum", MINUTE_S)
