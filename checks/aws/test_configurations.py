"""Are the functions able to run, set up as agreed, and of the right build?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inspections import Inspection


@named("functions.active")
def test_every_function_is_able_to_run(function_activity: list[Inspection]) -> None:
    """Every declared function is active, or merely asleep, and its last update was successful."""
    assert [one for one in function_activity if one.faults] == []


@named("functions.sized")
def test_every_function_has_time_and_memory(function_sizes: list[Inspection]) -> None:
    """Every declared function is given at least the time and the memory it needs."""
    assert [one for one in function_sizes if one.faults] == []


@named("functions.configured")
def test_every_function_has_its_role_and_variables(function_settings: list[Inspection]) -> None:
    """Every declared function runs under its role, and its variables have the agreed values."""
    assert [one for one in function_settings if one.faults] == []


@named("functions.built_alike")
def test_all_functions_are_built_alike(function_builds: list[Inspection]) -> None:
    """All functions are packaged alike: as archives on the agreed runtime, or as images that are named."""
    assert [one for one in function_builds if one.faults] == []


@named("functions.runtime_supported")
def test_every_runtime_is_supported(function_support: list[Inspection]) -> None:
    """No declared function runs on a runtime that AWS has deprecated."""
    assert [one for one in function_support if one.faults] == []


@named("functions.deployed")
def test_every_function_carries_the_deployment(function_deployments: list[Inspection]) -> None:
    """Every declared function was changed by the deployment under test, and has the pinned code."""
    assert [one for one in function_deployments if one.faults] == []


@named("functions.concurrency")
def test_every_function_may_run_as_often_as_agreed(function_capacities: list[Inspection]) -> None:
    """No function is reserved down to less than agreed, and what must be kept ready for one is ready."""
    assert [one for one in function_capacities if one.faults] == []
