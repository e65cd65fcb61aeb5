"""What do the activities of a goal say as a whole? Their numbers in a window, and what stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean

from checks.ai_lifestyle.twin.progress import Aim, Block, Log
from checks.ai_lifestyle.twin.rules import HEALTHY, Rules

WINDOW_DAYS = {"week": 7, "month": 30, "current": 30, "quarter": 90, "year": 365}
"""By the asked period: how many days, today included. `all` has no bounds."""
DAYS_PER_TURN = {"daily": 1, "weekly": 7, "monthly": 30}
DAILY_PATTERNS = frozenset({"recurring", "streak", "limit"})
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DONE = frozenset({"progress", "completed"})
WEAK_CONSISTENCY = 50
MANY_SKIPPED = 0.3


def statistics(aim: Aim, logs: Sequence[Log], asked: str, today: date, rules: Rules = HEALTHY) -> Block:
    """The statistics of a goal for the asked period, `all` included. Source: section 5.4."""
    first = today - timedelta(days=WINDOW_DAYS[asked] - 1) if asked in WINDOW_DAYS else date.min
    within = [log for log in logs if log.day >= first]
    values = [log.value for log in within if log.type in DONE]
    return {
        "totalActivities": len(within),
        "completedActivities": len(values),
        "skippedActivities": sum(log.type == "skipped" for log in within),
        "averageValue": fmean(values) if values else 0,
        "bestValue": max(values, default=0),
        "worstValue": min(values, default=0),
        "consistency": consistency(aim, within, asked, rules),
    }


def consistency(aim: Aim, logs: Sequence[Log], asked: str, rules: Rules = HEALTHY) -> float:
    """Days with activities per hundred that the frequency of the goal asks for, at most 100."""
    usual = "daily" if aim.pattern in DAILY_PATTERNS else "weekly"
    turn = DAYS_PER_TURN.get(aim.frequency or usual, DAYS_PER_TURN[usual])
    expected = WINDOW_DAYS.get(asked, 0) // turn
    active = len({log.day for log in logs} if rules.consistency_counts_days else logs)
    return min(100, 100 * active / expected) if expected else 0


def insights(logs: Sequence[Log], numbers: Block) -> Block:
    """When the goal goes best, what helps, and at most three things to try; `numbers` are its statistics."""
    done = [log for log in logs if log.type in DONE]
    times = Counter(log.time_of_day for log in done if log.time_of_day)
    days = Counter(WEEKDAYS[log.day.weekday()] for log in done)
    best_time, best_day = (max(counts, key=counts.__getitem__, default=None) for counts in (times, days))
    return {
        "bestTimeOfDay": best_time,
        "bestDayOfWeek": best_day,
        "successPatterns": [f"Most active on {best_day}s"] if best_day else [],
        "recommendations": _recommendations(numbers),
    }


def _recommendations(numbers: Block) -> list[str]:
    total = numbers["totalActivities"]
    if not total:
        return ["Log a first activity to get going"]
    hints = {
        "Log more regularly": numbers["consistency"] < WEAK_CONSISTENCY,
        "Plan for the days you tend to skip": numbers["skippedActivities"] > MANY_SKIPPED * total,
    }
    return [hint for hint, is_due in hints.items() if is_due]
