"""What did the API answer? One request, and what was said to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fixtures.probes.http import Reply

KEPT_HEADERS = ("content-type", "location", "x-request-id", "cache-control")


@dataclass(frozen=True)
class Said:
    """What was said when `asked`, at a moment by AWS's clock; `body` is empty unless it is a JSON object."""

    asked: str
    status: int
    seconds: float
    at: datetime
    body: dict[str, Any]
    headers: dict[str, str]

    @classmethod
    def of(cls, asked: str, reply: Reply, at: datetime) -> Said:
        """An answer, with those of its headers that anybody looks at."""
        headers = {name: reply.headers[name] for name in KEPT_HEADERS if name in reply.headers}
        return cls(asked, reply.status, round(reply.seconds, 4), at, reply.fields, headers)

    @property
    def is_json(self) -> bool:
        """Whether it calls itself JSON, and is an object."""
        return self.headers.get("content-type", "").startswith("application/json") and bool(self.body)

    @property
    def code(self) -> str:
        """The application's own word for an error, "" where there is none."""
        return text(self.body, "error")

    @property
    def fields_named(self) -> tuple[str, ...]:
        """The fields that an error complains of."""
        return tuple(text(error, "field") for error in objects(self.body, "validation_errors"))

    def is_any(self, statuses: Collection[int]) -> bool:
        """Whether it is a JSON object with one of these statuses: a web page with 200 is no answer."""
        return self.status in statuses and self.is_json

    def __str__(self) -> str:
        what = f"{self.code} {text(self.body, 'message')}".strip() if self.status >= 400 else ""
        kind = "" if self.is_json else "no JSON object"
        return f"{self.asked}: HTTP {self.status} {what or kind}".strip()


def text(body: Mapping[str, Any], name: str) -> str:
    """A string of an object, "" if there is none of that name."""
    value = body.get(name)
    return value if isinstance(value, str) else ""


def number(body: Mapping[str, Any], name: str) -> float | None:
    """A number of an object, None if there is none of that name."""
    value = body.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def objects(body: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list in an object."""
    value = body.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def inner(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """An object in an object, empty if there is none of that name."""
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def moment(body: Mapping[str, Any], name: str) -> datetime | None:
    """A moment of an object, aware; None if it does not say one with its offset."""
    try:
        found = datetime.fromisoformat(text(body, name))
    except ValueError:
        return None
    return found if found.tzinfo else None


def day(body: Mapping[str, Any], name: str) -> date | None:
    """A day of an object, None if it does not say one."""
    try:
        return date.fromisoformat(text(body, name)[:10])
    except ValueError:
        return None
