"""Which routes does the API have, and how is each asked so that nothing is done should it let us in?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from fixtures.probes.http import Ask

JSON = {"Content-Type": "application/json"}
ID_ROUTES = (
    "GET /goals/{goalId}",
    "PUT /goals/{goalId}",
    "DELETE /goals/{goalId}",
    "POST /goals/{goalId}/activities",
    "GET /goals/{goalId}/activities",
    "GET /goals/{goalId}/progress",
)
PROTECTED = (
    "GET /goals",
    "POST /goals",
    *ID_ROUTES,
    "GET /users/profile",
    "PUT /users/profile",
    "POST /auth/mfa/setup",
    "POST /auth/mfa/verify-setup",
    "POST /auth/mfa/disable",
)
"""Every route that wants an access token."""
LEFTOVERS = ("/debug", "/docs", "/openapi.json", "/metrics", "/admin", "/test")


@dataclass(frozen=True)
class Door:
    """A route by its name, and a request for it."""

    name: str
    ask: Ask

    def knock(self, headers: Mapping[str, str], query: Mapping[str, str]) -> Ask:
        """The request with headers and query of a visitor."""
        return replace(self.ask, headers={**self.ask.headers, **headers}, query=dict(query))


def door(name: str, goal_id: str | None = None, body: Any = None) -> Door:
    """A route. Without a goal of its own it asks for one that does not exist, and its body is refused."""
    method, path = name.split(" ", 1)
    told = ({} if body is None else body) if method in ("POST", "PUT") else None
    ask = Ask(path.replace("{goalId}", goal_id or str(uuid4())), {}, {}, method, told)
    return Door(name, ask if told is None else replace(ask, headers=JSON))


def protected() -> list[Door]:
    """All thirteen protected routes."""
    return [door(name) for name in PROTECTED]
