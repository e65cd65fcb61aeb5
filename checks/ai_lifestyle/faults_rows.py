"""In which ways does the goals table go wrong?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from checks.ai_lifestyle.twin.mounting import NAME
from checks.ai_lifestyle.twin.seed import LEGACY, STANDING
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.faults import fault
from fixtures.twins.items import Item, Items
from fixtures.twins.routing import Call
from fixtures.twins.world import World

GOALS = "ai_lifestyle/api/goals"
GLOBAL, GLOBAL_SHARE = "GLOBAL", 0.4


def _items(world: World) -> Items:
    items: Items = world.apps[NAME].store.items
    return items


def _goals(world: World) -> list[Item]:
    return [item for item in _items(world).where() if item["SK"]["S"].startswith("GOAL#")]


def _goal(world: World, title: str) -> Item:
    (found,) = _items(world).where(title=title)
    return found


def _activities(world: World, goal: Item) -> list[Item]:
    """The activities of a goal, the oldest first."""
    return _items(world).of(goal["PK"]["S"], f"ACTIVITY#{goal['goal_id']['S']}#")


@fault(notices=["LIFE-96"], spares=["LIFE-36", "LIFE-42"])
def the_data_went_stale(world: World) -> None:
    """Nothing was logged to the standing goals for four days."""
    last = (world.clock.now() - timedelta(days=4)).isoformat()
    for planned in STANDING:
        goal = _goal(world, planned.title)
        activities = _activities(world, goal)
        for one in activities:
            if one["logged_at"]["S"] > last:
                _items(world).delete(one["PK"]["S"], one["SK"]["S"])
        newest = max(one["logged_at"]["S"] for one in activities if one["logged_at"]["S"] <= last)
        _items(world).put([goal | {"updated_at": {"S": newest}}])


@fault(notices=["LIFE-97", "LIFE-63"], spares=["LIFE-42"])
def rows_came_from_the_future(world: World) -> None:
    """An activity was logged the day after tomorrow."""
    *_, newest = _activities(world, _goal(world, STANDING[0].title))
    logged = datetime.fromisoformat(newest["logged_at"]["S"]) + timedelta(days=2)
    key = newest["SK"]["S"].replace(newest["logged_at"]["S"], logged.isoformat())
    moved = {"SK": {"S": key}, "logged_at": {"S": logged.isoformat()}, "activity_id": {"S": str(uuid4())}}
    _items(world).put([newest | moved])


@fault(notices=["LIFE-61"], spares=["LIFE-42", "LIFE-38"])
def a_legacy_goal_crashed(world: World) -> None:
    """A goal without the newer attributes ends in 500."""

    def after(_request: Request, answer: Answer) -> Answer:
        is_it = answer.status == 200 and answer.json().get("title") == LEGACY
        return Answer.of({"message": "Internal server error"}, 500) if is_it else answer

    world.web.after(f"{GOALS}/", after, method="GET")


@fault(notices=["LIFE-62"], spares=["LIFE-42", "LIFE-63"])
def a_migration_stopped_half_way(world: World) -> None:
    """Half of the goals have version 2, the others none."""
    now = {"S": world.clock.now().isoformat()}
    goals = _goals(world)
    _items(world).put(goal | {"version": {"N": "2"}, "migratedAt": now} for goal in goals[::2])


@fault(notices=["LIFE-63"], spares=["LIFE-42", "LIFE-62"])
def activities_were_orphaned(world: World) -> None:
    """A goal was removed, and its activities were not."""
    goal = _goal(world, "gonogo-archived-run")
    _items(world).delete(goal["PK"]["S"], goal["SK"]["S"])


@fault(notices=["LIFE-64"], spares=["LIFE-63", "LIFE-42"])
def keys_stayed_unprocessed(world: World) -> None:
    """Of many items asked for by key, the last one never comes."""

    def change(_call: Call, answer: dict[str, Any]) -> dict[str, Any]:
        ((table, items),) = answer["Responses"].items()
        *came, last = items
        left = {"Keys": [{name: last[name] for name in ("PK", "SK")}]}
        return answer | {"Responses": {table: came}, "UnprocessedKeys": {table: left}}

    world.aws.rule("dynamodb", "BatchGetItem", change)


@fault(notices=["LIFE-64"], spares=["LIFE-96", "LIFE-42"])
def a_question_read_more_than_it_gave(world: World) -> None:
    """A question by key reads twice as many items as it gives."""
    world.aws.rule("dynamodb", "Query", lambda _call, answer: answer | {"ScannedCount": 2 * answer["Count"]})


@fault(notices=["LIFE-65"], spares=["LIFE-42", "LIFE-62"])
def one_partition_took_everything(world: World) -> None:
    """Two in five items are kept under one key for everybody."""
    activities = [item for item in _items(world).where() if item["SK"]["S"].startswith("ACTIVITY#")]
    count = int(len(activities) * GLOBAL_SHARE / (1 - GLOBAL_SHARE)) + 1
    _items(world).put(item | {"PK": {"S": GLOBAL}} for item in activities[:count])
