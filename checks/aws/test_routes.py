"""Who gets through the APIs, how often, and where to?"""

from __future__ import annotations

import pytest

from fixtures.binding import named
from fixtures.probes.inspections import Inspection, Round


@named("apis.guarded")
def test_every_route_asks_who_calls(route_guards: list[Inspection]) -> None:
    """Every declared route is there, and every route that is not declared open has an authorizer."""
    assert [one for one in route_guards if one.faults] == []


@named("apis.authorizer_ttl")
def test_no_authorizer_remembers_for_long(authorizer_memories: list[Inspection]) -> None:
    """No authorizer of an API that has a limit keeps its answers for longer than that."""
    assert [one for one in authorizer_memories if one.faults] == []


@named("apis.throttled")
def test_every_api_limits_its_callers(throttles: list[Inspection]) -> None:
    """The stage of every API that has limits holds its callers to exactly those."""
    assert [one for one in throttles if one.faults] == []


@named("apis.validated")
def test_every_body_is_validated(body_validations: Round) -> None:
    """Every POST and PUT method of an API that should validates the body."""
    if body_validations.why_not:
        pytest.skip(body_validations.why_not)
    assert [one for one in body_validations.found if one.faults] == []


@named("apis.keys_known")
def test_only_known_keys_work(key_ring: Round) -> None:
    """Every API key is among the allowed ones, and none that was revoked is enabled."""
    if key_ring.why_not:
        pytest.skip(key_ring.why_not)
    assert [one for one in key_ring.found if one.faults] == []


@named("functions.called_by_api")
def test_every_integration_leads_to_its_function(integrations: list[Inspection]) -> None:
    """Every declared integration leads to its function in time, which is able to run and lets the API in."""
    assert [one for one in integrations if one.faults] == []
