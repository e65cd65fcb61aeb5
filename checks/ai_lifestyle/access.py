"""Who is let in? Every way to present a token, good or bad, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fixtures.causes import CouldNotLookError
from fixtures.probes.http import Reply
from reports.results import Cause

Expected = Literal["in", "out", "either"]
REFUSED = (401,)
NO_JSON = "no JSON object"
DATA = frozenset({"goals", "activities", "goalId", "progress", "firstName", "secret", "accessToken"})
"""What only answers from behind a door hold."""


@dataclass(frozen=True)
class Row:
    """A row of the matrix: what is presented, whether that should let anybody in, and how it is refused.

    `why_not` says why an environment cannot try it, "" where it can.
    """

    name: str
    expected: Expected = "out"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    statuses: tuple[int, ...] = REFUSED
    why_not: str = ""

    @property
    def token(self) -> str:
        """The token that is presented as a bearer's, "" if none is."""
        return self.headers.get("Authorization", "").partition("Bearer ")[2]


@dataclass(frozen=True)
class Attempt:
    """What came of presenting something at a door; `statuses` are those that a refusal may have.

    `is_in` says that what is behind the door has answered, `oddity` what is not as it should be with a
    refusal. A row that could not be tried has a `why_not` and no status.
    """

    door: str
    row: str
    expected: Expected
    statuses: tuple[int, ...]
    status: int = 0
    is_in: bool = False
    oddity: str = ""
    why_not: str = ""

    @property
    def is_tried(self) -> bool:
        """Whether there was an answer at all."""
        return not self.why_not

    @property
    def is_right(self) -> bool:
        """Whether those are in who should be, with an answer that can be read, and nobody else."""
        if self.expected == "in":
            return self.is_in and self.oddity != NO_JSON
        return self.expected == "either" or not self.is_in

    @property
    def is_odd(self) -> bool:
        """Whether a refusal has another face than the agreed one."""
        return not self.is_in and (self.status not in self.statuses or self.oddity != "")

    @property
    def is_dead(self) -> bool:
        """Whether the door broke down before somebody who should be let in."""
        return self.expected == "in" and not self.is_in and self.status >= 500

    def __str__(self) -> str:
        if self.why_not:
            return f"{self.door}: {self.row}: not applicable here: {self.why_not}"
        was = "let in" if self.is_in else "kept out"
        oddity = f", {self.oddity}" if self.oddity and (self.oddity == NO_JSON or not self.is_in) else ""
        return f"{self.door}: {self.row}: {was} with {self.status}{oddity}"


def attempt(door: str, row: Row, reply: Reply) -> Attempt:
    """What an answer says about the row."""
    return Attempt(door, row.name, row.expected, row.statuses, reply.status, is_in(reply), oddity(reply))


def not_tried(door: str, row: Row) -> Attempt:
    """A row that cannot be tried here."""
    return Attempt(door, row.name, row.expected, row.statuses, why_not=row.why_not)


def is_in(reply: Reply) -> bool:
    """Whether an answer comes from behind the door: a success, data, or an error in the app's own words.

    The app refuses, too, whoever comes to it without a name: that is to be kept out.
    """
    is_own_error = "error" in reply.fields and reply.status not in (401, 403)
    return reply.is_success or is_own_error or shows_data(reply.json)


def shows_data(body: Any) -> bool:
    """Whether a body holds what only those may see who are let in."""
    return isinstance(body, list) or (isinstance(body, dict) and not DATA.isdisjoint(body))


def oddity(reply: Reply) -> str:
    """What is wrong with the face of a refusal, "" when it is JSON with a message."""
    if not isinstance(reply.json, dict):
        return NO_JSON
    return "" if isinstance(reply.fields.get("message"), str) else "no message"


def alive(attempts: list[Attempt]) -> list[Attempt]:
    """The attempts, if they can be judged: a dead door looks like one that is closed.

    Raises:
        CouldNotLookError: unreachable, when the good token meets a 5xx, and nobody else was let in.
    """
    dead = [one for one in attempts if one.is_dead]
    if dead and all(one.is_right for one in attempts if one.expected == "out"):
        raise CouldNotLookError(Cause.UNREACHABLE, f"{dead[0]}, so that its refusals prove nothing")
    return attempts
