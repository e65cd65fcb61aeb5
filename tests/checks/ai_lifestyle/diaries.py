"""What do the tests of journeys ask? The seeded service, in the hands of a user, and answers made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from checks.ai_lifestyle.answers import Said
from checks.ai_lifestyle.diary import Diary
from checks.ai_lifestyle.people import User
from fixtures.creations import Creations
from fixtures.probes.http import Ask, Reply, fetch
from tests.checks.ai_lifestyle.living import Api

SETTLING_S = 0.05
NOW = datetime(2026, 2, 22, 12, tzinfo=UTC)
HEADERS = {"content-type": "application/json", "x-request-id": "4b0c"}


class Wire:
    """Asks the service over HTTP, or gives the answers of `instead`, one after the other, first."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.asked: list[Ask] = []
        self.instead: list[Reply] = []

    def ask(self, _endpoint: str, ask: Ask) -> Reply:
        """The answer to one request."""
        self.asked.append(ask)
        if self.instead:
            return self.instead.pop(0)
        return fetch(self.api.session, f"{self.api.url}{ask.path}", ask, 10)


def a_diary(api: Api, wire: Any = None) -> Diary:
    """The diary of the user of an API; the gateway of these tests takes his id for a token."""
    target: Any = SimpleNamespace(
        id="ai_lifestyle-local",
        settings=SimpleNamespace(settling_s=SETTLING_S),
        run=SimpleNamespace(creations=Creations()),
    )
    web: Any = wire or Wire(api)
    return Diary(web, User("A", api.user, api.user, ""), target, 0.0, "test")


def creations_of(diary: Diary) -> Creations:
    """What the run of a diary has made."""
    made: Creations = diary._target.run.creations
    return made


def said(status: int = 200, asked: str = "GET /goals", **body: Any) -> Said:
    """An answer of a sound kind."""
    return Said(asked, status, 0.01, NOW, body, dict(HEADERS))


def with_body(one: Said, **changes: Any) -> Said:
    """An answer that says something else; None takes a field away."""
    body = {name: value for name, value in (one.body | changes).items() if value is not None}
    return replace(one, body=body)


def with_step(transcript: Any, name: str, one: Said) -> Any:
    """A transcript with another answer at a step."""
    return replace(transcript, steps={**transcript.steps, name: one})
