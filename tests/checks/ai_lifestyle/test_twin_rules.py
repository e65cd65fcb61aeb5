"""Does the goal service break as it is told, and mend again? And what does it leave behind?"""

from __future__ import annotations

import json
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from checks.ai_lifestyle.twin.mounting import NAME, bend, place_of
from checks.ai_lifestyle.twin.operations import OPERATIONS
from checks.ai_lifestyle.twin.rules import HEALTHY
from tests.checks.ai_lifestyle.living import PLACE, REGION, TABLE, A, Api, B, a_goal, a_log


def test_rules_come_back_with_the_undo(seeded: Api) -> None:
    """Two bends lie over each other, and both are gone after the undo."""
    bend(seeded.world, owners_only=False)
    bend(seeded.world, page_overlap=1)
    rules = seeded.world.apps[NAME].rules
    assert (rules.owners_only, rules.page_overlap) == (False, 1)
    seeded.world.undo()
    assert seeded.world.apps[NAME].rules == HEALTHY


def test_users_may_see_each_other(seeded: Api, api: Api) -> None:
    """Without owners, B reads A's goal; he still changes nothing."""
    goal = api.create(a_goal())
    path = f"/goals/{goal['goalId']}"
    bend(seeded.world, owners_only=False)
    assert seeded.by(B).get(path) == goal
    assert seeded.by(B).ask("DELETE", path).status_code == 404


def test_updates_may_be_lost(seeded: Api, api: Api) -> None:
    """An update answers with the new title, and a later look shows the old."""
    goal = api.create(a_goal())
    bend(seeded.world, stores_updates=False)
    answer = api.ask("PUT", f"/goals/{goal['goalId']}", {"title": "gonogo-new"})
    assert answer.json()["title"] == "gonogo-new"
    assert api.get(f"/goals/{goal['goalId']}") == goal


def test_progress_inside_a_goal_may_lag(seeded: Api, api: Api) -> None:
    """The goal is one activity behind what its progress says."""
    goal = api.create(a_goal("milestone"))
    bend(seeded.world, progress_lag=1)
    api.log(goal, a_log(2), a_log(3))
    totals = [
        block["totalAccumulated"]
        for block in (api.get(f"/goals/{goal['goalId']}")["progress"], api.progress(goal)["progress"])
    ]
    assert totals == [2, 5]


def test_pages_may_overlap(seeded: Api) -> None:
    """The second page begins with the last goal of the first."""
    bend(seeded.world, page_overlap=1)
    first, second = (seeded.get("/goals", limit=3, page=page)["goals"] for page in (1, 2))
    assert first[-1] == second[0]


def test_archived_goals_may_take_logs(seeded: Api, api: Api) -> None:
    """A goal that is closed to nobody takes an activity after its end."""
    goal = api.create(a_goal())
    api.ask("DELETE", f"/goals/{goal['goalId']}")
    bend(seeded.world, closed_to_logs=frozenset())
    api.log(goal, a_log())


def test_weeks_may_start_on_sunday(seeded: Api, api: Api) -> None:
    """The history of a weekly goal puts a Sunday and the Monday after it into one week, or two."""
    weekly = api.create(a_goal(period="week"))
    now = seeded.world.clock.now().date()
    monday = now - timedelta(days=now.weekday())
    api.log(weekly, *(a_log(activityDate=str(day)) for day in (monday - timedelta(days=1), monday)))
    values = []
    for shift in (timedelta(0), timedelta(days=1)):
        bend(seeded.world, week_shift=shift)
        history = api.progress(weekly)["progress"]["periodHistory"]
        values.append([entry["value"] for entry in history if entry["value"]])
    assert values == [[5, 5], [10]]


