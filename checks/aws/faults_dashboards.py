"""How do dashboards stop showing what they should?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from checks.aws.aiming import aim
from fixtures.parts import Dashboard
from fixtures.twins.faults import fault
from fixtures.twins.world import World

Widgets = list[dict[str, Any]]


def _bend(
    world: World,
    change: Callable[[Widgets], Widgets],
    fits: Callable[[Dashboard], object] = lambda _dashboard: True,
) -> None:
    """Give other widgets to the first dashboard that fits."""
    target, dashboard = aim(world, "dashboards.chart", "dashboards", fits)
    client = world.aws.client("cloudwatch", target.place.region)
    entries = client.list_dashboards(DashboardNamePrefix=dashboard.name)["DashboardEntries"]
    name = entries[0]["DashboardName"]
    sound = client.get_dashboard(DashboardName=name)["DashboardBody"]
    widgets = change(json.loads(sound)["widgets"])
    client.put_dashboard(DashboardName=name, DashboardBody=json.dumps({"widgets": widgets}))
    world.at_lift(lambda: client.put_dashboard(DashboardName=name, DashboardBody=sound))


@fault(notices=["dashboards.exist"], spares=["alarms.quiet"])
def the_dashboard_was_deleted(world: World) -> None:
    """A dashboard does not exist any more."""
    target, dashboard = aim(world, "dashboards.exist", "dashboards")
    client = world.aws.client("cloudwatch", target.place.region)
    [entry] = client.list_dashboards(DashboardNamePrefix=dashboard.name)["DashboardEntries"]
    name = entry["DashboardName"]
    body = client.get_dashboard(DashboardName=name)["DashboardBody"]
    client.delete_dashboards(DashboardNames=[name])
    world.at_lift(lambda: client.put_dashboard(DashboardName=name, DashboardBody=body))


@fault(notices=["dashboards.exist", "dashboards.chart"], spares=["alarms.quiet"])
def a_dashboard_was_emptied(world: World) -> None:
    """A dashboard has no widgets."""
    _bend(world, lambda _widgets: [])


@fault(notices=["dashboards.chart"], spares=["dashboards.exist"])
def a_dashboard_forgot_an_area(world: World) -> None:
    """A dashboard does not mention one of the things it must."""
    _, dashboard = aim(world, "dashboards.chart", "dashboards", lambda one: one.mentions)
    word = dashboard.mentions[-1]
    _bend(
        world,
        lambda widgets: [one for one in widgets if word not in json.dumps(one)],
        lambda one: one.mentions,
    )


@fault(notices=["dashboards.chart"], spares=["dashboards.exist"])
def the_dashboard_forgot_a_function(world: World) -> None:
    """The widget of a dashboard that charts the p99 of all functions lacks the last one."""

    def forgetful(widgets: Widgets) -> Widgets:
        slow = next(one for one in widgets if one["properties"].get("stat") == "p99")
        slow["properties"]["metrics"].pop()
        return widgets

    _bend(world, forgetful, lambda one: "functions" in one.covers)


@fault(notices=["dashboards.chart"], spares=["dashboards.exist"])
def a_dashboard_charted_a_ghost(world: World) -> None:
    """A widget of a dashboard charts a function that does not exist."""
    ghost = ["AWS/Lambda", "Errors", "FunctionName", "a-function-that-is-gone"]

    def haunted(widgets: Widgets) -> Widgets:
        chart = {"type": "metric", "properties": {"metrics": [ghost], "stat": "Sum"}}
        return (
            [*widgets[:-1], widgets[-1] | chart] if not widgets[-1].get("properties") else [*widgets, chart]
        )

    _bend(world, haunted)
