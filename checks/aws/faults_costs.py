"""How do budgets fail to hold, or to tell?"""

from __future__ import annotations

from checks.aws.aiming import aim
from fixtures.twins.budgets import Budget
from fixtures.twins.faults import fault
from fixtures.twins.world import World


def _budget(world: World) -> Budget:
    _, declared = aim(world, "budgets.agreed", "budgets")
    return world.budgets.budgets[declared.name]


@fault(notices=["budgets.spent", "budgets.left"], spares=["budgets.agreed"])
def the_budget_was_overspent(world: World) -> None:
    """130 % of a budget are spent."""
    budget = _budget(world)
    budget.actual_usd = budget.forecast_usd = 1.3 * budget.limit_usd


@fault(notices=["budgets.spent"], spares=["budgets.left"])
def most_of_a_budget_was_spent(world: World) -> None:
    """90 % of a budget are spent."""
    budget = _budget(world)
    budget.actual_usd = budget.forecast_usd = 0.9 * budget.limit_usd


@fault(notices=["budgets.spent"], spares=["budgets.agreed", "budgets.left"])
def a_month_was_forecast_to_be_dear(world: World) -> None:
    """Half of a budget is spent, but half as much again as there is will be."""
    budget = _budget(world)
    budget.forecast_usd = 1.5 * budget.limit_usd


@fault(notices=["budgets.agreed"], spares=["alarms.armed"])
def a_budget_was_deleted(world: World) -> None:
    """A budget does not exist any more."""
    del world.budgets.budgets[_budget(world).name]


@fault(notices=["budgets.agreed"], spares=["budgets.spent"])
def a_budget_was_raised(world: World) -> None:
    """A budget is ten times what was agreed."""
    budget = _budget(world)
    budget.limit_usd *= 10


@fault(notices=["budgets.agreed"], spares=["budgets.spent"])
def a_budget_went_by_the_quarter(world: World) -> None:
    """A budget is for three months."""
    _budget(world).time_unit = "QUARTERLY"


@fault(notices=["budgets.agreed"], spares=["budgets.spent"])
def a_budget_stopped_telling_of_forecasts(world: World) -> None:
    """A budget tells nobody what it will be."""
    budget = _budget(world)
    budget.notifications = [one for one in budget.notifications if one.kind != "FORECASTED"]


@fault(notices=["budgets.agreed"], spares=["budgets.spent"])
def a_budget_told_nobody(world: World) -> None:
    """The notices of a budget have no subscribers."""
    for notification in _budget(world).notifications:
        notification.subscribers.clear()
