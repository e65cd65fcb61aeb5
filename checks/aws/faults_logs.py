"""How do logs break, and what do they tell of breaks?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from checks.aws.aiming import aim
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


def _silence(world: World, group: str, since: datetime) -> None:
    """Hide what a group was told after `since`, and what it is being told."""
    after = since.timestamp() * 1000

    def silent(call: Call, answer: Answer) -> Answer:
        if call.params.get("logGroupName") != group:
            return answer
        return answer | {"events": [one for one in answer["events"] if one["timestamp"] < after]}

    world.aws.rule("logs", "FilterLogEvents", silent)


@fault(notices=["logs.recent"], spares=["logs.containers_without_errors", "containers.running"])
def a_log_fell_silent(world: World) -> None:
    """A service has written nothing for a day."""
    _, service = aim(world, "logs.recent", "containers")
    _silence(world, service.log_group, world.clock.ago(hours=25))


@fault(notices=["apis.logged"], spares=["apis.deployed", "logs.apis_retained"])
def logs_went_silent(world: World) -> None:
    """An API has logged no request for five hours."""
    _, api = aim(world, "apis.logged", "apis", lambda one: one.log_group)
    _silence(world, api.log_group, world.clock.ago(hours=5))


@fault(notices=["logs.containers_without_errors"], spares=["logs.functions_without_errors", "logs.recent"])
def a_service_logged_an_error(world: World) -> None:
    """A service wrote a CRITICAL line five minutes ago."""
    _, service = aim(world, "logs.containers_without_errors", "containers")
    world.logs.append(service.log_group, "CRITICAL the store refused 75 rows", world.clock.ago(minutes=5))


def _tell(world: World, check: str, line: str, minutes: float = 5) -> None:
    """Let the first function write a line some minutes ago."""
    _, function = aim(world, check, "functions")
    world.logs.append(function.log_group, line, world.clock.ago(minutes=minutes))


@fault(
    notices=["logs.functions_without_errors"], spares=["logs.containers_without_errors", "logs.no_timeouts"]
)
def a_function_logged_an_error(world: World) -> None:
    """A function wrote an ERROR line five minutes ago."""
    _tell(world, "logs.functions_without_errors", "[ERROR] KeyError: 'stop_id'")


@fault(notices=["logs.no_timeouts"], spares=["logs.functions_without_errors"])
def an_invocation_timed_out(world: World) -> None:
    """An invocation was ended by its timeout five hours ago."""
    _tell(world, "logs.no_timeouts", "4c1f Task timed out after 30.03 seconds", minutes=300)


@fault(notices=["logs.no_recent_timeouts"], spares=["logs.no_crashes", "logs.error_count"])
def a_function_timed_out(world: World) -> None:
    """An invocation was ended by its timeout a quarter of an hour ago."""
    _tell(world, "logs.no_recent_timeouts", "4c1f Task timed out after 30.03 seconds", minutes=15)


@fault(notices=["logs.error_count"], spares=["functions.failure_budget", "logs.no_crashes"])
def errors_burst(world: World) -> None:
    """A function wrote a dozen ERROR lines in twelve minutes."""
    for minute in range(12):
        _tell(world, "logs.error_count", '{"level": "ERROR", "error_type": "KeyError"}', 5 + minute)


@fault(notices=["logs.no_crashes"], spares=["logs.error_count", "logs.no_timeouts"])
def a_function_could_not_be_loaded(world: World) -> None:
    """A function's code names a module that is not there."""
    line = "[ERROR] Runtime.ImportModuleError: Unable to import module 'index': No module named 'orders'"
    _tell(world, "logs.no_crashes", line)


@fault(notices=["logs.no_crashes", "functions.memory_used"], spares=["logs.error_count", "logs.no_timeouts"])
def a_function_ran_out_of_memory(world: World) -> None:
    """An invocation used all the memory of its function, and was killed for it."""
    _, function = aim(world, "functions.memory_used", "functions", lambda one: one.max_memory_share)
    request, size = "8f507cfc-0000-4697-b07a-ac58fc914c95", function.memory_mb
    _tell(world, "logs.no_crashes", f"RequestId: {request} Error: Runtime.OutOfMemory: signal: killed")
    _tell(
        world,
        "functions.memory_used",
        f"REPORT RequestId: {request}\tDuration: 900.00 ms\tBilled Duration: 900 ms"
        f"\tMemory Size: {size} MB\tMax Memory Used: {size} MB\tStatus: error",
    )


@fault(notices=["logs.no_throttling"], spares=["tables.not_throttled", "logs.error_count"])
def a_table_held_a_function_up(world: World) -> None:
    """A function logged that a table throttled it."""
    line = '{"level": "WARNING", "message": "An error occurred (ProvisionedThroughputExceededException)"}'
    _tell(world, "logs.no_throttling", line)


@fault(notices=["apis.no_gateway_errors"], spares=["apis.latency", "functions.failure_budget"])
def a_gateway_gave_up(world: World) -> None:
    """An API answered a request with 504, and logged it."""
    _, api = aim(world, "apis.no_gateway_errors", "apis", lambda one: one.log_group)
    world.logs.append(api.log_group, '{"routeKey": "GET /", "status": "504"}', world.clock.ago(minutes=7))
