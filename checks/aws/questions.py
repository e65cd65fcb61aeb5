"""What do we ask AWS about the declared parts, and of which time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from fixtures.parts import Alarm, Api, Container, Function, Queue
from fixtures.probes import alarms, apis, containers, functions, identity, queues
from fixtures.probes.metrics import Query
from fixtures.targets import Target

if TYPE_CHECKING:  # faults ask these questions too, in a twin that knows no pytest
    from fixtures.aws import Caller

DAY_S, HOUR_S, PERIOD_S, MINUTE_S = 86_400, 3_600, 300, 60
QUERY_S = 60.0
"""How long a query of the logs may take."""
WEEK = timedelta(days=7)


def now_of(caller: Caller) -> datetime:
    """The present moment by AWS's clock."""
    return datetime.now(UTC) + timedelta(seconds=caller.clock_offset_s)


def midnight_of(caller: Caller) -> datetime:
    """When the day of UTC began, by AWS's clock."""
    return now_of(caller).replace(hour=0, minute=0, second=0, microsecond=0)


def hour_before(now: datetime) -> datetime:
    """An hour before, at the beginning of a period, so that every period but the last is whole."""
    return datetime.fromtimestamp((now.timestamp() - HOUR_S) // PERIOD_S * PERIOD_S, UTC)


def container_queries(container: Container) -> Iterator[Query]:
    """The metrics of a service; its load only where its health is checked."""
    dimensions = (("ClusterName", container.cluster), ("ServiceName", container.name))
    name = container.name
    yield Query(name, "ECS/ContainerInsights", "RunningTaskCount", dimensions, "Minimum", PERIOD_S)
    if container.health_checked:
        for metric in containers.METRICS:
            yield Query(name, "AWS/ECS", metric, dimensions, "Average", PERIOD_S)


def function_queries(function: Function) -> Iterator[Query]:
    """The metrics of a function; its invocations by the minute, because being idle is a matter of minutes."""
    dimensions = (("FunctionName", function.name),)
    yield Query(function.name, "AWS/Lambda", "Invocations", dimensions, "Sum", MINUTE_S)
    for metric, statistic in functions.METRICS:
        yield Query(function.name, "AWS/Lambda", metric, dimensions, statistic, PERIOD_S)


def queue_queries(queue: Queue) -> Iterator[Query]:
    """How long the oldest message of a queue has waited, if that is limited."""
    if queue.max_age_s is not None:
        dimensions = (("QueueName", queue.name),)
        yield Query(queue.name, "AWS/SQS", queues.OLDEST, dimensions, "Maximum", PERIOD_S)


def is_named(api: Api) -> bool:
    """Whether an API's metrics are published under its name, not under an id that must be found first."""
    return apis.DIMENSIONS[api.kind] == "ApiName"


def api_dimensions(api: Api, deployment: apis.Deployment | None) -> tuple[tuple[str, str], ...]:
    """What an API's metrics are published under.

    Raises:
        LookupError: under its id, and there is not exactly one of its name.
    """
    if deployment is None or is_named(api):
        return (("ApiName", api.name),)
    return ((apis.DIMENSIONS[api.kind], deployment.id),)


def api_queries(api: Api, deployment: apis.Deployment | None) -> Iterator[Query]:
    """The metrics of an API that is held to a latency or an error rate; the latency by the hour, because
    percentiles cannot be put together from shorter periods.

    Raises:
        LookupError: it publishes under its id, and there is not exactly one of its name.
    """
    if not (has_latency(api) or has_error_share(api)):
        return
    dimensions = api_dimensions(api, deployment)
    for statistic in ("SampleCount", *api.max_latency_ms) if has_latency(api) else ():
        yield Query(api.name, "AWS/ApiGateway", "Latency", dimensions, statistic, HOUR_S)
    for metric in apis.METRICS[api.kind] if has_error_share(api) else ():
        yield Query(api.name, "AWS/ApiGateway", metric, dimensions, "Sum", PERIOD_S)


def has_latency(api: Api) -> bool:
    """Whether the API is held to a latency."""
    return bool(api.max_latency_ms)


def has_error_share(api: Api) -> bool:
    """Whether the API is held to an error rate."""
    return api.max_5xx_rate is not None or api.max_4xx_rate is not None


def agreed(alarm: Alarm) -> alarms.Definition:
    """What an alarm should watch, by the manifest."""
    return alarms.Definition(
        alarm.namespace,
        alarm.metric,
        dict(alarm.dimensions),
        alarm.statistic,
        alarm.period_s,
        alarm.evaluation_periods,
        alarm.comparison,
        alarm.threshold,
        alarm.datapoints_to_alarm or alarm.evaluation_periods,
        alarm.treat_missing_data,
    )


def reads(target: Target) -> Iterator[identity.Read]:
    """One read of each AWS service that the declared parts need, about the first part that needs it."""
    for (service, operation), ways in (_to_run(target) | _to_keep(target)).items():
        for parameters in ways[:1]:
            yield identity.Read(service, operation, parameters)


def _to_run(target: Target) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """How to read of what computes, answers and is logged, for each such part."""
    parts = target.parts
    return {
        ("ecs", "DescribeServices"): [
            {"cluster": one.cluster, "services": [one.name]} for one in parts.containers
        ],
        ("lambda", "ListFunctions"): [{"MaxItems": 1} for _ in parts.functions],
        ("ecr", "DescribeRepositories"): [{"repositoryNames": [one.name]} for one in parts.repositories],
        ("cloudfront", "ListDistributions"): [{"MaxItems": "1"} for _ in parts.distributions],
        ("sqs", "GetQueueUrl"): [{"QueueName": one.name} for one in parts.queues],
        ("cloudwatch", "DescribeAlarms"): [{"MaxRecords": 1}],
        ("logs", "FilterLogEvents"): [
            {"logGroupName": group, "limit": 1}
            for group in [one.log_group for one in parts.containers]
            + [one.log_group for one in parts.functions]
        ],
        ("apigatewayv2", "GetApis"): [{"MaxResults": "1"} for one in parts.apis if one.kind != "rest"],
        ("apigateway", "GetRestApis"): [{"limit": 1} for one in parts.apis if one.kind == "rest"],
    }


def _to_keep(target: Target) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """How to read of what is stored, guarded and watched, for each such part."""
    parts, region = target.parts, target.place.region
    return {
        ("secretsmanager", "DescribeSecret"): [{"SecretId": one.name} for one in parts.secrets],
        ("dynamodb", "DescribeTable"): [{"TableName": one.name} for one in parts.tables],
        ("timestream-query", "Query"): [{"QueryString": "SELECT 1"} for _ in parts.timestream_tables],
        ("timestream-write", "DescribeTable"): [
            {"DatabaseName": one.database, "TableName": one.name} for one in parts.timestream_tables
        ],
        ("s3", "ListBuckets"): [{} for _ in parts.buckets],
        ("iam", "GetAccountAuthorizationDetails"): [{"MaxItems": 1} for _ in parts.roles],
        ("cognito-idp", "ListUserPools"): [{"MaxResults": 1} for _ in parts.user_pools],
        ("ec2", "DescribeSecurityGroups"): [{"MaxResults": 5} for _ in parts.security_groups],
        ("cloudtrail", "DescribeTrails"): [{}] if parts.audit and parts.audit.trail else [],
        ("config", "DescribeConfigurationRecorderStatus"): [{}]
        if parts.audit and parts.audit.recorder
        else [],
        ("guardduty", "ListDetectors"): [{}] if parts.audit and parts.audit.detector else [],
        ("elbv2", "DescribeTargetGroups"): [{"Names": [one.name]} for one in parts.target_groups],
        ("budgets", "DescribeBudget"): [
            {"AccountId": target.account, "BudgetName": one.name} for one in parts.budgets
        ],
        ("events", "DescribeRule"): [
            {"Name": one.name, "EventBusName": one.bus} for one in parts.event_rules
        ],
        ("sns", "ListSubscriptionsByTopic"): [
            {"TopicArn": f"arn:aws:sns:{region}:{target.account}:{one.name}"} for one in parts.topics
        ],
    }
