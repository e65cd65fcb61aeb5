"""What goes through? The services that always send, the requests to the APIs, and what their gateways log."""

from __future__ import annotations

from datetime import datetime

from checks.aws.metric_questions import day_query
from checks.aws.questions import HOUR_S, WEEK, midnight_of, now_of
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import Api
from fixtures.probes import apis, loads, traffic
from fixtures.probes.logs import Matches, matches, newest
from fixtures.probes.metrics import Measurements, measure
from fixtures.targets import Target

PERIODS_NEEDED = 10
HIGH_LOAD = 80.0
INSIGHTS_DELAY_S = 300
# The gateway writes the status as text or as a number, as its log format says.
GATEWAY_ERRORS = " || ".join(
    f"$.status = {form}" for code in (502, 503, 504) for form in (f'"{code}"', str(code))
)


@observation
def steady_work(metrics: Measurements, target: Target) -> list[loads.Work]:
    """The hour's load of every service that always sends."""
    names = [one.name for one in target.parts.containers if one.sends]
    return [loads.work(metrics, name, PERIODS_NEEDED, HIGH_LOAD) for name in names]


@observation
def steady_sending(metrics: Measurements, target: Target) -> list[loads.Sending]:
    """What every service that always sends has sent of late."""
    names = [one.name for one in target.parts.containers if one.sends]
    return [loads.sending(metrics, name, INSIGHTS_DELAY_S) for name in names]


@observation
def request_days(
    aws: Aws, target: Target, caller: Caller, deployed_apis: list[apis.Deployment]
) -> Measurements:
    """The requests of each of the last seven whole days, to every API that is called by request."""
    midnight = midnight_of(caller)
    deployments = {deployment.name: deployment for deployment in deployed_apis}
    queries = [day_query(api, deployments[api.name]) for api in _asked(target)]
    return measure(aws.client("cloudwatch"), queries, midnight - WEEK, midnight)


@observation
def api_requests(
    api_metrics: Measurements, request_days: Measurements, target: Target
) -> list[traffic.Requests]:
    """How many requests each of them had: in the last hour, and day by day."""
    return [
        traffic.requests(api_metrics, request_days, api.name, apis.METRICS[api.kind][0])
        for api in _asked(target)
    ]


@observation
def api_integrations(api_metrics: Measurements, target: Target) -> list[traffic.Integration]:
    """How long the back ends took of every API that is held to that."""
    held = [api for api in target.parts.apis if api.max_integration_ms]
    return [
        traffic.integration(api_metrics, api.name, api.max_integration_ms, "p99" in api.max_latency_ms)
        for api in held
    ]


@observation
def gateway_error_lines(aws: Aws, target: Target, caller: Caller) -> list[Matches]:
    """The hour's 502, 503 and 504 in the access log of every API that has one."""
    client, now = aws.client("logs"), now_of(caller)
    groups = [api.log_group for api in target.parts.apis if api.log_group]
    return each(lambda one: matches(client, one, f"{{ {GATEWAY_ERRORS} }}", now, HOUR_S), groups)


@observation
def access_logs(
    aws: Aws, target: Target, caller: Caller, api_metrics: Measurements
) -> list[traffic.AccessLog]:
    """The newest line in the access log of every API that has one, beside the hour's requests."""
    client, now = aws.client("logs"), now_of(caller)

    def look(api: Api, group: str, now: datetime = now) -> traffic.AccessLog:
        line = newest(client, group, now, HOUR_S)
        return traffic.access_log(api_metrics, line, api.name, apis.METRICS[api.kind][0])

    logging = [(api, api.log_group) for api in target.parts.apis if api.log_group]
    return each(lambda pair: look(*pair), logging)


def _asked(target: Target) -> list[Api]:
    return [api for api in target.parts.apis if api.kind != "websocket" and api.endpoint]
