"""What runs? Every declared service, its tasks and its load."""

from __future__ import annotations

from itertools import groupby

from checks.aws.questions import HOUR_S, now_of
from fixtures.aws import Aws, Caller
from fixtures.observations import observation
from fixtures.probes import containers
from fixtures.probes import services as ecs_services
from fixtures.probes.metrics import Measurements
from fixtures.probes.services import Service
from fixtures.targets import Target

PERIODS_NEEDED = 10
HIGH_LOAD = 80.0


def _by_cluster(target: Target) -> list[tuple[str, list[str]]]:
    """(cluster, names of its declared services)."""
    ordered = sorted(target.parts.containers, key=lambda container: container.cluster)
    return [
        (cluster, [one.name for one in members])
        for cluster, members in groupby(ordered, lambda container: container.cluster)
    ]


@observation
def services(aws: Aws, target: Target, caller: Caller) -> list[Service]:
    """Every declared service, as ECS describes it."""
    client, now = aws.client("ecs"), now_of(caller)
    return [
        one
        for cluster, names in _by_cluster(target)
        for one in ecs_services.services(client, cluster, names, now)
    ]


@observation
def service_tasks(aws: Aws, target: Target) -> list[containers.ServiceTasks]:
    """The tasks of every declared service."""
    client = aws.client("ecs")
    return [
        one
        for cluster, names in _by_cluster(target)
        for one in containers.running_tasks(client, cluster, names)
    ]


@observation
def checked_tasks(
    service_tasks: list[containers.ServiceTasks], target: Target
) -> list[containers.ServiceTasks]:
    """The tasks of every service that has a health check."""
    checked = {container.name for container in target.parts.containers if container.health_checked}
    return [one for one in service_tasks if one.name in checked]


@observation
def stopped_tasks(aws: Aws, target: Target, caller: Caller) -> list[containers.ServiceStops]:
    """What ended unplanned in the last hour, for every declared service."""
    client, now = aws.client("ecs"), now_of(caller)
    return [
        one
        for cluster, names in _by_cluster(target)
        for one in containers.unplanned_stops(client, cluster, names, now, HOUR_S)
    ]


@observation
def task_counts(metrics: Measurements, target: Target) -> list[containers.TaskCount]:
    """The fewest running tasks of every declared service in the last hour."""
    return [containers.task_count(metrics, one.name, PERIODS_NEEDED) for one in target.parts.containers]


@observation
def checked_loads(metrics: Measurements, target: Target) -> list[containers.Load]:
    """The hour's average CPU and memory of every service that has a health check."""
    checked = [container for container in target.parts.containers if container.health_checked]
    return [containers.load(metrics, container.name, HIGH_LOAD) for container in checked]
