"""How do task definitions and rollouts go wrong?"""

from __future__ import annotations

import dataclasses

from checks.aws.aiming import aim
from fixtures.twins.ecs_records import Deployment, Service, TaskDefinition
from fixtures.twins.faults import fault
from fixtures.twins.world import World

MEMORY = "OutOfMemoryError: Container killed due to memory usage"


def _service(world: World, check: str) -> Service:
    """The first service of a system that has a check, as ECS has it."""
    return world.ecs.service(aim(world, check, "containers")[1].name)


def _definition(world: World, check: str) -> TaskDefinition:
    return world.ecs.definition_of(_service(world, check).name)


@fault(notices=["containers.as_defined"], spares=["containers.running", "containers.images"])
def a_task_definition_shrank(world: World) -> None:
    """A service's tasks were given half of their memory."""
    _, declared = aim(world, "containers.as_defined", "containers", lambda one: one.memory_mb)
    world.ecs.definition_of(declared.name).memory_mb //= 2


@fault(notices=["containers.as_defined"], spares=["containers.running", "containers.images"])
def a_service_logged_elsewhere(world: World) -> None:
    """A service's tasks log to a group that nobody reads."""
    _definition(world, "containers.as_defined").log_group = "/ecs/somewhere-else"


@fault(notices=["containers.as_defined"], spares=["containers.running", "containers.images"])
def a_service_pointed_at_another_environment(world: World) -> None:
    """A variable of a service's tasks has another value than was agreed."""
    _, declared = aim(world, "containers.as_defined", "containers", lambda one: one.environment)
    variables = world.ecs.definition_of(declared.name).environment
    last = list(variables)[-1]
    variables[last] = f"{variables[last]}-of-another-environment"


@fault(notices=["containers.as_defined"], spares=["containers.running", "containers.images"])
def a_service_took_another_role(world: World) -> None:
    """A service's tasks run under a role that was not meant for them."""
    _, declared = aim(world, "containers.as_defined", "containers", lambda one: one.role)
    world.ecs.definition_of(declared.name).task_role += "-of-somebody-else"


@fault(notices=["containers.not_out_of_memory"], spares=["containers.running", "containers.steady"])
def a_task_ran_out_of_memory(world: World) -> None:
    """A task was killed for want of memory ten minutes ago."""
    service = _service(world, "containers.not_out_of_memory")
    world.ecs.scale(service.name, service.desired + 1)
    task = world.ecs.tasks_of(service.name)[-1]
    world.ecs.scale(service.name, service.desired - 1)
    world.ecs.stop_task(task, "Essential container in task exited", "EssentialContainerExited", 137)
    task.reason, task.stopped = MEMORY, world.clock.ago(minutes=10)


@fault(notices=["containers.not_out_of_memory"], spares=["containers.running", "containers.steady"])
def a_service_told_of_tasks_without_memory(world: World) -> None:
    """Five hours ago a service said that a task was killed for want of memory; ECS has forgotten the task."""
    name = _service(world, "containers.not_out_of_memory").name
    message = f"(service {name}) (task {'0' * 32}) failed: {MEMORY}."
    world.ecs.note(name, message, world.clock.ago(hours=5))


@fault(notices=["containers.rolled_out"], spares=["containers.running", "containers.as_defined"])
def a_rollout_got_stuck(world: World) -> None:
    """A second deployment of a service has been in progress for an hour, and three of its tasks failed."""
    service = _service(world, "containers.rolled_out")
    begun = world.clock.ago(hours=1)
    service.deployments[0].status = "ACTIVE"
    stuck = Deployment(
        "ecs-svc/1", service.definition, begun, begun, service.desired, 0, failed_tasks=3,
        rollout="IN_PROGRESS", rollout_reason="CannotPullContainerError",
    )  # fmt: skip
    service.deployments.insert(0, stuck)


@fault(notices=["containers.rolled_out"], spares=["containers.running", "containers.as_defined"])
def a_new_revision_was_not_deployed(world: World) -> None:
    """There is a newer revision of a task definition than the one that a service runs."""
    definition = _definition(world, "containers.rolled_out")
    newer = dataclasses.replace(definition, revision=definition.revision + 1)
    world.ecs.definitions[newer.id] = newer


@fault(notices=["containers.platform"], spares=["containers.running", "containers.rolled_out"])
def a_platform_was_pinned(world: World) -> None:
    """A service stays on an old version of its platform."""
    _service(world, "containers.platform").platform_version = "1.3.0"
