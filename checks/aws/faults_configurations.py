"""How do functions come to be set up wrongly?"""

from __future__ import annotations

from datetime import timedelta

from checks.aws.aiming import aim
from fixtures.twins.faults import fault
from fixtures.twins.functions import Function, code_of
from fixtures.twins.world import World


def _function(world: World, check: str) -> Function:
    """The first function of a system that has a check, as Lambda has it."""
    return world.functions.function(aim(world, check, "functions")[1].name)


@fault(notices=["functions.active"], spares=["functions.sized", "functions.present"])
def a_function_update_failed(world: World) -> None:
    """The last update of a function failed; it runs on as it was."""
    function = _function(world, "functions.active")
    function.last_update = "Failed"
    function.last_update_reason = "InvalidImage", "The image could not be pulled."


@fault(notices=["functions.active"], spares=["functions.sized", "functions.present"])
def a_function_could_not_start(world: World) -> None:
    """A function is in state Failed."""
    function = _function(world, "functions.active")
    function.state, function.state_reason = "Failed", ("EniLimitExceeded", "No network interface is left.")


@fault(notices=["functions.sized"], spares=["functions.active", "functions.configured"])
def a_function_fell_back_to_small_defaults(world: World) -> None:
    """A function has 3 s and 128 MB, as one has that nobody gave more."""
    function = _function(world, "functions.sized")
    function.timeout_s, function.memory_mb = 3, 128


@fault(notices=["functions.configured"], spares=["functions.active", "functions.sized"])
def a_function_pointed_at_another_environment(world: World) -> None:
    """A variable of a function names a resource of another environment."""
    _, declared = aim(world, "functions.configured", "functions", lambda one: one.environment)
    variables = world.functions.function(declared.name).environment
    last = [key for key, value in variables.items() if not value.startswith("env:")][-1]
    variables[last] = f"{variables[last]}-of-another-environment"


@fault(notices=["functions.configured"], spares=["functions.active", "functions.sized"])
def a_function_forgot_its_variables(world: World) -> None:
    """A function was deployed without its variables."""
    _, declared = aim(world, "functions.configured", "functions", lambda one: one.environment)
    world.functions.function(declared.name).environment.clear()


@fault(notices=["functions.configured"], spares=["functions.active", "functions.sized"])
def a_function_took_another_role(world: World) -> None:
    """A function runs under a role that was not meant for it."""
    _, declared = aim(world, "functions.configured", "functions", lambda one: one.role)
    world.functions.function(declared.name).role += "-of-somebody-else"


@fault(notices=["functions.built_alike"], spares=["functions.active", "functions.sized"])
def a_function_was_built_differently(world: World) -> None:
    """A function is an archive on an old runtime, unlike all others."""
    function = _function(world, "functions.built_alike")
    function.code, function.runtime = code_of("by hand"), "python3.8"


@fault(notices=["functions.runtime_supported"], spares=["functions.active", "functions.sized"])
def the_runtime_aged(world: World) -> None:
    """A function runs on a runtime that AWS has given up."""
    _, declared = aim(world, "functions.runtime_supported", "functions", lambda one: not one.image)
    world.functions.function(declared.name).runtime = "python3.8"


@fault(notices=["functions.deployed"], spares=["functions.active", "functions.configured"])
def a_function_missed_the_deployment(world: World) -> None:
    """A function was not changed by the latest deployment."""
    _function(world, "functions.deployed").modified -= timedelta(days=40)


@fault(notices=["functions.concurrency"], spares=["functions.active", "functions.alias_published"])
def a_function_was_blocked_by_reservation(world: World) -> None:
    """A function is reserved down to zero: no call gets through."""
    _function(world, "functions.concurrency").reserved = 0
