"""What does the store hold when all is well? Goals and forty days of activities, up to a moment ago."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from checks.ai_lifestyle.twin.progress import FRESH
from checks.ai_lifestyle.twin.service import counted
from checks.ai_lifestyle.twin.shapes import in_store_names
from checks.ai_lifestyle.twin.store import Row, Store, activity_item, goal_item

DAYS = 40
CREATED_BEFORE = timedelta(days=DAYS + 1)
GOAL_IN = timedelta(days=365)
OPTIONAL: Row = {
    "description": "kept by gonogo",
    "icon": "flag",
    "color": "#336699",
    "context": {"motivation": "to be well", "importance_level": 4},
    "rewards": {"points_per_activity": 10, "milestone_rewards": [], "badges": []},
    "metadata": {"made_by": "gonogo"},
    "visibility": "private",
}
"""What a goal of the first release did not have yet."""
LEGACY = "gonogo-legacy"


@dataclass(frozen=True)
class Planned:
    """A goal to be seeded: its own words for the target, and what was logged `ago` days back, if anything."""

    title: str
    pattern: str
    target: Row
    status: str = "active"
    category: str = "gonogo"
    logged: Callable[[int], tuple[float, str]] | None = None
    days: int = DAYS


def _progress(value: float) -> tuple[float, str]:
    return value, "progress"


def _steps(ago: int) -> tuple[float, str]:
    return (0, "skipped") if ago % 9 == 5 else _progress(8_000 + 700 * (ago % 8))


STEPS = {"metric": "count", "value": 10_000, "unit": "steps", "direction": "increase", "period": "day"}
SAVINGS = {"metric": "money", "value": 80_000, "unit": "EUR", "direction": "increase"}
WEIGHT = {"metric": "weight", "value": 180, "unit": "lb", "direction": "decrease", "start_value": 200}
CALM = {"metric": "count", "value": 100, "unit": "sessions", "direction": "increase", "period": "day"}
COFFEE = {"metric": "count", "value": 2, "unit": "cups", "direction": "decrease", "period": "day"}

STANDING = (
    Planned("gonogo-standing-recurring", "recurring", STEPS, logged=_steps),
    Planned("gonogo-standing-milestone", "milestone", SAVINGS, logged=lambda _ago: _progress(500)),
    Planned("gonogo-standing-target", "target", WEIGHT, logged=lambda ago: _progress(188 + ago / 4)),
    Planned("gonogo-standing-streak", "streak", CALM, logged=lambda _ago: _progress(1)),
    Planned("gonogo-standing-limit", "limit", COFFEE, logged=lambda ago: _progress(3 - ago % 4)),
)
"""One goal of each pattern, to which the freshness of the data is measured."""
OTHERS = (
    Planned(LEGACY, "recurring", STEPS, category="fitness", logged=_steps, days=10),
    Planned("gonogo-reading", "milestone", SAVINGS | {"unit": "pages"}, category="learning"),
    Planned("gonogo-sweets", "limit", COFFEE | {"unit": "bars"}, category="health"),
    Planned("gonogo-draft", "streak", CALM, "draft", "health"),
    Planned("gonogo-paused", "recurring", STEPS, "paused", "fitness", _steps, 10),
    Planned("gonogo-archived-run", "recurring", STEPS, "archived", "fitness", _steps, 10),
    Planned("gonogo-archived-diet", "target", WEIGHT, "archived", "health", lambda _ago: _progress(190), 10),
)
OF_THE_OTHER_USER = (
    Planned("gonogo-other-steps", "recurring", STEPS),
    Planned("gonogo-other-savings", "milestone", SAVINGS),
)


def plant(store: Store, user_a: str, user_b: str, now: datetime) -> None:
    """Give user A twelve goals and 240 activities, and user B two goals."""
    items: list[Row] = []
    for user_id, plans in ((user_a, STANDING + OTHERS), (user_b, OF_THE_OTHER_USER)):
        for place, planned in enumerate(plans):
            # No two goals have a moment in common, so that none sort alike.
            at = now - timedelta(seconds=1 + place)
            items += _items(planned, user_id, at, now)
    store.put_all(items)


def goal_id_of(user_id: str, title: str) -> str:
    """The id under which a goal is seeded."""
    return str(uuid5(NAMESPACE_URL, f"{user_id}/{title}"))


def _items(planned: Planned, user_id: str, at: datetime, now: datetime) -> Iterator[Row]:
    """The goal and its activities, the newest of which was logged `at` that moment."""
    activities = list(_activities(planned, user_id, at))
    goal = _goal(planned, user_id, at)
    if activities:
        goal = counted(goal, activities, now.date()) | {"updated_at": activities[-1]["logged_at"]}
    yield goal_item(goal)
    yield from (activity_item(activity) for activity in activities)


def _goal(planned: Planned, user_id: str, at: datetime) -> Row:
    created = _written(at - CREATED_BEFORE)
    dated = planned.pattern in ("milestone", "target")
    due: Row = {"target_date": (at + GOAL_IN).date().isoformat()} if dated else {}
    return ({} if planned.title == LEGACY else OPTIONAL) | {
        "goal_id": goal_id_of(user_id, planned.title),
        "user_id": user_id,
        "title": planned.title,
        "category": planned.category,
        "goal_pattern": planned.pattern,
        "target": planned.target | due,
        "status": planned.status,
        "created_at": created,
        "updated_at": created,
        "is_journal_linked": False,
        "progress": in_store_names(FRESH),
    }


def _activities(planned: Planned, user_id: str, at: datetime) -> Iterator[Row]:
    if planned.logged is None:
        return
    for ago in range(planned.days - 1, -1, -1):
        logged_at = _written(at - timedelta(days=ago))
        value, kind = planned.logged(ago)
        told: dict[str, Any] = {"time_of_day": "morning" if ago % 3 else "evening"}
        yield {
            "activity_id": str(uuid5(NAMESPACE_URL, f"{user_id}/{planned.title}/{logged_at}")),
            "goal_id": goal_id_of(user_id, planned.title),
            "user_id": user_id,
            "value": value,
            "unit": planned.target["unit"],
            "activity_type": kind,
            "activity_date": logged_at[:10],
            "logged_at": logged_at,
            "timezone": "UTC",
            "source": "manual",
            "context": told,
        }


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
