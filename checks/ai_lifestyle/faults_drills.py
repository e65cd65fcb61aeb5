"""What would a drill find broken?"""

from __future__ import annotations

from typing import Any

from checks.ai_lifestyle.twin.mounting import place_of
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

GOALS = "ai_lifestyle/api/goals"


@fault(notices=["LIFE-55"], spares=["LIFE-59", "LIFE-67"])
def the_previous_version_was_broken(world: World) -> None:
    """Before the live version, get_progress answered every request with 500."""
    target = next(one for one in world.targets if one.system.name == "ai_lifestyle")
    function = world.functions.function(place_of(target).functions["get_progress"])
    live = function.aliases["live"].version

    def before(request: Request) -> Request | Answer:
        is_asked = request.path.endswith("/progress") and function.aliases["live"].version != live
        return Answer.of({"message": "Internal server error"}, 500) if is_asked else request

    world.web.before(GOALS, before)


@fault(notices=["LIFE-59"], spares=["LIFE-55"])
def a_restored_copy_lost_its_index(world: World) -> None:
    """A restored table has no GSI1."""

    def change(call: Call, answer: dict[str, Any]) -> dict[str, Any]:
        table = answer["Table"]
        if not call.params["TableName"].endswith("-restored"):
            return answer
        kept = [one for one in table.get("GlobalSecondaryIndexes", []) if one["IndexName"] != "GSI1"]
        return {"Table": table | {"GlobalSecondaryIndexes": kept}}

    world.aws.rule("dynamodb", "DescribeTable", change)
