"""How do functions miss their objectives?"""

from __future__ import annotations

from datetime import timedelta

from checks.aws.aiming import aim
from fixtures.twins.faults import fault
from fixtures.twins.world import World

PERIODS = 15
QUICK_MS = 20.0


@fault(
    notices=["functions.percentiles", "functions.tail_latency"],
    spares=["functions.failure_budget", "alarms.as_agreed"],
)
def latency_crossed_the_target(world: World) -> None:
    """For a quarter of an hour 2 % of a function's invocations took too long; p50 and p95 did not change, and
    it is over."""
    _, function = aim(world, "functions.percentiles", "functions", lambda one: one.max_duration_ms.get("p99"))
    slow = 1.75 * function.max_duration_ms["p99"]
    samples = (QUICK_MS,) * 49 + (slow,)
    window = world.clock.ago(minutes=PERIODS + 20), world.clock.ago(minutes=15)
    world.metrics.replace("AWS/Lambda", "Duration", {"FunctionName": function.name}, samples, window)


@fault(
    notices=["functions.percentiles"],
    spares=["functions.tail_latency", "functions.failure_budget", "functions.not_throttled"],
)
def a_function_grew_slow(world: World) -> None:
    """Every invocation of a function takes longer than half of them may."""
    _, function = aim(world, "functions.percentiles", "functions", lambda one: one.max_duration_ms.get("p50"))
    usual = 1.5 * function.max_duration_ms["p50"]
    world.metrics.replace("AWS/Lambda", "Duration", {"FunctionName": function.name}, (usual,) * 20)


@fault(notices=["functions.percentiles_by_day"], spares=["functions.percentiles", "alarms.quiet"])
def a_day_was_slow(world: World) -> None:
    """Three days ago every invocation of a function took longer than half of them may."""
    _, function = aim(
        world, "functions.percentiles_by_day", "functions", lambda one: one.max_duration_ms.get("p50")
    )
    midnight = world.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    window = midnight - timedelta(days=3), midnight - timedelta(days=2)
    usual = 1.5 * function.max_duration_ms["p50"]
    world.metrics.replace("AWS/Lambda", "Duration", {"FunctionName": function.name}, (usual,), window)


@fault(notices=["functions.failure_budget"], spares=["functions.percentiles", "tables.not_throttled"])
def too_many_calls_failed(world: World) -> None:
    """Of a thousand invocations in the hour twenty failed, all of one function."""
    _, function = aim(world, "functions.failure_budget", "functions")
    names, window = {"FunctionName": function.name}, (world.clock.ago(hours=2), None)
    world.metrics.replace("AWS/Lambda", "Invocations", names, (1.0,) * 16, window)
    world.metrics.replace(
        "AWS/Lambda", "Errors", names, lambda minute: 1.0 if minute % 3 == 0 else 0.0, window
    )


@fault(notices=["functions.cold_starts"], spares=["functions.memory_used", "functions.percentiles"])
def cold_starts_grew(world: World) -> None:
    """A cold start of a function took longer than two seconds."""
    _, function = aim(world, "functions.cold_starts", "functions", lambda one: one.max_init_ms)
    line = (
        "REPORT RequestId: 3f1d2c4b-0000-4d2e-9a51-6b7c8d9e0f10\tDuration: 80.00 ms\tBilled Duration: 80 ms"
        f"\tMemory Size: {function.memory_mb} MB\tMax Memory Used: {function.memory_mb // 3} MB"
        f"\tInit Duration: {function.max_init_ms + 1400:.2f} ms"
    )
    world.logs.append(function.log_group, line, world.clock.ago(hours=3))


@fault(notices=["functions.concurrency_headroom"], spares=["functions.failure_budget"])
def concurrency_came_near_the_limit(world: World) -> None:
    """The functions of the account ran 95 % of what they may at once."""
    aim(world, "functions.concurrency_headroom", "functions")
    most = 0.95 * world.functions.concurrency_limit
    world.metrics.replace("AWS/Lambda", "ConcurrentExecutions", {}, most)


@fault(notices=["functions.concurrency_headroom"], spares=["functions.failure_budget", "functions.present"])
def a_reservation_was_used_up(world: World) -> None:
    """A function ran all that is reserved for it at once."""
    _, function = aim(world, "functions.concurrency_headroom", "functions")
    world.functions.function(function.name).reserved = 12
    world.metrics.replace("AWS/Lambda", "ConcurrentExecutions", {"FunctionName": function.name}, 12.0)


@fault(notices=["functions.quiet_after_release"], spares=["functions.failure_budget", "logs.error_count"])
def errors_followed_the_release(world: World) -> None:
    """A function was changed half an hour ago; five minutes later three of its invocations failed."""
    _, function = aim(world, "functions.quiet_after_release", "functions")
    world.functions.function(function.name).modified = world.clock.ago(minutes=30)
    window = world.clock.ago(minutes=25), world.clock.ago(minutes=24)
    names = {"FunctionName": function.name}
    world.metrics.replace("AWS/Lambda", "Errors", names, (1.0,) * 3 + (0.0,) * 17, window)


@fault(notices=["functions.quiet_after_release"], spares=["functions.failure_budget", "logs.error_count"])
def an_error_line_followed_the_release(world: World) -> None:
    """A function was changed half an hour ago; five minutes later it logged an ERROR."""
    _, function = aim(world, "functions.quiet_after_release", "functions")
    world.functions.function(function.name).modified = world.clock.ago(minutes=30)
    world.logs.append(function.log_group, "[ERROR] KeyError: 'goal_id'", world.clock.ago(minutes=25))
