"""In which ways does the app answer wrongly about goals?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from checks.ai_lifestyle.twin.mounting import bend
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.rules import HTML
from fixtures.twins.world import World

API = "ai_lifestyle/api"
GOALS, HEALTH = f"{API}/goals", f"{API}/health"


def _alter(world: World, prefix: str, change: Callable[[Any], Any]) -> None:
    """Change the JSON of successful answers to reads."""

    def after(_request: Request, answer: Answer) -> Answer:
        return answer.with_json(change(answer.json())) if answer.status < 300 else answer

    world.web.after(prefix, after, method="GET")


def _alter_lists(world: World, change: Callable[[Request, Any], Any]) -> None:
    """Change the JSON of the list of goals."""

    def after(request: Request, answer: Answer) -> Answer:
        return answer.with_json(change(request, answer.json())) if answer.status == 200 else answer

    world.web.after(GOALS, after, method="GET", exactly=True)


@fault(notices=["LIFE-38", "LIFE-42"], spares=["LIFE-36", "LIFE-15"])
def health_lied(world: World) -> None:
    """/health is healthy, while every goal route ends in 500 for whoever has a token."""
    failure = Answer.of({"message": "Internal server error"}, 500)

    def before(request: Request) -> Request | Answer:
        return failure if request.headers.get("authorization", "").startswith("Bearer ey") else request

    world.web.before(GOALS, before)


@fault(notices=["LIFE-36"], spares=["LIFE-15", "LIFE-21"])
def health_reported_degraded_with_200(world: World) -> None:
    """/health says with 200 that the database is disconnected."""
    lost = {"status": "degraded", "services": {"database": "disconnected"}}
    lost |= {"checks": {"dynamodb": {"status": "unhealthy"}}}
    _alter(world, HEALTH, lambda body: body | lost)


@fault(notices=["LIFE-02"], spares=["LIFE-36", "LIFE-38"])
def the_app_named_another_environment(world: World) -> None:
    """/health says that it is of dev."""
    _alter(world, HEALTH, lambda body: body | {"system": body["system"] | {"environment": "dev"}})


@fault(notices=["LIFE-07"], spares=["LIFE-36", "LIFE-38", "LIFE-42"])
def answers_slowed_down(world: World) -> None:
    """The list of goals takes a second and a half longer."""
    world.web.delay(GOALS, 1.5, method="GET", exactly=True)


@fault(notices=["LIFE-42", "LIFE-38", "LIFE-96"], spares=["LIFE-36", "LIFE-15"])
def the_list_went_empty(world: World) -> None:
    """The list of goals is 200 without a goal, though all are stored."""
    nothing = {"page": 1, "limit": 20, "total": 0, "pages": 0}
    _alter_lists(world, lambda _request, _body: {"goals": [], "pagination": nothing})


@fault(notices=["LIFE-38", "LIFE-39", "LIFE-42"], spares=["LIFE-36", "LIFE-15"])
def a_web_page_answered_for_the_api(world: World) -> None:
    """Every goal route answers 200 with a web page."""
    page = Answer(200, {"content-type": "text/html"}, HTML)
    world.web.before(GOALS, lambda _request: page)


@fault(notices=["LIFE-42"], spares=["LIFE-36", "LIFE-15"])
def some_goals_were_missing(world: World) -> None:
    """The list has no paused goals, and nothing after its first page."""

    def change(request: Request, body: Any) -> Any:
        kept = [goal for goal in body["goals"] if goal["status"] != "paused"]
        return body | {"goals": kept if request.query.get("page", "1") == "1" else []}

    _alter_lists(world, change)


@fault(notices=["LIFE-42"], spares=["LIFE-36", "LIFE-38"])
def pages_overlapped(world: World) -> None:
    """Each page begins with the last goal of the one before."""
    bend(world, page_overlap=1)


@fault(notices=["ai_lifestyle.every_filter_of_activities_is_exact"], spares=["LIFE-42", "LIFE-45", "LIFE-38"])
def a_filter_of_activities_was_ignored(world: World) -> None:
    """A list of activities of one type tells of all."""

    def before(request: Request) -> Request:
        is_meant = request.query.get("activityType") == "progress"
        kept = {name: value for name, value in request.query.items() if name != "activityType"}
        return replace(request, query=kept) if is_meant else request

    world.web.before(f"{GOALS}/", before, method="GET")


@fault(notices=["LIFE-43"], spares=["LIFE-42", "LIFE-45"])
def activities_came_oldest_first(world: World) -> None:
    """A page of activities begins with its oldest."""

    def turned(body: Any) -> Any:
        return body | {"activities": body["activities"][::-1]} if "activities" in body else body

    _alter(world, GOALS, turned)


@fault(notices=["LIFE-38"], spares=["LIFE-36", "LIFE-15"])
def an_update_was_not_stored(world: World) -> None:
    """An update answers with the new title, and the goal keeps the old one."""
    bend(world, stores_updates=False)


@fault(notices=["LIFE-39"], spares=["LIFE-36", "LIFE-38", "LIFE-40"])
def a_field_changed_its_name(world: World) -> None:
    """A goal that is read has a goal_id, and no goalId."""

    def renamed(body: Any) -> Any:
        if "goalPattern" not in body:
            return body
        return {("goal_id" if name == "goalId" else name): value for name, value in body.items()}

    _alter(world, GOALS, renamed)


@fault(notices=["LIFE-39"], spares=["LIFE-36", "LIFE-38", "LIFE-42"])
def errors_lost_their_time(world: World) -> None:
    """An error does not say when it happened."""

    def after(_request: Request, answer: Answer) -> Answer:
        if not 400 <= answer.status < 500:
            return answer
        return answer.with_json({name: one for name, one in answer.json().items() if name != "timestamp"})

    world.web.after(GOALS, after)


@fault(notices=["LIFE-40"], spares=["LIFE-38", "LIFE-41"])
def a_bad_goal_was_stored(world: World) -> None:
    """Of a title that is too long, the first 200 characters are stored."""

    def before(request: Request) -> Request:
        if not request.body.startswith(b"{"):
            return request
        try:
            body = request.json()
        except ValueError:
            return request
        shortened = {name: value[:200] if name == "title" else value for name, value in body.items()}
        return replace(request, body=json.dumps(shortened).encode())

    world.web.before(GOALS, before, method="POST", exactly=True)


@fault(notices=["LIFE-41"], spares=["LIFE-38", "LIFE-40"])
def an_archived_goal_took_logs(world: World) -> None:
    """Activities are logged to a goal that was archived."""
    bend(world, closed_to_logs=frozenset({"draft", "completed"}))


@fault(notices=["LIFE-41"], spares=["LIFE-38", "LIFE-40"])
def nobody_counted_active_goals(world: World) -> None:
    """Any number of goals may be active."""
    bend(world, most_active=10_000)


@fault(notices=["LIFE-86"], spares=["LIFE-38", "LIFE-36"])
def created_goals_left_no_line(world: World) -> None:
    """No function logs that it created a goal."""

    def change(_call: Call, answer: dict[str, Any]) -> dict[str, Any]:
        kept = [event for event in answer["events"] if "Created goal" not in event["message"]]
        return answer | {"events": kept}

    world.aws.rule("logs", "FilterLogEvents", change)
