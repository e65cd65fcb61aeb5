"""Does the goal service answer over HTTP as its contract says?"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from checks.ai_lifestyle.vectors import PATTERNS
from tests.checks.ai_lifestyle.living import ORIGIN, A, Api, B, a_goal, a_log

LOGS = {"recurring": 5, "milestone": 2, "target": 104, "streak": 1, "limit": 9}


def age_s(moment: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_goal_from_its_creation_to_its_end(api: Api, pattern: str) -> None:
    """Create, get, list, update, log, list, progress, archive: each step sees what the one before did."""
    answer = api.ask("POST", "/goals", a_goal(pattern))
    goal = answer.json()
    path = answer.headers["Location"]
    assert (answer.status_code, path) == (201, f"/goals/{UUID(goal['goalId'])}")
    assert (api.get(path), api.get("/goals")["goals"]) == (goal, [goal])
    changed = api.ask("PUT", path, {"title": "gonogo-new", "description": "told"}).json()
    assert (changed["title"], changed["description"], changed["userId"]) == ("gonogo-new", "told", api.user)
    assert api.get(path) == changed
    (activity,) = api.log(goal, a_log(LOGS[pattern]))
    assert api.get(f"{path}/activities")["activities"] == [activity]
    told, now = api.progress(goal), api.get(path)
    assert (told["goalId"], told["period"], told["progress"]) == (goal["goalId"], "current", now["progress"])
    assert goal["createdAt"] < changed["updatedAt"] < now["updatedAt"] == activity["loggedAt"]
    assert [api.ask("DELETE", path).status_code for _ in range(2)] == [200, 200]
    assert api.get("/goals")["goals"] == []
    archived = api.get("/goals", status="archived")["goals"]
    assert [(one["goalId"], one["status"]) for one in archived] == [(goal["goalId"], "archived")]
    assert api.progress(goal) == told


def test_a_fresh_goal_has_its_defaults(api: Api) -> None:
    """A goal of few words is told in full, with nothing achieved; created just now."""
    goal = api.create(a_goal("limit"))
    assert goal["progress"] == {
        "percentComplete": 0,
        "trend": "stable",
        "successRate": 0,
        "periodHistory": [],
    }
    assert (goal["status"], goal["visibility"], goal["target"]["targetType"]) == (
        "active",
        "private",
        "exact",
    )
    assert (goal["context"], goal["metadata"], goal["isJournalLinked"]) == ({"importanceLevel": 3}, {}, False)
    assert goal["schedule"] == {"checkInFrequency": "weekly", "catchUpAllowed": True}
    assert goal["createdAt"] == goal["updatedAt"]
    assert 0 <= age_s(goal["createdAt"]) < 5


def test_what_was_told_is_told_back(api: Api) -> None:
    """Every optional field of a goal and of an activity comes back as it went in."""
    goal = a_goal() | {
        "description": "d",
        "icon": "flag",
        "color": "#A1b2C3",
        "visibility": "friends",
        "metadata": {"own_key": {"Another_Key": [1, 2.5, None, True]}},
        "schedule": {"frequency": "weekly", "daysOfWeek": [0, 6], "preferredTimes": ["23:59"]},
        "context": {"motivation": "m", "importanceLevel": 5, "successFactors": ["s"]},
    }
    created = api.create(goal)
    whole = {name: created[name] for name in goal}
    assert whole == goal | {
        "target": {"targetType": "exact"} | goal["target"],
        "schedule": {"checkInFrequency": "daily", "catchUpAllowed": True} | goal["schedule"],
    }
    body = a_log(
        location={"type": "gym", "city": "Graz", "coordinates": [15.4, 47.1]},
        context={"timeOfDay": "morning", "weather": {"temperature": -2.5}, "energyLevel": 10},
        attachments=[{"type": "link", "url": "https://example.org"}],
        note="n",
        source="device",
        deviceInfo={"own_key": 1},
    )
    (activity,) = api.log(created, body)
    assert {name: activity[name] for name in body} == body


def test_a_legacy_goal_is_told_with_defaults(seeded: Api) -> None:
    """A seeded goal of the first release lacks most attributes in the store, and none in the answer."""
    (legacy,) = [goal for goal in seeded.get("/goals")["goals"] if goal["title"] == "gonogo-legacy"]
    stored = seeded.service.store.goal(A, legacy["goalId"])
    assert stored is not None
    optional = {"schedule", "context", "rewards", "metadata", "visibility"}
    assert optional.isdisjoint(stored)
    assert optional <= legacy.keys()


def test_the_seed_is_as_agreed(seeded: Api) -> None:
    """A has twelve goals in their statuses and 240 activities, the newest just logged; B has two."""
    goals = seeded.get("/goals", status="draft,active,paused,completed,archived")["goals"]
    statuses = [goal["status"] for goal in goals]
    assert {status: statuses.count(status) for status in set(statuses)} == {
        "active": 8,
        "draft": 1,
        "paused": 1,
        "archived": 2,
    }
    standing = [goal for goal in goals if "standing" in goal["title"]]
    assert sorted(goal["goalPattern"] for goal in standing) == sorted(PATTERNS)
    listed = {goal["goalId"]: seeded.get(f"/goals/{goal['goalId']}/activities") for goal in goals}
    assert sum(page["pagination"]["total"] for page in listed.values()) == 240
    newest = [(goal["updatedAt"], listed[goal["goalId"]]["activities"][0]["loggedAt"]) for goal in standing]
    assert [(updated, logged) for updated, logged in newest if updated != logged or age_s(logged) > 600] == []
    assert [goal["title"] for goal in standing if goal["progress"] != seeded.progress(goal)["progress"]] == []
    assert seeded.by(B).get("/goals")["pagination"]["total"] == 2


def test_nobody_sees_or_changes_what_is_anothers(api: Api) -> None:
    """B finds none of A's goals on any route, and nothing of A's changes by his trying."""
    goal = api.create(a_goal())
    stranger, path = api.by(B), f"/goals/{goal['goalId']}"
    tries = (("GET", path, None), ("PUT", path, {"title": "mine"}), ("DELETE", path, None))
    more = (("POST", f"{path}/activities", a_log()), ("GET", f"{path}/activities", None))
    asked = [*tries, *more, ("GET", f"{path}/progress", None)]
    assert [stranger.ask(*one).status_code for one in asked] == [404] * 6
    assert goal["goalId"] not in stranger.all_ids()
    assert (api.get(path), api.get(f"{path}/activities")["activities"]) == (goal, [])


def test_a_goal_lives_by_its_rules(api: Api) -> None:
    """Pause and resume; a draft wakes; the pattern stays; only paused and active goals take logs."""
    goal = api.create(a_goal() | {"status": "draft"})
    path = f"/goals/{goal['goalId']}"
    assert api.ask("POST", f"{path}/activities", a_log()).status_code == 422
    for status in ("paused", "active", "paused"):
        assert api.ask("PUT", path, {"status": status}).json()["status"] == status
    api.log(goal, a_log())
    assert api.ask("PUT", path, {"goalPattern": "limit"}).json()["goalPattern"] == "recurring"
    api.ask("DELETE", path)
    refusals = [api.ask("PUT", path, {"title": "x"}), api.ask("POST", f"{path}/activities", a_log())]
    told = [(answer.status_code, answer.json()["error"]) for answer in refusals]
    assert told == [(422, "GOAL_ALREADY_COMPLETED")] * 2


def test_a_change_is_only_what_changes(api: Api) -> None:
    """A part of a target replaces that part alone, and counts at once; no change leaves the goal as it is."""
    goal = api.create(a_goal(value=10))
    path = f"/goals/{goal['goalId']}"
    api.log(goal, a_log(5))
    before = api.get(path)
    assert api.ask("PUT", path, {}).json() == api.ask("PUT", path, {"icon": None}).json() == before
    after = api.ask("PUT", path, {"target": {"value": 5}}).json()
    assert after["target"] == before["target"] | {"value": 5}
    assert before["progress"]["percentComplete"] == 0 < after["progress"]["percentComplete"]
    assert api.progress(goal)["progress"] == after["progress"]


def test_errors_have_one_form(api: Api) -> None:
    """A refusal names its code, its reason, when, and the request, by the caller's own id if he gave one."""
    answer = api.ask("POST", "/goals", {}, headers={"X-Request-ID": "mine"})
    body = answer.json()
    assert body.keys() == {"error", "message", "timestamp", "request_id", "validation_errors"}
    assert answer.headers["X-Request-ID"] == body["request_id"] == "mine"
    assert 0 <= age_s(body["timestamp"]) < 5
    assert UUID(api.ask("GET", "/goals").headers["X-Request-ID"])
    assert answer.headers["Content-Type"] == "application/json"


