"""What do we write that is synthetic? Goals of each pattern and activities for them, sound in every field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

Body = dict[str, Any]
PATTERNS = ("recurring", "milestone", "target", "streak", "limit")
CATEGORY = "gonogo"
UNIT = "steps"
DUE_IN = timedelta(days=365)
TARGETS: Mapping[str, Body] = {
    "recurring": {"value": 10, "period": "day"},
    "milestone": {"value": 100},
    "target": {"value": 180, "startValue": 200},
    "streak": {"value": 30, "period": "day"},
    "limit": {"value": 20, "period": "day"},
}
"""By pattern: what there is to reach, where nothing else is asked for."""
READINGS: Mapping[str, float] = {"recurring": 12, "milestone": 25, "target": 190, "streak": 1, "limit": 5}
"""By pattern: the value of a sound activity for `TARGETS`."""


def a_goal(pattern: str, title: str, today: date, target: Mapping[str, Any] | None = None) -> Body:
    """A sound goal; `target` has value, period and startValue where others than usual are wanted."""
    wanted = dict(TARGETS[pattern] if target is None else target)
    falls = wanted.get("startValue", 0) > wanted["value"] or pattern == "limit"
    if pattern in ("milestone", "target"):
        wanted["targetDate"] = (today + DUE_IN).isoformat()
    common = {"metric": "count", "unit": UNIT, "direction": "decrease" if falls else "increase"}
    return {"title": title, "category": CATEGORY, "goalPattern": pattern, "target": common | wanted}


def a_log(value: float, day: date, kind: str = "progress", unit: str = UNIT) -> Body:
    """A sound activity."""
    return {"value": value, "unit": unit, "activityType": kind, "activityDate": day.isoformat()}
