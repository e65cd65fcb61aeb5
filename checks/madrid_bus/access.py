"""Who is let in? The requests that must be accepted, and those that must be refused."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checks.madrid_bus.visits import HEALTH_CHECK, headers
from fixtures.causes import CouldNotLookError
from fixtures.probes.websocket import OPENED
from reports.results import Cause

DATA = frozenset({"count", "line_ids", "temperature", "latitude", "buses", "data", "tools"})
NOTHING_FOUND = ("No data found", "No buses found")
REFUSED, UNAUTHORIZED = "Unauthorized", 401


@dataclass(frozen=True)
class Case:
    """One way to knock: headers and query, and whether it should be let in."""

    name: str
    is_entitled: bool
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """What came of knocking at a door."""

    door: str
    case: str
    is_entitled: bool
    status: int
    is_answered: bool = False
    message: str | None = None

    @property
    def is_told(self) -> bool:
        """Whether it was refused in the agreed words; a handshake that is refused has none (None)."""
        has_words = self.message is None or self.message.startswith(REFUSED)
        return self.is_let_in or (self.status == UNAUTHORIZED and has_words)

    @property
    def is_let_in(self) -> bool:
        """Whether it was accepted: a 2xx, an opened socket, or an answer of what is behind the door."""
        return 200 <= self.status < 300 or self.status == OPENED or self.is_answered

    @property
    def is_dead(self) -> bool:
        """Whether the door broke down before somebody who should be let in."""
        return self.is_entitled and self.status >= 500

    @property
    def is_right(self) -> bool:
        """Whether those were let in who should be, as far as what is behind the door, and nobody else."""
        is_inside = self.status == OPENED or self.is_answered
        return is_inside if self.is_entitled else not self.is_let_in

    def __str__(self) -> str:
        was = "let in" if self.is_let_in else "refused"
        empty = " but no answer" if self.is_let_in and self.is_entitled and not self.is_right else ""
        return f"{self.door}: {self.case}: {was} with {self.status}{empty}"


def fresh_group() -> str:
    """A group that no authorizer remembers."""
    return f"gonogo-{secrets.token_hex(4)}"


def wrong_key() -> str:
    """A key that resembles no other."""
    return secrets.token_hex(16)


def http_cases(key: str) -> list[Case]:
    """The rows A1 to A10 of REST; MCP shares the first seven."""
    group = fresh_group()
    return [
        Case("A1 key and group", True, headers(key, group)),
        Case("A2 no key", False, {"x-group-name": group}),
        Case("A3 empty key", False, headers("", group)),
        Case("A4 wrong key", False, headers(wrong_key(), group)),
        Case("A5 no group", False, {"x-api-key": key}),
        Case("A6 empty group", False, headers(key, "")),
        Case("A7 neither", False),
        Case("A8 key in the query", False, {"x-group-name": group}, {"x-api-key": key}),
        Case("A9 header in capitals", True, {"X-API-KEY": key, "X-GROUP-NAME": group}),
        Case("A10 another group", True, headers(key, HEALTH_CHECK)),
    ]


def socket_cases(key: str) -> list[Case]:
    """The rows W1 to W6 of the WebSocket."""
    group = fresh_group()
    return [
        Case("W1 key and group", True, query={"api_key": key, "group_name": group}),
        Case("W2 no key", False, query={"group_name": group}),
        Case("W3 wrong key", False, query={"api_key": wrong_key(), "group_name": group}),
        Case("W4 no group", False, query={"api_key": key}),
        Case("W5 neither", False),
        Case("W6 both as headers", False, {**headers(key, group), "api_key": key, "group_name": group}),
    ]


def is_answered(body: Any) -> bool:
    """Whether a body comes from behind the door: it holds data, or says that there are none."""
    if not isinstance(body, dict):
        return isinstance(body, list)
    return not DATA.isdisjoint(body) or str(body.get("message", "")).startswith(NOTHING_FOUND)


def alive(attempts: list[Attempt]) -> list[Attempt]:
    """The attempts, if they can be judged: a dead door looks like one that is closed.

    Raises:
        CouldNotLookError: unreachable, when a door breaks down before the right key, and no other is open.
    """
    dead = [attempt for attempt in attempts if attempt.is_dead]
    if dead and all(attempt.is_right for attempt in attempts if not attempt.is_entitled):
        raise CouldNotLookError(Cause.UNREACHABLE, f"{dead[0]}, so that its refusals prove nothing")
    return attempts