def test_a_caller_without_a_name_is_401(api: Api) -> None:
    """When the gateway names no user, no operation is carried out."""
    answer = api.ask("GET", "/goals", headers={"Authorization": ""})
    assert (answer.status_code, answer.json()["error"]) == (401, "UNAUTHORIZED")


def test_what_is_no_route_is_the_gateways(api: Api) -> None:
    """An unknown path is 404 and a wrong method 405, in the gateway's words."""
    assert api.ask("GET", "/docs").json() == {"message": "Not Found"}
    assert api.ask("PATCH", "/goals").status_code == 405


def test_health_has_both_shapes(api: Api) -> None:
    """Health says so in both shapes, with the table's count of items, a clock and the environment."""
    answer = api.ask("GET", "/health", headers={"Authorization": ""})
    body = answer.json()
    assert (body["status"], body["services"], answer.headers["Cache-Control"]) == (
        "healthy",
        {"database": "connected"},
        "no-store",
    )
    items = api.service.store.table()["ItemCount"]
    assert body["checks"]["dynamodb"] == {
        "status": "healthy",
        "table_status": "ACTIVE",
        "item_count": items,
    }
    assert (body["system"]["environment"], body["system"]["region"]) == ("local", "us-east-1")
    assert 0 <= age_s(body["timestamp"]) < 5
    assert api.get("/config/features") == {"debugPanels": False}


def test_only_the_apps_own_pages_may_call(api: Api) -> None:
    """A preflight echoes the app's origin and permits what it needs; a foreign one gets nothing."""
    own, foreign = (
        api.ask("OPTIONS", "/goals", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        for origin in (ORIGIN, "https://evil.example")
    )
    assert own.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "POST" in own.headers["Access-Control-Allow-Methods"]
    assert [name for name in foreign.headers if name.lower().startswith("access-control")] == []
    assert (
        api.ask("GET", "/goals", headers={"Origin": ORIGIN}).headers["Access-Control-Allow-Origin"] == ORIGIN
    )
