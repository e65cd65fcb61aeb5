"""What do the tests of the goal service talk to? A world with its table, and a client of any user."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import requests
from starlette.types import ASGIApp, Receive, Scope, Send

from checks.ai_lifestyle.twin.mounting import NAME, Place
from checks.ai_lifestyle.twin.operations import OPERATIONS
from checks.ai_lifestyle.twin.routes import USER
from checks.ai_lifestyle.twin.service import GoalService
from fixtures.twins.world import World

ORIGIN = "https://ailifestyle.app"
A, B = "0a3c7a52-6f0e-4f0b-9a53-1d1c5f1b0a01", "5b1f2f7e-2a39-4d0e-8f55-9a0c2e7d0b02"
REGION = "us-east-1"
TABLE = "ai-lifestyle-app-goals-local"
PLACE = Place(REGION, "local", TABLE, {each.name: f"{each.name}-local" for each in OPERATIONS})
STEPS = {"metric": "count", "value": 8, "unit": "steps", "direction": "increase", "period": "day"}
BY_PATTERN: dict[str, dict[str, Any]] = {
    "recurring": {"period": "day"},
    "limit": {"period": "day"},
    "streak": {"period": "day"},
    "milestone": {"targetDate": "2099-01-01"},
    "target": {"targetDate": "2099-01-01", "startValue": 200},
}


def create_table(dynamodb: Any) -> None:
    """The goals table with both its indexes."""
    keys = [f"{index}{key}" for index in ("", "GSI1", "GSI2") for key in ("PK", "SK")]
    schemas = [
        [{"AttributeName": name, "KeyType": kind} for name, kind in zip(pair, ("HASH", "RANGE"), strict=True)]
        for pair in (keys[:2], keys[2:4], keys[4:])
    ]
    dynamodb.create_table(
        TableName=TABLE,
        KeySchema=schemas[0],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        BillingMode="PAY_PER_REQUEST",
        GlobalSecondaryIndexes=[
            {"IndexName": name, "KeySchema": schema, "Projection": {"ProjectionType": "ALL"}}
            for name, schema in zip(("GSI1", "GSI2"), schemas[1:], strict=True)
        ],
    )


def gateway(app: ASGIApp) -> ASGIApp:
    """Stands for the real one: takes the bearer at his word that he is the user of that id."""

    async def let_in(scope: Scope, receive: Receive, send: Send) -> None:
        words = dict(scope["headers"]).get(b"authorization", b"").decode().split()
        await app({**scope, USER: words[1]} if len(words) == 2 else scope, receive, send)

    return let_in


def a_goal(pattern: str = "recurring", **target: Any) -> dict[str, Any]:
    """A sound goal of a pattern, under a title of its own."""
    common = {"metric": "count", "value": 8, "unit": "steps", "direction": "increase"}
    return {
        "title": f"gonogo-{uuid4()}",
        "category": "gonogo",
        "goalPattern": pattern,
        "target": common | BY_PATTERN[pattern] | target,
    }


def a_log(value: float = 5, ago: int = 0, kind: str = "progress", **more: Any) -> dict[str, Any]:
    """A sound activity for `a_goal`, some days ago."""
    day = (today() - timedelta(days=ago)).isoformat()
    return {"value": value, "unit": "steps", "activityType": kind, "activityDate": day} | more


def today() -> date:
    """The UTC day."""
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Api:
    """The goal service as a user reaches it over HTTP."""

    world: World
    url: str
    user: str
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def service(self) -> GoalService:
        """The service behind it."""
        service: GoalService = self.world.apps[NAME]
        return service

    def by(self, user: str) -> Api:
        """The same for another user."""
        return replace(self, user=user)

    def ask(self, method: str, path: str, body: Any = None, **options: Any) -> requests.Response:
        """Any request; a body that is not bytes is sent as JSON."""
        told = {"data": body} if isinstance(body, bytes) else {} if body is None else {"json": body}
        headers = {"Authorization": f"Bearer {self.user}"} | options.pop("headers", {})
        url = f"{self.url}{path}"
        return self.session.request(method, url, headers=headers, timeout=10, **told, **options)

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of an answer that is well."""
        answer = self.ask("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """A goal that was created."""
        answer = self.ask("POST", "/goals", body)
        assert answer.status_code == 201, answer.text
        created: dict[str, Any] = answer.json()
        return created

    def log(self, goal: dict[str, Any], *bodies: dict[str, Any]) -> list[dict[str, Any]]:
        """Activities that were logged, one after the other."""
        answers = [self.ask("POST", f"/goals/{goal['goalId']}/activities", body) for body in bodies]
        assert [answer.text for answer in answers if answer.status_code != 201] == []
        return [answer.json() for answer in answers]

    def progress(self, goal: dict[str, Any], period: str = "current") -> dict[str, Any]:
        """How far a goal is."""
        told: dict[str, Any] = self.get(f"/goals/{goal['goalId']}/progress", period=period)
        return told

    def all_ids(self, **query: Any) -> list[str]:
        """The ids of all pages of a list of goals, as they come."""
        first = self.get("/goals", **query)
        rest = [self.get("/goals", **query, page=n) for n in range(2, first["pagination"]["pages"] + 1)]
        return [goal["goalId"] for page in [first, *rest] for goal in page["goals"]]
