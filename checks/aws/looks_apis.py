"""What stands at the edge? APIs, and the way to the private ones."""

from __future__ import annotations

from checks.aws.metric_questions import gateway_queries
from checks.aws.questions import has_error_share, has_latency, hour_before, is_named, now_of
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes import apis, network
from fixtures.probes.metrics import Measurements, measure
from fixtures.targets import Target

WORST_5_MINUTES = 0.05


@observation
def deployed_apis(aws: Aws, target: Target) -> list[apis.Deployment]:
    """Every declared API: how often it exists, and whether its stage is deployed."""
    wanted = [(api.name, api.kind, api.stage) for api in target.parts.apis]
    of_v1 = [one for one in wanted if one[1] == "rest"]
    of_v2 = [one for one in wanted if one[1] != "rest"]
    found = apis.deployments(aws.client("apigatewayv2"), of_v2) if of_v2 else []
    return found + (apis.rest_deployments(aws.client("apigateway"), of_v1) if of_v1 else [])


@observation
def api_latencies(api_metrics: Measurements, target: Target) -> list[apis.Latency]:
    """The hour's latency percentiles of every API that is held to some."""
    return [
        apis.latency(api_metrics, api.name, api.max_latency_ms, api.min_requests)
        for api in target.parts.apis
        if has_latency(api)
    ]


@observation
def api_errors(api_metrics: Measurements, target: Target) -> list[apis.ErrorShare]:
    """The hour's error shares of every API that is held to some."""
    # The requests that this suite sends to be refused are among the 4xx: CloudWatch cannot tell them apart.
    return [
        apis.error_share(api_metrics, api.name, api.kind, api.max_5xx_rate, api.max_4xx_rate, WORST_5_MINUTES)
        for api in target.parts.apis
        if has_error_share(api)
    ]


@observation
def api_metrics(
    aws: Aws, target: Target, caller: Caller, metrics: Measurements, deployed_apis: list[apis.Deployment]
) -> Measurements:
    """The last hour of every API: of those that publish under their name it is known already, of the others
    asked in one question, by the ids that were found."""
    now = now_of(caller)
    deployments = {deployment.name: deployment for deployment in deployed_apis}
    queries = [
        query
        for api in target.parts.apis
        if not is_named(api)
        for query in gateway_queries(api, deployments[api.name])
    ]
    asked = measure(aws.client("cloudwatch"), queries, hour_before(now), now)
    known = {api.name for api in target.parts.apis if is_named(api)}
    return Measurements((*(one for one in metrics.series if one.part in known), *asked.series))


@observation
def vpc_links(aws: Aws, target: Target) -> list[network.Link]:
    """Every declared VPC link."""
    return network.links(aws.client("apigatewayv2"), [link.name for link in target.parts.vpc_links])


@observation
def target_health(aws: Aws, target: Target) -> list[network.Targets]:
    """The targets of every declared target group."""
    client = aws.client("elbv2")
    return each(lambda one: network.targets(client, one.name, one.min_healthy), target.parts.target_groups)
