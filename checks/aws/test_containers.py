"""Do the services run, without pause, and in good health?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.answers import require_seen
from fixtures.probes.containers import Load, ServiceStops, ServiceTasks, TaskCount
from fixtures.probes.inspections import Inspection
from fixtures.probes.services import Service

MOST_UNPLANNED_STARTS = 2


@named("containers.running")
def test_every_service_runs_its_tasks(services: list[Service]) -> None:
    """Every declared service exists, is active and runs the tasks it should."""
    assert [one for one in services if not one.is_running] == []


@named("containers.steady")
def test_no_service_waits_for_tasks(services: list[Service]) -> None:
    """Every declared service runs as many tasks as it should, at least one, and none is on its way."""
    assert [one for one in services if not one.is_steady] == []


@named("containers.never_fell_to_zero")
def test_no_service_fell_to_zero(task_counts: list[TaskCount]) -> None:
    """No declared service was without a running task at any time in the last hour."""
    assert [one for one in task_counts if one.fell_to_zero] == []
    require_seen(task_counts)


@named("containers.healthy")
def test_every_checked_task_is_healthy(checked_tasks: list[ServiceTasks]) -> None:
    """Every service with a health check has a running task, and every running one is healthy."""
    assert [one for one in checked_tasks if not one.is_healthy] == []


@named("containers.headroom")
def test_checked_services_have_headroom(checked_loads: list[Load]) -> None:
    """Every service with a health check used less than 80 % of its CPU and memory in the last hour."""
    assert [one for one in checked_loads if one.is_high] == []
    require_seen(checked_loads)


@named("containers.no_unplanned_stops")
def test_no_task_stopped_unplanned(stopped_tasks: list[ServiceStops], services: list[Service]) -> None:
    """No task stopped unplanned in the last hour, and no service started more than two unplanned in a day."""
    assert [one for one in stopped_tasks if one.unplanned] == []
    assert [one for one in services if one.unplanned_starts > MOST_UNPLANNED_STARTS] == []


@named("containers.not_out_of_memory")
def test_no_task_ran_out_of_memory(stopped_tasks: list[ServiceStops], services: list[Service]) -> None:
    """No task that ECS remembers was stopped for want of memory, and no service told of one in a day."""
    assert [one for one in stopped_tasks if one.out_of_memory] == []
    assert [one for one in services if one.starvation] == []


@named("containers.as_defined")
def test_every_service_is_defined_as_agreed(definition_agreements: list[Inspection]) -> None:
    """Every declared service's task definition has the agreed size, roles, variables and log group."""
    assert [one for one in definition_agreements if one.faults] == []


@named("containers.rolled_out")
def test_every_rollout_is_over(rollouts: list[Inspection]) -> None:
    """Every declared service has one completed deployment without failed tasks, on the newest revision."""
    assert [one for one in rollouts if one.faults] == []


@named("containers.platform")
def test_every_service_runs_on_the_newest_platform(platforms: list[Inspection]) -> None:
    """Every declared service runs on the latest version of its platform."""
    assert [one for one in platforms if one.faults] == []
