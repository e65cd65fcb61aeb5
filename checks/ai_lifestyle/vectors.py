"""Which progress was agreed for which goals and logs? The golden vectors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parents[2] / "golden" / "ai_lifestyle" / "progress.toml"
TOLERANCE = 1e-6
SLACK = {"projected": 1}
"""By name: by how much more a number may be off."""
PATTERNS = ("recurring", "milestone", "target", "streak", "limit")
DAYS = re.compile(r"D(?:-(\d+))?(?:\.\.D(?:-(\d+))?)?")


@dataclass(frozen=True)
class Logged:
    """An activity, so many days before today."""

    ago: int
    value: float
    type: str = "progress"


@dataclass(frozen=True)
class Vector:
    """A goal, what was logged for it in this order, and the numbers that follow.

    `goal` has value and, where they apply, period, startValue and frequency; `ask` is the period that
    statistics are asked for; `expect` is in the API's names, with `leap` over it where a leap day makes the
    window shorter; `is_strict` ones only warn.
    """

    id: str
    pattern: str
    goal: Mapping[str, Any]
    logs: tuple[Logged, ...]
    ask: str
    expect: Mapping[str, Any]
    leap: Mapping[str, Any]
    is_strict: bool

    def misses(self, block: Mapping[str, Any], today: date) -> list[str]:
        """What a block of progress or statistics says that was not agreed of that day."""
        said = dict(block) | _counted(block) | _projected(block, today)
        agreed = [self.expect]
        if self.leap and _is_short(today, self.goal["period"]):
            agreed.append({**self.expect, **self.leap})
        return min((self._misses(said, expected) for expected in agreed), key=len)

    def _misses(self, said: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
        return [
            f"{self.id}: {name} is {said.get(name)}, not {value}"
            for name, value in expected.items()
            if not _agree(said.get(name), value, SLACK.get(name, 0))
        ]


@cache
def progress_vectors() -> tuple[Vector, ...]:
    """R, M, T, S and L: what the progress block says."""
    return tuple(vector for pattern in PATTERNS for vector in _section(pattern))


@cache
def statistics_vectors() -> tuple[Vector, ...]:
    """C: what the statistics say; C9 also how many recommendations there are."""
    return tuple(_section("statistics"))


@cache
def key_vectors() -> Mapping[date, Mapping[str, str]]:
    """By day: the keys of the periods it lies in, by the length of the period."""
    return {date.fromisoformat(day): keys for day, keys in _golden()["keys"].items()}


def days_ago(text: str) -> list[int]:
    """The days that `D`, `D-3` or `D-6..D` stand for, as days before today, oldest first.

    Raises:
        ValueError: the text is none of these.
    """
    found = DAYS.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not D, D-n or D-n..D-m")
    first, last = (int(group or 0) for group in found.groups())
    return list(range(first, last - 1, -1)) if ".." in text else [first]


def _is_short(today: date, period: str) -> bool:
    """Whether a span of 365 days, because of a leap day, begins one period later than in other years."""
    before = today - timedelta(days=365)
    match period:
        case "month":
            return before.month != today.month
        case "quarter":
            return (before.month - 1) // 3 != (today.month - 1) // 3
        case _:
            return before.year == today.year


def _counted(block: Mapping[str, Any]) -> dict[str, int]:
    history, hints = block.get("periodHistory") or [], block.get("recommendations") or []
    achieved = sum(bool(entry["achieved"]) for entry in history)
    return {"keys": len(history), "achieved": achieved, "recommendations": len(hints)}


def _projected(block: Mapping[str, Any], today: date) -> dict[str, int]:
    if not block.get("projectedCompletion"):
        return {}
    return {"projected": (date.fromisoformat(block["projectedCompletion"][:10]) - today).days}


def _agree(said: Any, agreed: Any, slack: float) -> bool:
    if isinstance(agreed, str) or not isinstance(said, int | float):
        return bool(said == agreed)
    return isclose(said, agreed, rel_tol=TOLERANCE, abs_tol=slack)


@cache
def _golden() -> dict[str, Any]:
    return tomllib.loads(GOLDEN.read_text(encoding="utf-8"))


def _section(name: str) -> Iterator[Vector]:
    for key, told in _golden()[name].items():
        goal = dict(told["goal"])
        pattern = goal.pop("pattern", name)
        logs = tuple(Logged(ago, *log[1:]) for log in told["logs"] for ago in days_ago(log[0]))
        yield Vector(
            key,
            pattern,
            goal,
            logs,
            told.get("ask", "current"),
            told["expect"],
            told.get("leap", {}),
            told.get("strict", False),
        )
