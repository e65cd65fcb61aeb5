"""Does the app say that it is well, of the right environment, by a clock that is right, and quickly?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from checks.ai_lifestyle.answers import Said, inner, text

DATABASE = {"connected", "healthy"}


@dataclass(frozen=True)
class Timed:
    """How long answers about a path took, in seconds: the first one, and the warm ones after it."""

    path: str
    first_s: float
    warm_s: tuple[float, ...]

    def slow(self, most_ms: float) -> list[str]:
        """What took too long, if that was more than once: the first answer may."""
        times = {"at first": self.first_s} | {f"warm, {n}": s for n, s in enumerate(self.warm_s, 1)}
        slow = [f"{self.path}: {when}: {s * 1000:.0f} ms" for when, s in times.items() if s * 1000 > most_ms]
        return slow if len(slow) > 1 else []


def complaints(health: Said, max_skew_s: float) -> list[str]:
    """What speaks against the health of the app; `/health` is 200 even when it is degraded."""
    if not health.is_any([200]):
        return [str(health)]
    body = health.body
    status, database = text(body, "status"), _database(body)
    clock = _clock(body)
    skew = abs((health.at - clock).total_seconds()) if clock else None
    is_right = {
        f"status is {status!r}": status == "healthy",
        f"the database is {database!r}": database in DATABASE,
        f"its clock says {clock}": skew is not None and skew <= max_skew_s,
    }
    return [complaint for complaint, is_so in is_right.items() if not is_so]


def environment(health: Said) -> str:
    """The environment that the app says it is, "" if it does not say."""
    return text(inner(health.body, "system"), "environment")


def _database(body: dict[str, Any]) -> str:
    services, checks = inner(body, "services"), inner(inner(body, "checks"), "dynamodb")
    told = {text(services, "database"), text(checks, "status")} - {""}
    return next(iter(sorted(told - DATABASE)), "") or next(iter(sorted(told)), "")


def _clock(body: dict[str, Any]) -> datetime | None:
    told = text(body, "timestamp") or text(inner(body, "system"), "timestamp")
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
