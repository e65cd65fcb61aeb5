"""Do user pools admit as agreed?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inspections import Inspection


@named("users.pool")
def test_every_pool_demands_enough(pool_admissions: list[Inspection]) -> None:
    """Every declared user pool exists, demands good passwords, and offers a second factor as agreed."""
    assert [one for one in pool_admissions if one.faults] == []


@named("users.client")
def test_every_client_is_as_agreed(pool_clients: list[Inspection]) -> None:
    """Every declared client has its flows and validities, no secret, hides who exists, and revokes tokens."""
    assert [one for one in pool_clients if one.faults] == []


@named("users.triggers")
def test_every_trigger_calls_an_active_function(pool_triggers: list[Inspection]) -> None:
    """Every trigger of a declared pool calls a function that is active."""
    assert [one for one in pool_triggers if one.faults] == []
