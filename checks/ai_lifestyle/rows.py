"""What lies in the table? Goals and activities as they are stored, and what cannot be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checks.ai_lifestyle.samples import PATTERNS

MOST_ACTIVE = 50
STATUSES = ("draft", "active", "paused", "completed", "archived")
TYPES = ("progress", "completed", "skipped", "partial")
OPTIONAL = ("icon", "color", "schedule", "context", "rewards", "metadata", "visibility")
"""What a goal of the first release did not have."""
GOAL_ATTRIBUTES = (
    "GSI1PK",
    "user_id",
    "goal_id",
    "status",
    "goal_pattern",
    "title",
    "category",
    "created_at",
    "updated_at",
    "version",
    "migratedAt",
)
ACTIVITY_ATTRIBUTES = ("value", "unit", "activity_type", "activity_date", "logged_at", "note")
Attributes = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """An item by its key, and its attributes without DynamoDB's types; nested ones as `target.value`."""

    pk: str
    sk: str
    said: dict[str, Any]

    @property
    def kind(self) -> str:
        """`GOAL`, `ACTIVITY`, or whatever else its key begins with."""
        return self.sk.partition("#")[0]

    @property
    def goal_key(self) -> tuple[str, str]:
        """The key of the goal that it is, or is about."""
        return self.pk, f"GOAL#{self.sk.split('#')[1]}"

    def time(self, name: str) -> datetime | None:
        """A moment of the row, aware; None if it does not say one."""
        try:
            found = datetime.fromisoformat(str(self.said.get(name)))
        except ValueError:
            return None
        return found if found.tzinfo else None

    def __str__(self) -> str:
        return f"{self.pk} {self.sk}"


@dataclass(frozen=True)
class Sample:
    """Rows of the table, in the order of a scan; `elsewhere` are goals that they are about, asked for by key.
    `is_whole` says that there are no other rows."""

    rows: tuple[Row, ...]
    elsewhere: tuple[Row, ...]
    is_whole: bool
    at: datetime

    @property
    def goals(self) -> list[Row]:
        """The goals among the rows."""
        return [row for row in self.rows if row.kind == "GOAL"]

    @property
    def activities(self) -> list[Row]:
        """The activities among the rows."""
        return [row for row in self.rows if row.kind == "ACTIVITY"]


def row_of(item: Attributes, keys: tuple[str, str]) -> Row:
    """An item as a row; `keys` are the names of the table's key attributes."""
    said = dict(_flat({name: value for name, value in item.items() if name not in keys}))
    pk, sk = (str(next(iter(item[key].values()), "")) for key in keys)
    return Row(pk, sk, said)


def broken(sample: Sample, most_future: timedelta) -> list[str]:
    """What breaks the rules of stored goals and activities (5.2)."""
    goals = {(row.pk, row.sk): row for row in (*sample.elsewhere, *sample.goals)}
    latest = sample.at + most_future
    return [
        *(f"{row}: {one}" for row in sample.goals for one in _about_goal(row, latest)),
        *(
            f"{row}: {one}"
            for row in sample.activities
            for one in _about_activity(row, goals.get(row.goal_key), latest)
        ),
        *_about_users(sample.goals),
    ]


def misdated(sample: Sample, most_future: timedelta) -> list[str]:
    """Moments that lie in the future, and goals that were changed before they were made."""
    latest = sample.at + most_future
    return [
        f"{row}: {name} {moment}"
        for row in sample.rows
        for name in ("created_at", "updated_at", "logged_at")
        if (moment := row.time(name)) and moment > latest
    ] + [f"{row}: updated before it was created" for row in sample.goals if _is_backwards(row)]


def crowded(sample: Sample, own: Iterable[str], most: float, least: int) -> list[str]:
    """Partitions that hold more than a share of the rows, if there are at least so many; our `own` synthetic
    users' do not count. A partition GLOBAL is one too many."""
    mine = {f"USER#{user_id}" for user_id in own}
    counts = Counter(row.pk for row in sample.rows if row.pk not in mine)
    total = counts.total()
    return [
        f"{pk}: {count} of {total} items"
        for pk, count in counts.items()
        if pk == "GLOBAL" or (total >= least and count > most * total)
    ]


