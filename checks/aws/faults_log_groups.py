"""How do log groups stop keeping, measuring and answering?"""

from __future__ import annotations

from dataclasses import replace

from checks.aws.aiming import aim
from fixtures.twins.faults import fault
from fixtures.twins.metric_filters import MetricFilter
from fixtures.twins.world import World


@fault(notices=["logs.functions_retained"], spares=["logs.containers_retained", "alarms.quiet"])
def a_log_group_vanished(world: World) -> None:
    """The log group of a function is gone: nobody can say what it wrote."""
    _, function = aim(world, "logs.functions_retained", "functions")
    world.logs.delete(function.log_group)


@fault(notices=["logs.functions_retained"], spares=["logs.containers_retained", "functions.present"])
def a_log_was_kept_for_ever(world: World) -> None:
    """Nothing is ever deleted from the log of a function."""
    _, function = aim(world, "logs.functions_retained", "functions")
    world.logs.create(function.log_group, None)


@fault(notices=["logs.containers_retained"], spares=["logs.functions_retained", "logs.recent"])
def a_services_log_was_kept_for_a_day(world: World) -> None:
    """The log of a service is kept for a day."""
    _, service = aim(world, "logs.containers_retained", "containers")
    world.logs.create(service.log_group, 1)


@fault(notices=["logs.apis_retained"], spares=["logs.functions_retained", "apis.logged"])
def an_access_log_was_kept_for_ever(world: World) -> None:
    """Nothing is ever deleted from the access log of an API."""
    _, api = aim(world, "logs.apis_retained", "apis", lambda one: one.log_group)
    world.logs.create(api.log_group, None)


@fault(notices=["logs.queries"], spares=["logs.functions_retained"])
def queries_failed(world: World) -> None:
    """Every query of the logs fails."""
    aim(world, "logs.queries", "functions")
    world.aws.rule("logs", "GetQueryResults", lambda _call, answer: answer | {"status": "Failed"})


def _filter(world: World) -> tuple[dict[str, MetricFilter], MetricFilter]:
    """The filters of the first log group that must have one, and that one."""
    _, declared = aim(world, "metric_filters.agreed", "metric_filters")
    filters = world.logs.groups[declared.log_group].filters
    return filters, filters[declared.name]


@fault(notices=["metric_filters.agreed"], spares=["logs.functions_retained"])
def a_metric_filter_was_deleted(world: World) -> None:
    """A metric filter does not exist any more."""
    filters, found = _filter(world)
    del filters[found.name]


@fault(notices=["metric_filters.agreed"], spares=["logs.functions_retained"])
def a_metric_filter_counted_tenfold(world: World) -> None:
    """A metric filter counts every line as ten."""
    filters, found = _filter(world)
    filters[found.name] = replace(found, transformation={**found.transformation, "metricValue": "10"})
