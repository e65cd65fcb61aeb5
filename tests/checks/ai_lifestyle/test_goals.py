"""Is every request refused that should be, with the agreed status and code, and nothing stored?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from checks.ai_lifestyle.twin.rules import HEALTHY
from tests.checks.ai_lifestyle.living import Api, a_goal, a_log, today

Body = dict[str, Any]
YESTERDAY = (today() - timedelta(days=1)).isoformat()


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("error")


def but(**changes: Any) -> Callable[[], Body]:
    """A goal with some fields replaced; None takes a field out."""
    return lambda: {name: value for name, value in (a_goal() | changes).items() if value is not None}


def aimed(pattern: str = "recurring", **changes: Any) -> Callable[[], Body]:
    """A goal with parts of its target replaced; None takes a part out."""

    def made() -> Body:
        goal = a_goal(pattern, **changes)
        return goal | {"target": {name: part for name, part in goal["target"].items() if part is not None}}

    return made


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param(but(title=None), "title", id="V01 no title"),
        pytest.param(but(title=""), "title", id="V01 empty title"),
        pytest.param(but(title="t" * 201), "title", id="V01 long title"),
        pytest.param(but(description="d" * 1001), "description", id="V02 long description"),
        pytest.param(but(category=None), "category", id="V02 no category"),
        pytest.param(but(category="c" * 51), "category", id="V02 long category"),
        pytest.param(but(icon="i" * 51), "icon", id="V02 long icon"),
        pytest.param(but(color="red"), "color", id="V02 colour by name"),
        pytest.param(but(goalPattern="habit"), "goalPattern", id="V03 pattern"),
        pytest.param(but(visibility="secret"), "visibility", id="V03 visibility"),
        pytest.param(aimed(metric="luck"), "target.metric", id="V03 metric"),
        pytest.param(aimed(direction="up"), "target.direction", id="V03 direction"),
        pytest.param(aimed(value=-1), "target.value", id="V04 negative value"),
        pytest.param(aimed(value="abc"), "target.value", id="V04 value in words"),
        pytest.param(aimed(value="8"), "target.value", id="V04 value in quotes"),
        pytest.param(aimed(value=1e300), "target.value", id="V04 no store holds it"),
        pytest.param(aimed(value=10**400), "target.value", id="V04 no float holds it"),
        pytest.param(aimed(value=True), "target.value", id="V04 true as a value"),
        pytest.param(aimed(unit=None), "target.unit", id="V04 no unit"),
        pytest.param(but(target=None), "target", id="V04 no target"),
        pytest.param(but(context={"importanceLevel": 6}), "context.importanceLevel", id="V05 importance"),
        pytest.param(but(context={"motivation": "m" * 501}), "context.motivation", id="V05 motivation"),
        pytest.param(but(schedule={"preferredTimes": ["25:00"]}), "schedule.preferredTimes.0", id="V05 time"),
        pytest.param(but(schedule={"daysOfWeek": [7]}), "schedule.daysOfWeek.0", id="V05 day of the week"),
        pytest.param(but(schedule={"allowSkipDays": -1}), "schedule.allowSkipDays", id="V05 skipped days"),
        pytest.param(but(status="archived"), "status", id="created archived"),
        pytest.param(aimed("milestone", targetDate="soon"), "target.targetDate", id="date in words"),
    ],
)
def test_a_malformed_goal_is_400(api: Api, body: Callable[[], Body], field: str) -> None:
    """A goal with a field that is not of its form is refused by the name of the field, and not kept."""
    answer = api.ask("POST", "/goals", body())
    assert told(answer) == (400, "VALIDATION_ERROR")
    assert [fault["field"] for fault in answer.json()["validation_errors"]] == [field]
    assert api.all_ids() == []


@pytest.mark.parametrize("body", [b"{not json", b"", b"\xff", b'{"title": NaN}', b"[" * 100_000], ids=repr)
def test_what_is_not_json_is_400(api: Api, body: bytes) -> None:
    """V06. A body that cannot be parsed is refused as such, for a new goal, a change and a log."""
    goal = api.create(a_goal())
    path = f"/goals/{goal['goalId']}"
    asked = (("POST", "/goals"), ("PUT", path), ("POST", f"{path}/activities"))
    answers = [told(api.ask(method, where, body)) for method, where in asked]
    assert answers == [(400, "INVALID_JSON")] * 3


def test_an_array_is_400(api: Api) -> None:
    """V06. JSON that is no object is not valid."""
    assert told(api.ask("POST", "/goals", b"[]")) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param(aimed("recurring", period=None), "target.period", id="V07 recurring"),
        pytest.param(aimed("limit", period=None), "target.period", id="V07 limit"),
        pytest.param(aimed("streak", period=None), "target.period", id="V07 streak"),
        pytest.param(aimed("milestone", targetDate=None), "target.targetDate", id="V07 milestone"),
        pytest.param(aimed("target", targetDate=None), "target.targetDate", id="V07 target"),
        pytest.param(aimed("target", startValue=None), "target.startValue", id="V08 target"),
        pytest.param(aimed("recurring", targetDate="2099-01-01"), "target.targetDate", id="V08 recurring"),
        pytest.param(aimed("milestone", period="day"), "target.period", id="V08 milestone"),
        pytest.param(aimed("target", targetDate=YESTERDAY), "target.targetDate", id="V09 yesterday"),
        pytest.param(aimed("streak", value=366), "target.value", id="V09 long streak"),
    ],
)
def test_a_goal_without_sense_is_422(api: Api, body: Callable[[], Body], field: str) -> None:
    """A goal whose fields do not go with its pattern is refused and not kept."""
    answer = api.ask("POST", "/goals", body())
    assert told(answer) == (422, "GOAL_VALIDATION_ERROR")
    assert [fault["field"] for fault in answer.json()["validation_errors"]] == [field]
    assert api.all_ids() == []


def test_a_title_is_taken_in_any_case(api: Api) -> None:
    """V10. An active title is refused in other case too, new or changed; an archived one is free again."""
    first, other = api.create(a_goal()), api.create(a_goal())
    again = a_goal() | {"title": first["title"].upper()}
    assert told(api.ask("POST", "/goals", again)) == (422, "GOAL_VALIDATION_ERROR")
    renamed = api.ask("PUT", f"/goals/{other['goalId']}", {"title": again["title"]})
    assert told(renamed) == (422, "GOAL_VALIDATION_ERROR")
    assert api.get(f"/goals/{first['goalId']}") == first
    api.ask("DELETE", f"/goals/{first['goalId']}")
    api.create(again)


def test_active_goals_are_counted(api: Api) -> None:
    """V11. The 51st active goal is refused with both numbers; archiving one frees its place."""
    goals = [api.create(a_goal()) for _ in range(HEALTHY.most_active)]
    answer = api.ask("POST", "/goals", a_goal())
    assert told(answer) == (422, "GOAL_QUOTA_EXCEEDED")
    assert answer.json()["details"] == {"current_count": 50, "max_allowed": 50}
    draft = api.create(a_goal() | {"status": "draft"})
    woken = api.ask("PUT", f"/goals/{draft['goalId']}", {"status": "active"})
    assert told(woken) == (422, "GOAL_QUOTA_EXCEEDED")
    api.ask("DELETE", f"/goals/{goals[0]['goalId']}")
    api.create(a_goal())


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"status": "completed"}, 422),
        ({"status": "archived"}, 422),
        ({"status": "draft"}, 422),
        ({"status": "asleep"}, 400),
        ({"title": ""}, 400),
        ({"target": {"value": -1}}, 400),
        ({"target": {"targetDate": "2099-01-01"}}, 422),
    ],
)
def test_a_bad_change_is_refused(api: Api, change: Body, status: int) -> None:
    """V12. A change to a status of the service's own, or to nonsense, is refused and changes nothing."""
    goal = api.create(a_goal())
    assert api.ask("PUT", f"/goals/{goal['goalId']}", change).status_code == status
    assert api.get(f"/goals/{goal['goalId']}") == goal


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param({"unit": "steps"}, 400, id="V15 no value"),
        pytest.param({"value": 1}, 400, id="V15 no unit"),
        pytest.param(a_log(kind="done"), 400, id="V15 type"),
        pytest.param(a_log(note="n" * 501), 400, id="V15 note"),
        pytest.param(a_log(context={"energyLevel": 11}), 400, id="V15 energy"),
        pytest.param(a_log(unit="miles"), 422, id="V16 unit"),
        pytest.param(a_log(activityDate="not-a-date"), 400, id="V20 no date"),
    ],
)
def test_a_bad_log_is_refused(api: Api, body: Body, status: int) -> None:
    """An activity that is malformed or does not fit its goal is refused and not kept."""
    goal = api.create(a_goal())
    code = "VALIDATION_ERROR" if status == 400 else "ACTIVITY_VALIDATION_ERROR"
    assert told(api.ask("POST", f"/goals/{goal['goalId']}/activities", body)) == (status, code)
    assert api.get(f"/goals/{goal['goalId']}/activities")["activities"] == []


