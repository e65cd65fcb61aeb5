"""How do services break?"""

from __future__ import annotations

from typing import Any

from checks.aws.aiming import aim
from fixtures.twins.ecs_records import Service
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


def _service(world: World, check: str) -> Service:
    """The first service of a system that has a check, as ECS has it."""
    return world.ecs.service(aim(world, check, "containers")[1].name)


def _checked_service(world: World, check: str) -> Service:
    return world.ecs.service(aim(world, check, "containers", lambda one: one.health_checked)[1].name)


def _names(service: Service) -> dict[str, str]:
    return {"ClusterName": service.cluster, "ServiceName": service.name}


@fault(notices=["containers.running", "containers.steady"], spares=["containers.never_fell_to_zero"])
def a_service_lost_a_task(world: World) -> None:
    """A service runs one task less than it should."""
    _service(world, "containers.running").running -= 1


@fault(notices=["containers.running", "containers.steady"], spares=["containers.healthy"])
def a_service_was_scaled_to_zero(world: World) -> None:
    """A service runs nothing, and is meant to."""
    service = _service(world, "containers.running")
    service.running = service.desired = 0


@fault(notices=["containers.running", "containers.steady"], spares=["containers.healthy"])
def a_service_vanished(world: World) -> None:
    """A service is not in its cluster any more."""
    name = _service(world, "containers.running").name

    def without(_call: Call, answer: Answer) -> Answer:
        gone = [one for one in answer["services"] if one["serviceName"] == name]
        failures = [{"arn": one["serviceArn"], "reason": "MISSING"} for one in gone]
        there = [one for one in answer["services"] if one["serviceName"] != name]
        return answer | {"services": there, "failures": answer["failures"] + failures}

    world.aws.rule("ecs", "DescribeServices", without)


@fault(notices=["containers.steady"], spares=["containers.running", "containers.healthy"])
def a_task_stayed_pending(world: World) -> None:
    """A service waits for a task beyond those it should run."""
    _service(world, "containers.steady").pending = 1


@fault(notices=["containers.never_fell_to_zero"], spares=["containers.running", "containers.steady"])
def a_service_fell_to_zero_for_a_while(world: World) -> None:
    """A service had no running task for ten minutes, half an hour ago."""
    window = world.clock.ago(minutes=40), world.clock.ago(minutes=30)
    names = _names(_service(world, "containers.never_fell_to_zero"))
    world.metrics.replace("ECS/ContainerInsights", "RunningTaskCount", names, 0.0, window)


@fault(notices=["containers.never_fell_to_zero"], spares=["containers.running", "containers.headroom"])
def container_insights_went_blind(world: World) -> None:
    """Nobody counts the running tasks of a service."""
    world.metrics.replace(
        "ECS/ContainerInsights",
        "RunningTaskCount",
        _names(_service(world, "containers.never_fell_to_zero")),
        None,
    )


@fault(notices=["containers.healthy"], spares=["containers.running", "containers.headroom"])
def a_task_became_unhealthy(world: World) -> None:
    """The running task of a service with a health check is UNHEALTHY."""
    world.ecs.tasks_of(_checked_service(world, "containers.healthy").name)[0].health = "UNHEALTHY"


@fault(notices=["containers.headroom"], spares=["containers.healthy", "containers.never_fell_to_zero"])
def a_service_ran_hot(world: World) -> None:
    """A service with a health check uses 95 % of its CPU."""
    world.metrics.replace(
        "AWS/ECS", "CPUUtilization", _names(_checked_service(world, "containers.headroom")), 95.0
    )


@fault(notices=["containers.headroom"], spares=["containers.healthy"])
def a_service_filled_its_memory(world: World) -> None:
    """A service with a health check uses 92 % of its memory."""
    world.metrics.replace(
        "AWS/ECS", "MemoryUtilization", _names(_checked_service(world, "containers.headroom")), 92.0
    )


@fault(notices=["containers.no_unplanned_stops"], spares=["containers.running", "containers.steady"])
def a_task_could_not_pull_its_image(world: World) -> None:
    """A task stopped ten minutes ago, before it ran: its image could not be pulled."""
    service = _service(world, "containers.no_unplanned_stops")
    name, desired = service.name, service.desired
    world.ecs.scale(name, desired + 1)
    task = world.ecs.tasks_of(name)[-1]
    world.ecs.scale(name, desired)
    world.ecs.stop_task(task, "CannotPullContainerError: image not found", "TaskFailedToStart")
    task.stopped = world.clock.ago(minutes=10)


@fault(notices=["containers.no_unplanned_stops"], spares=["containers.running", "containers.steady"])
def a_service_kept_restarting(world: World) -> None:
    """A service started four tasks today that no deployment asked for."""
    name = _service(world, "containers.no_unplanned_stops").name
    for hours in (9, 7, 5, 3):
        message = f"(service {name}) has started 1 tasks: (task {'0' * 31}{hours})."
        world.ecs.note(name, message, world.clock.ago(hours=hours))
