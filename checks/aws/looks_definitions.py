"""What are the services told to run, and do they? Their task definitions, images and rollouts."""

from __future__ import annotations

from fixtures.aws import Aws
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import Container
from fixtures.probes import definitions
from fixtures.probes import services as ecs_services
from fixtures.probes.containers import ServiceTasks
from fixtures.probes.definitions import Definition
from fixtures.probes.images import Repository
from fixtures.probes.inspections import Inspection
from fixtures.probes.services import Service
from fixtures.targets import Target


@observation
def newest_definitions(aws: Aws, services: list[Service], target: Target) -> dict[str, Definition]:
    """The newest task definition of the family of every declared service that exists, by service."""
    return _definitions(aws, {one.name: one.family for one in services if one.family}, target)


@observation
def service_definitions(
    aws: Aws, services: list[Service], newest_definitions: dict[str, Definition], target: Target
) -> dict[str, Definition]:
    """The task definition that every declared service that exists is told to run, by service."""
    others = {
        one.name: one.definition
        for one in services
        if one.name in newest_definitions and newest_definitions[one.name].id != one.definition
    }
    return newest_definitions | _definitions(aws, others, target)


def _definitions(aws: Aws, wanted: dict[str, str], target: Target) -> dict[str, Definition]:
    client = aws.client("ecs")
    variables = {one.name: one.environment for one in target.parts.containers}
    found = each(lambda name: definitions.definition(client, wanted[name], variables[name]), list(wanted))
    return dict(zip(wanted, found, strict=True))


@observation
def definition_agreements(service_definitions: dict[str, Definition], target: Target) -> list[Inspection]:
    """Where the task definition of a declared service is not as agreed."""
    return [
        definitions.agreement(one.name, service_definitions.get(one.name), _agreed(one, target))
        for one in target.parts.containers
    ]


def _agreed(one: Container, target: Target) -> definitions.Agreed:
    variables = {key: target.resolve(value) for key, value in one.environment.items()}
    return definitions.Agreed(one.cpu, one.memory_mb, one.log_group, one.role, one.execution_role, variables)


@observation
def images_in_use(
    service_definitions: dict[str, Definition],
    service_tasks: list[ServiceTasks],
    repositories: list[Repository],
) -> list[Inspection]:
    """Whether every declared service runs the image that its definition names."""
    there = {one.name: one for one in repositories}
    return [
        definitions.image_in_use(one.name, service_definitions.get(one.name), one, there)
        for one in service_tasks
    ]


@observation
def rollouts(
    services: list[Service], service_tasks: list[ServiceTasks], newest_definitions: dict[str, Definition]
) -> list[Inspection]:
    """Whether the latest rollout of every declared service is over."""
    tasks = {one.name: one for one in service_tasks}
    newest = {name: one.id for name, one in newest_definitions.items()}
    return [ecs_services.rollout(one, newest.get(one.name, ""), tasks[one.name]) for one in services]


@observation
def platforms(services: list[Service]) -> list[Inspection]:
    """Whether every declared service runs on the newest platform."""
    return [ecs_services.platform(one) for one in services]