@pytest.mark.parametrize(
    ("pattern", "body", "status"),
    [
        pytest.param("streak", a_log(2), 422, id="V17 two a day"),
        pytest.param("streak", a_log(1, kind="skipped"), 400, id="V17 skipped"),
        pytest.param("limit", a_log(-1), 422, id="V18 limit"),
        pytest.param("milestone", a_log(0), 422, id="V18 nothing"),
        pytest.param("milestone", a_log(-1), 422, id="V18 less than nothing"),
        pytest.param("target", a_log(activityDate="2099-01-02"), 422, id="V20 too late"),
        pytest.param("milestone", a_log(0, kind="skipped"), 201, id="a skipped day of a milestone"),
        pytest.param("target", a_log(-1), 201, id="below zero"),
    ],
)
def test_a_pattern_says_what_it_takes(api: Api, pattern: str, body: Body, status: int) -> None:
    """Each pattern refuses what makes no sense for it, and nothing else."""
    goal = api.create(a_goal(pattern))
    assert api.ask("POST", f"/goals/{goal['goalId']}/activities", body).status_code == status


@pytest.mark.parametrize(
    "query",
    [
        "/goals?status=bogus",
        "/goals?status=active,bogus",
        "/goals?goalPattern=bogus",
        "/goals?sort=length_asc",
        "/goals?page=0",
        "/goals?limit=0",
        "/goals?limit=many",
        "/goals/{id}/activities?startDate=2026-02-02&endDate=2026-02-01",
        "/goals/{id}/activities?startDate=x",
        "/goals/{id}/activities?activityType=bogus",
        "/goals/{id}/progress?period=decade",
    ],
)
def test_an_odd_question_is_400(api: Api, query: str) -> None:
    """V21. A filter, a page or a period that there is not is refused."""
    goal = api.create(a_goal())
    path = query.replace("{id}", goal["goalId"])
    assert told(api.ask("GET", path)) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("goal_id", ["5f1c0c53-64f7-4be6-a4a3-2b1f7a1d8a10", "not-a-uuid", "1"])
def test_an_unknown_goal_is_404(api: Api, goal_id: str) -> None:
    """V22. No operation finds a goal that is not there."""
    path = f"/goals/{goal_id}"
    answers = [
        api.ask("GET", path),
        api.ask("PUT", path, {"description": "x"}),
        api.ask("DELETE", path),
        api.ask("POST", f"{path}/activities", a_log()),
        api.ask("GET", f"{path}/activities"),
        api.ask("GET", f"{path}/progress"),
    ]
    assert [told(answer) for answer in answers] == [(404, "GOAL_NOT_FOUND")] * 6