def migrated_apart(goals: Iterable[Row], latest: datetime) -> list[str]:
    """Goals that have another version than most, or were migrated at no moment that can be."""
    rows = list(goals)
    versions = Counter(row.said.get("version") for row in rows)
    usual = versions.most_common(1)[0][0] if versions else None
    return [
        *(
            f"{row}: version {row.said.get('version')}, most have {usual}"
            for row in rows
            if _differs(row, usual)
        ),
        *(f"{row}: migrated {row.said['migratedAt']}" for row in rows if _is_misdated(row, latest)),
    ]


def _about_goal(row: Row, latest: datetime) -> Iterator[str]:
    said = row.said
    created, updated = row.time("created_at"), row.time("updated_at")
    is_right = {
        f"is of user {said.get('user_id')}": row.pk == f"USER#{said.get('user_id')}",
        f"is goal {said.get('goal_id')}": row.sk == f"GOAL#{said.get('goal_id')}",
        f"is {said.get('status')}, its index says {said.get('GSI1PK')}": said.get("GSI1PK")
        == f"STATUS#{said.get('status')}",
        f"status {said.get('status')}": said.get("status") in STATUSES,
        f"pattern {said.get('goal_pattern')}": said.get("goal_pattern") in PATTERNS,
        f"target {said.get('target.value')}": _is_between(said.get("target.value"), 1e-300),
        f"created {created}, updated {updated}": created is not None
        and updated is not None
        and created <= updated <= latest,
        "a percentage beyond 0 to 100": all(
            _is_between(said.get(f"progress.{name}", 0), 0, 100)
            for name in ("percent_complete", "success_rate")
        ),
    }
    yield from (complaint for complaint, is_so in is_right.items() if not is_so)


def _about_activity(row: Row, goal: Row | None, latest: datetime) -> Iterator[str]:
    if goal is None:
        yield "its goal does not exist"
        return
    said, pattern, logged = row.said, goal.said.get("goal_pattern"), row.time("logged_at")
    is_progress, value = said.get("activity_type") == "progress", said.get("value")
    is_right = {
        f"is of user {said.get('user_id')}": row.pk == f"USER#{said.get('user_id')}",
        f"type {said.get('activity_type')}": said.get("activity_type") in TYPES,
        f"logged {said.get('logged_at')}": logged is not None and logged <= latest,
        f"unit {said.get('unit')}": said.get("unit") == goal.said.get("target.unit"),
        f"of a streak, {said.get('activity_type')} {value}": pattern != "streak"
        or (is_progress and value == 1),
        f"of a milestone, progress {value}": pattern != "milestone"
        or not is_progress
        or _is_between(value, 1e-300),
        f"day {said.get('activity_date')}": str(said.get("activity_date"))[:10]
        <= str((latest + timedelta(days=1)).date()),
    }
    yield from (complaint for complaint, is_so in is_right.items() if not is_so)


def _about_users(goals: Iterable[Row]) -> list[str]:
    active = [row for row in goals if row.said.get("status") == "active"]
    titles = Counter((row.pk, str(row.said.get("title")).casefold()) for row in active)
    counts = Counter(row.pk for row in active)
    return [
        *(
            f"{pk}: {count} active goals are called {title!r}"
            for (pk, title), count in titles.items()
            if count > 1
        ),
        *(f"{pk}: {count} active goals" for pk, count in counts.items() if count > MOST_ACTIVE),
    ]


def _flat(item: Attributes, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, attribute in item.items():
        ((kind, value),) = attribute.items()
        if kind == "M":
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", float(value) if kind == "N" else value


def _is_between(value: Any, low: float, high: float = float("inf")) -> bool:
    return isinstance(value, int | float) and low <= value <= high


def _is_backwards(row: Row) -> bool:
    created, updated = row.time("created_at"), row.time("updated_at")
    return created is not None and updated is not None and updated < created


def _differs(row: Row, usual: Any) -> bool:
    return bool(row.said.get("version") != usual)


def _is_misdated(row: Row, latest: datetime) -> bool:
    if "migratedAt" not in row.said:
        return False
    moment = row.time("migratedAt")
    return moment is None or moment > latest
