"""Who watches, and what may it cost? Dashboards, composite alarms, budgets and their subscribers."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.aws import Aws
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes import alarms, budgets, composites, dashboards
from fixtures.probes.metrics import Measurements
from fixtures.targets import Target

BILLING_REGION = "us-east-1"


@observation
def dashboard_bodies(aws: Aws, target: Target) -> list[dashboards.Dashboard]:
    """Every declared dashboard, read."""
    client = aws.client("cloudwatch")
    return each(
        lambda one: dashboards.dashboard(client, one.name, one.is_prefix, one.mentions),
        target.parts.dashboards,
    )


@observation
def chartings(
    aws: Aws, target: Target, dashboard_bodies: list[dashboards.Dashboard]
) -> list[dashboards.Charting]:
    """What each dashboard fails to show, or shows in vain."""
    parts = target.parts
    names = {kind: [one.name for one in getattr(parts, kind)] for kind in dashboards.DIMENSIONS}
    there = _existing(aws, target, dashboards.charted_kinds(dashboard_bodies))
    return [
        dashboards.charting(found, one.widgets, {kind: names[kind] for kind in one.covers}, there)
        for found, one in zip(dashboard_bodies, parts.dashboards, strict=True)
    ]


def _existing(aws: Aws, target: Target, kinds: list[str]) -> dict[str, list[str]]:
    """What there is of each kind, by name."""
    clusters = sorted({one.cluster for one in target.parts.containers})
    ways: dict[str, Callable[[], list[str]]] = {
        "functions": lambda: dashboards.function_names(aws.client("lambda")),
        "tables": lambda: dashboards.table_names(aws.client("dynamodb")),
        "containers": lambda: dashboards.service_names(aws.client("ecs"), clusters),
    }
    return dict(zip(kinds, each(lambda kind: ways[kind](), kinds), strict=True))


@observation
def composite_states(alarm_states: list[alarms.Alarm], target: Target) -> list[alarms.Alarm]:
    """Every declared composite alarm."""
    return composites.composites(alarm_states, [one.name for one in target.parts.composite_alarms])


@observation
def composite_agreements(
    aws: Aws, target: Target, alarm_states: list[alarms.Alarm], composite_states: list[alarms.Alarm]
) -> list[alarms.Agreement]:
    """Where the rule of each composite alarm differs from what was agreed."""
    there = composites.existing(aws.client("cloudwatch"), alarm_states, composite_states)
    return [
        composites.agreement(alarm, one.any_of, there)
        for alarm, one in zip(composite_states, target.parts.composite_alarms, strict=True)
    ]


@observation
def alarm_hunger(
    alarm_states: list[alarms.Alarm], metrics: Measurements, target: Target
) -> list[composites.Hunger]:
    """Whether the alarms on functions have data while these are invoked."""
    names = [one.name for one in target.parts.functions]
    found = [composites.hunger(alarm, metrics, names) for alarm in alarm_states]
    return [one for one in found if one is not None]


@observation
def cost_budgets(aws: Aws, target: Target) -> list[budgets.Budget]:
    """Every declared budget, and what is spent of it."""
    client = aws.client("budgets", BILLING_REGION)
    return each(lambda one: budgets.budget(client, target.account, one.name), target.parts.budgets)


@observation
def budget_notices(aws: Aws, target: Target, cost_budgets: list[budgets.Budget]) -> list[budgets.Notices]:
    """What each of them tells, and whom."""
    client = aws.client("budgets", BILLING_REGION)
    return each(lambda one: budgets.notices(client, target.account, one), cost_budgets)


@observation
def budget_agreements(
    aws: Aws, target: Target, cost_budgets: list[budgets.Budget], budget_notices: list[budgets.Notices]
) -> list[budgets.Agreement]:
    """Where each budget differs from what was agreed."""
    topics = budgets.topics_of(budget_notices)
    counts = each(
        lambda arn: alarms.confirmed_subscriptions(aws.client("sns", arn.split(":")[3]), arn), topics
    )
    subscribers = dict(zip(topics, counts, strict=True))
    return [
        budgets.agreement(
            found,
            told,
            one.limit_usd,
            {budgets.ACTUAL: one.actual_percent, budgets.FORECASTED: one.forecast_percent},
            one.topic,
            subscribers,
        )
        for found, told, one in zip(cost_budgets, budget_notices, target.parts.budgets, strict=True)
    ]


@observation
def budget_spending(target: Target, cost_budgets: list[budgets.Budget]) -> list[budgets.Spending]:
    """How much of each budget is spent, and will be."""
    return [
        budgets.spending(found, min(one.actual_percent, default=100), max(one.forecast_percent, default=100))
        for found, one in zip(cost_budgets, target.parts.budgets, strict=True)
    ]
