"""Does it cost what it may, and is somebody told when it does not?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.answers import require_seen
from fixtures.probes.budgets import Agreement, Spending


@named("budgets.agreed")
def test_every_budget_is_as_agreed(budget_agreements: list[Agreement]) -> None:
    """Every declared budget has its limit, and tells somebody at each percentage that was agreed."""
    assert [one for one in budget_agreements if one.differences] == []


@named("budgets.spent")
def test_no_budget_is_spent(budget_spending: list[Spending]) -> None:
    """Less is spent than the first notice of a budget, and no more is forecast than its last."""
    assert [one for one in budget_spending if one.is_high] == []
    require_seen(budget_spending)


@named("budgets.left")
def test_no_budget_is_exhausted(budget_spending: list[Spending]) -> None:
    """Of every budget something is left."""
    assert [one for one in budget_spending if one.is_exhausted] == []
    require_seen(budget_spending)
