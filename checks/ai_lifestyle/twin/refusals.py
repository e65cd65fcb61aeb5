"""With what does the goal service refuse a request? A status, a code of its own, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class RefusedError(Exception):
    """A request that is refused: HTTP status, code, message, and what else the answer tells.

    `fields` maps a field of the request to what is wrong with it, `details` are further facts.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: Mapping[str, str] | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.fields = fields or {}
        self.details = details or {}


def bad_request(fields: Mapping[str, str]) -> RefusedError:
    """400: fields of the request are not of the form they must have."""
    return RefusedError(400, "VALIDATION_ERROR", "The request is not valid", fields)


def bad_goal(fields: Mapping[str, str]) -> RefusedError:
    """422: each field is well formed, but the goal makes no sense."""
    return RefusedError(422, "GOAL_VALIDATION_ERROR", "The goal is not valid", fields)


def bad_activity(fields: Mapping[str, str]) -> RefusedError:
    """422: the activity does not fit its goal."""
    return RefusedError(422, "ACTIVITY_VALIDATION_ERROR", "The activity does not fit the goal", fields)


def closed() -> RefusedError:
    """422: the goal is over."""
    return RefusedError(422, "GOAL_ALREADY_COMPLETED", "The goal is completed or archived")


def quota_exceeded(count: int, allowed: int) -> RefusedError:
    """422: the user has as many active goals as anybody may."""
    details = {"current_count": count, "max_allowed": allowed}
    return RefusedError(422, "GOAL_QUOTA_EXCEEDED", "Too many active goals", details=details)


def not_found() -> RefusedError:
    """404: the user has no such goal."""
    return RefusedError(404, "GOAL_NOT_FOUND", "Goal not found")
