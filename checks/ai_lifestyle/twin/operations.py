"""Which operation answers which route, and with what?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from starlette.datastructures import QueryParams

from checks.ai_lifestyle.twin.questions import ActivitiesWanted, GoalsWanted, period_wanted
from checks.ai_lifestyle.twin.refusals import RefusedError, not_found
from checks.ai_lifestyle.twin.service import GoalService


@dataclass(frozen=True)
class Ask:
    """What an operation is told: who asks, and for what."""

    user_id: str
    path: Mapping[str, str]
    query: QueryParams
    body: bytes
    timezone: str

    @property
    def goal_id(self) -> str:
        """The goal that the path names.

        Raises:
            RefusedError: 404, there can be no goal of that id.
        """
        try:
            return str(UUID(self.path["goal_id"]))
        except ValueError as error:
            raise not_found() from error

    def json(self) -> object:
        """The body, parsed.

        Raises:
            RefusedError: 400, it is not JSON.
        """
        try:
            return json.loads(self.body, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise RefusedError(400, "INVALID_JSON", "The body is not JSON") from error


@dataclass(frozen=True)
class Reply:
    """What an operation answers, and the line it logs about it."""

    content: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    line: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """A route, and the function that serves it."""

    name: str
    method: str
    path: str
    answer: Callable[[GoalService, Ask], Reply]


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _create(service: GoalService, ask: Ask) -> Reply:
    goal = service.create(ask.user_id, ask.json())
    line, facts = f"Created goal {goal['goalId']}", {"goalPattern": goal["goalPattern"]}
    return Reply(goal, 201, {"Location": f"/goals/{goal['goalId']}"}, line, facts)


def _list(service: GoalService, ask: Ask) -> Reply:
    return Reply(service.goals(ask.user_id, GoalsWanted.of(ask.query)))


def _get(service: GoalService, ask: Ask) -> Reply:
    return Reply(service.goal(ask.user_id, ask.goal_id))


def _update(service: GoalService, ask: Ask) -> Reply:
    return Reply(service.update(ask.user_id, ask.goal_id, ask.json()))


def _archive(service: GoalService, ask: Ask) -> Reply:
    return Reply(service.archive(ask.user_id, ask.goal_id))


def _log(service: GoalService, ask: Ask) -> Reply:
    activity = service.log(ask.user_id, ask.goal_id, ask.json(), ask.timezone)
    line, facts = f"Activity logged for goal {ask.goal_id}", {"activityType": activity["activityType"]}
    return Reply(activity, 201, line=line, facts=facts)


def _activities(service: GoalService, ask: Ask) -> Reply:
    return Reply(service.activities(ask.user_id, ask.goal_id, ActivitiesWanted.of(ask.query)))


def _progress(service: GoalService, ask: Ask) -> Reply:
    return Reply(service.progress(ask.user_id, ask.goal_id, period_wanted(ask.query)))


OPERATIONS = (
    Operation("create_goal", "POST", "/goals", _create),
    Operation("list_goals", "GET", "/goals", _list),
    Operation("get_goal", "GET", "/goals/{goal_id}", _get),
    Operation("update_goal", "PUT", "/goals/{goal_id}", _update),
    Operation("archive_goal", "DELETE", "/goals/{goal_id}", _archive),
    Operation("log_activity", "POST", "/goals/{goal_id}/activities", _log),
    Operation("list_activities", "GET", "/goals/{goal_id}/activities", _activities),
    Operation("get_progress", "GET", "/goals/{goal_id}/progress", _progress),
)