def test_progress_is_counted_anew_the_next_day(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """A goal shows today's progress though nothing was logged since yesterday."""
    goal = api.create(a_goal("streak"))
    api.log(goal, a_log(1))
    tomorrow = api.world.clock.now() + timedelta(days=2)
    monkeypatch.setattr(api.service, "_now", lambda: tomorrow)
    shown = api.get(f"/goals/{goal['goalId']}")["progress"]
    assert (shown["currentStreak"], shown["trend"]) == (0, "declining")
    assert shown == api.progress(goal)["progress"]


def test_a_store_that_fails_is_500(seeded: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """When DynamoDB does not answer, operations are 500, health is degraded, and the log says why."""

    def fail(*_: Any, **__: Any) -> None:
        raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "Query")

    for name in ("goals", "table"):
        monkeypatch.setattr(seeded.service.store, name, fail)
    answer, health = seeded.ask("GET", "/goals"), seeded.ask("GET", "/health")
    assert (answer.status_code, answer.json()["error"]) == (500, "SYSTEM_ERROR")
    assert (health.status_code, health.json()["status"]) == (200, "degraded")
    assert health.json()["services"] == {"database": "disconnected"}
    assert [line["error_type"] for line in said(seeded, "list_goals") if "error_type" in line][
        -1
    ] == "ClientError"


def said(api: Api, operation: str) -> list[dict[str, Any]]:
    """The lines that a function wrote itself."""
    lines = api.world.aws.client("logs", REGION).filter_log_events(
        logGroupName=f"/aws/lambda/{PLACE.functions[operation]}", filterPattern="function_request_id"
    )["events"]
    return [json.loads(line["message"]) for line in lines]


def test_functions_leave_lines_behind(api: Api) -> None:
    """Goals created and activities logged are told in JSON, every request with its duration and user."""
    goal = api.create(a_goal())
    api.log(goal, a_log())
    created, logged = said(api, "create_goal")[-2:], said(api, "log_activity")[-2:]
    assert (created[0]["message"], created[0]["goalPattern"]) == (
        f"Created goal {goal['goalId']}",
        "recurring",
    )
    assert logged[0]["message"].startswith("Activity logged")
    assert [line["user_id"] for line in (created[1], logged[1]) if 0 < line["duration"] <= 40] == [
        api.user
    ] * 2


def test_a_healthy_refusal_is_no_error(api: Api) -> None:
    """What is refused writes no line that a search for ERROR finds."""
    assert api.ask("POST", "/goals", {}).status_code == 400
    found = api.world.aws.client("logs", REGION).filter_log_events(
        logGroupName=f"/aws/lambda/{PLACE.functions['create_goal']}", filterPattern="ERROR"
    )
    assert found["events"] == []


def test_one_function_may_serve_all() -> None:
    """Operations are served by the functions named after them, or by the only one."""

    def served(*functions: str) -> list[str]:
        parts = SimpleNamespace(
            functions=[SimpleNamespace(name=name) for name in functions],
            tables=[SimpleNamespace(name=TABLE)],
        )
        place = SimpleNamespace(region=REGION)
        target: Any = SimpleNamespace(parts=parts, place=place, environment="local")
        return list(place_of(target).functions.values())

    each = [operation.name + "-local" for operation in OPERATIONS]
    assert served(*reversed(each)) == each
    assert served("api-handler-local") == ["api-handler-local"] * 8


def test_rows_lie_as_agreed(api: Api) -> None:
    """A goal and an activity have the agreed keys, numbers as numbers, and those that die their time."""
    goal = api.create(a_goal() | {"status": "draft"})
    api.ask("PUT", f"/goals/{goal['goalId']}", {"status": "active"})
    (activity,) = api.log(goal, a_log(2.5))
    rows = api.world.aws.client("dynamodb", REGION).query(
        TableName=TABLE,
        KeyConditionExpression="PK = :user",
        ExpressionAttributeValues={":user": {"S": f"USER#{api.user}"}},
    )["Items"]
    logged, stored = rows
    assert (stored["SK"]["S"], stored["GSI1PK"]["S"]) == (f"GOAL#{goal['goalId']}", "STATUS#active")
    assert stored["GSI2PK"]["S"] == f"USER#{api.user}#CATEGORY#gonogo"
    assert "TTL" not in stored
    assert logged["SK"]["S"] == f"ACTIVITY#{goal['goalId']}#{activity['loggedAt']}"
    assert logged["GSI2PK"]["S"] == f"USER#{api.user}#DATE#{date.fromisoformat(activity['activityDate'])}"
    assert (logged["value"], logged["TTL"].keys()) == ({"N": "2.5"}, {"N"})
    assert A not in str(rows)
