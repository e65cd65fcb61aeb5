"""How do functions stop doing their work?"""

from __future__ import annotations

from typing import Any

from checks.aws.aiming import aim
from fixtures.twins.answers import ServiceError
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]
METRICS = ("Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions")


def _names(world: World, check: str) -> dict[str, str]:
    """The dimensions of the first function of a system that has a check."""
    return {"FunctionName": aim(world, check, "functions")[1].name}


def _remove(world: World, name: str, region: str) -> None:
    """Let Lambda know nothing of a function."""

    def without(call: Call, answer: Answer) -> Answer:
        if call.region != region:
            return answer
        if call.params.get("FunctionName") == name:
            raise ServiceError("ResourceNotFoundException", f"Function not found: {name}", 404)
        listed = [one for one in answer.get("Functions", []) if one["FunctionName"] != name]
        return answer | {"Functions": listed} if "Functions" in answer else answer

    world.aws.rule("lambda", "*", without)


@fault(notices=["functions.present"], spares=["functions.duration", "apis.deployed"])
def a_function_was_deleted(world: World) -> None:
    """A function does not exist any more."""
    target, function = aim(world, "functions.present", "functions")
    _remove(world, function.name, target.place.region)


@fault(notices=["functions.called_by_api", "functions.active", "functions.sized"],
       spares=["apis.guarded", "apis.deployed"])  # fmt: skip
def a_function_vanished(world: World) -> None:
    """The function behind a route does not exist any more."""
    target, api = aim(world, "functions.called_by_api", "apis", lambda one: one.integrations)
    _remove(world, next(iter(api.integrations.values())), target.place.region)


@fault(notices=["functions.invoked"], spares=["functions.error_rate", "functions.duration"])
def a_function_went_idle(world: World) -> None:
    """Nobody has called a function for an hour and a half."""
    window = world.clock.ago(minutes=90), None
    _, function = aim(world, "functions.invoked", "functions", lambda one: one.invoked_within_s)
    for metric in ("Invocations", "Errors", "Throttles", "Duration"):
        world.metrics.replace("AWS/Lambda", metric, {"FunctionName": function.name}, None, window)


@fault(notices=["functions.duration"], spares=["functions.error_rate", "functions.invoked"])
def an_invocation_nearly_timed_out(world: World) -> None:
    """Twenty minutes ago an invocation took 95 % of its function's timeout."""
    _, function = aim(world, "functions.duration", "functions")
    window = world.clock.ago(minutes=20), world.clock.ago(minutes=19)
    durations = (90.0, 110.0, 950.0 * function.timeout_s)
    world.metrics.replace("AWS/Lambda", "Duration", {"FunctionName": function.name}, durations, window)


@fault(notices=["functions.duration"], spares=["functions.error_rate", "functions.invoked"])
def a_function_became_slow(world: World) -> None:
    """Every invocation of a function takes longer than it should on average."""
    _, function = aim(world, "functions.duration", "functions", lambda one: one.max_average_s)
    durations = (1_200.0 * function.max_average_s,) * 3
    world.metrics.replace("AWS/Lambda", "Duration", {"FunctionName": function.name}, durations)


@fault(notices=["functions.error_rate"], spares=["functions.invoked", "logs.functions_without_errors"])
def a_function_failed_often(world: World) -> None:
    """One in twenty invocations of a function fails."""
    names = _names(world, "functions.error_rate")

    def errors(minute: int) -> tuple[float, ...]:
        return (1.0,) * 3 if minute % 20 == 0 else (0.0,) * 3

    world.metrics.replace("AWS/Lambda", "Invocations", names, (1.0,) * 3)
    world.metrics.replace("AWS/Lambda", "Errors", names, errors)


@fault(notices=["functions.not_throttled"], spares=["functions.invoked", "functions.error_rate"])
def a_function_was_throttled(world: World) -> None:
    """Three calls of a function were throttled ten minutes ago."""
    window = world.clock.ago(minutes=10), world.clock.ago(minutes=9)
    names = _names(world, "functions.not_throttled")
    world.metrics.replace("AWS/Lambda", "Throttles", names, (1.0,) * 3, window)


@fault(notices=["functions.not_throttled"], spares=["functions.invoked"])
def a_function_was_reserved_to_zero(world: World) -> None:
    """No execution is reserved for a function: it cannot run."""
    _, function = aim(world, "functions.not_throttled", "functions")
    world.functions.function(function.name).reserved = 0


@fault(notices=["functions.not_throttled"], spares=["functions.error_rate"])
def a_function_neared_the_accounts_limit(world: World) -> None:
    """A function ran 90 % of what the account may run at once."""
    share = 0.9 * world.functions.concurrency_limit
    names = _names(world, "functions.not_throttled")
    world.metrics.replace("AWS/Lambda", "ConcurrentExecutions", names, share)


@fault(notices=["functions.invoked", "functions.duration", "functions.error_rate", "functions.not_throttled"],
       spares=["functions.present", "containers.never_fell_to_zero"])  # fmt: skip
def no_function_was_measured(world: World) -> None:
    """CloudWatch has nothing on any function of a system: idle or unmeasured, nobody can tell."""
    target, _ = aim(world, "functions.error_rate", "functions")
    for function in target.parts.functions:
        for metric in METRICS:
            world.metrics.replace("AWS/Lambda", metric, {"FunctionName": function.name}, None)
