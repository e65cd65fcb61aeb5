"""How do logs break, and what do they tell of breaks?"""

from __future__ import annotations

from typing import Any

from checks.aws.faults_containers import first_service
from checks.aws.faults_functions import first_function
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


@fault(notices=["logs.recent"], spares=["logs.containers_without_errors", "containers.running"])
def a_log_fell_silent(world: World) -> None:
    """A service has written nothing for a day."""
    group = world.ecs.definition_of(first_service(world).name).log_group
    since = world.clock.ago(hours=25).timestamp() * 1000

    def silent(call: Call, answer: Answer) -> Answer:
        if call.params.get("logGroupName") != group:
            return answer
        return answer | {"events": [one for one in answer["events"] if one["timestamp"] < since]}

    world.aws.rule("logs", "FilterLogEvents", silent)


@fault(notices=["logs.containers_without_errors"], spares=["logs.functions_without_errors", "logs.recent"])
def a_service_logged_an_error(world: World) -> None:
    """A service wrote a CRITICAL line five minutes ago."""
    group = world.ecs.definition_of(first_service(world).name).log_group
    world.logs.append(group, "CRITICAL the store refused 75 rows", world.clock.ago(minutes=5))


def _function_log(world: World) -> str:
    return f"/aws/lambda/{first_function(world)['FunctionName']}"


@fault(
    notices=["logs.functions_without_errors"], spares=["logs.containers_without_errors", "logs.no_timeouts"]
)
def a_function_logged_an_error(world: World) -> None:
    """A function wrote an ERROR line five minutes ago."""
    line = "[ERROR] KeyError: 'stop_id'"
    world.logs.append(_function_log(world), line, world.clock.ago(minutes=5))


@fault(notices=["logs.no_timeouts"], spares=["logs.functions_without_errors"])
def an_invocation_timed_out(world: World) -> None:
    """An invocation was ended by its timeout five hours ago."""
    line = "4c1f Task timed out after 30.03 seconds"
    world.logs.append(_function_log(world), line, world.clock.ago(hours=5))


@fault(
    notices=["logs.functions_without_errors", "logs.no_timeouts"], spares=["logs.containers_without_errors"]
)
def a_functions_log_vanished(world: World) -> None:
    """The log group of a function is gone: nobody can say what it wrote."""
    world.logs.delete(_function_log(world))
