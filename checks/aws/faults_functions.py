"""How do functions break?"""

from __future__ import annotations

from typing import Any

from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


def first_function(world: World) -> dict[str, str]:
    """The dimensions of the first function that was declared."""
    return dict(world.metrics.keys("AWS/Lambda", "Invocations")[0][2])


def _timeout_ms(world: World, function: dict[str, str]) -> float:
    client = world.aws.client("lambda")
    return 1000.0 * float(client.get_function_configuration(**function)["Timeout"])


@fault(notices=["functions.present"], spares=["functions.duration", "apis.deployed"])
def a_function_was_deleted(world: World) -> None:
    """A function does not exist any more."""
    name = first_function(world)["FunctionName"]

    def without(_call: Call, answer: Answer) -> Answer:
        return answer | {"Functions": [one for one in answer["Functions"] if one["FunctionName"] != name]}

    world.aws.rule("lambda", "ListFunctions", without)


@fault(notices=["functions.invoked"], spares=["functions.error_rate", "functions.duration"])
def a_function_went_idle(world: World) -> None:
    """Nobody has called a function for an hour and a half."""
    window = world.clock.ago(minutes=90), None
    for metric in ("Invocations", "Errors", "Throttles", "Duration"):
        world.metrics.replace("AWS/Lambda", metric, first_function(world), None, window)


@fault(notices=["functions.duration"], spares=["functions.error_rate", "functions.invoked"])
def an_invocation_nearly_timed_out(world: World) -> None:
    """Twenty minutes ago an invocation took 95 % of its function's timeout."""
    function = first_function(world)
    window = world.clock.ago(minutes=20), world.clock.ago(minutes=19)
    durations = (90.0, 110.0, 0.95 * _timeout_ms(world, function))
    world.metrics.replace("AWS/Lambda", "Duration", function, durations, window)


@fault(notices=["functions.duration"], spares=["functions.error_rate", "functions.invoked"])
def a_function_became_slow(world: World) -> None:
    """Every invocation of a function takes 40 % of its timeout."""
    function = first_function(world)
    world.metrics.replace("AWS/Lambda", "Duration", function, (0.4 * _timeout_ms(world, function),) * 3)


@fault(notices=["functions.error_rate"], spares=["functions.invoked", "logs.functions_without_errors"])
def a_function_failed_often(world: World) -> None:
    """One in twenty invocations of a function fails."""

    def errors(minute: int) -> tuple[float, ...]:
        return (1.0,) * 3 if minute % 20 == 0 else (0.0,) * 3

    world.metrics.replace("AWS/Lambda", "Invocations", first_function(world), (1.0,) * 3)
    world.metrics.replace("AWS/Lambda", "Errors", first_function(world), errors)


@fault(notices=["functions.not_throttled"], spares=["functions.invoked", "functions.error_rate"])
def a_function_was_throttled(world: World) -> None:
    """Three calls of a function were throttled ten minutes ago."""
    window = world.clock.ago(minutes=10), world.clock.ago(minutes=9)
    world.metrics.replace("AWS/Lambda", "Throttles", first_function(world), (1.0,) * 3, window)


@fault(notices=["functions.not_throttled"], spares=["functions.invoked"])
def a_function_was_reserved_to_zero(world: World) -> None:
    """No execution is reserved for a function: it cannot run."""
    world.documents.held.reserved_concurrency[first_function(world)["FunctionName"]] = 0


@fault(notices=["functions.not_throttled"], spares=["functions.error_rate"])
def a_function_neared_the_accounts_limit(world: World) -> None:
    """A function ran 90 % of what the account may run at once."""
    share = 0.9 * world.documents.held.concurrency_limit
    world.metrics.replace("AWS/Lambda", "ConcurrentExecutions", first_function(world), share)


@fault(notices=["functions.invoked", "functions.duration", "functions.error_rate", "functions.not_throttled"],
       spares=["functions.present", "containers.never_fell_to_zero"])  # fmt: skip
def no_function_was_measured(world: World) -> None:
    """CloudWatch has nothing on any function: idle or unmeasured, nobody can tell."""
    for metric in ("Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"):
        world.metrics.replace("AWS/Lambda", metric, {}, None)
