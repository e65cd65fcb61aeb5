"""How far is a goal? Five patterns, each with its formula; only counted activities enter them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import fsum
from statistics import fmean
from typing import Any

from checks.ai_lifestyle.twin.keys import key_of, window
from checks.ai_lifestyle.twin.rules import HEALTHY, Rules

Block = dict[str, Any]
"""Fields as the API names them."""

TREND_POINTS = 5
TREND_SHARE = 0.01
FARTHEST_DAYS = 100 * 365
FRESH: Block = {"percentComplete": 0, "trend": "stable", "successRate": 0, "periodHistory": []}
"""The progress inside a goal for which nothing was logged yet."""


@dataclass(frozen=True)
class Aim:
    """What a goal asks for. `start` is known of the target pattern only, `frequency` where one was set."""

    pattern: str
    value: float
    period: str = "day"
    start: float = 0.0
    frequency: str | None = None


@dataclass(frozen=True)
class Log:
    """One activity of a goal; those of a goal stand in the order in which they were logged."""

    day: date
    value: float
    type: str = "progress"
    time_of_day: str | None = None


def progress(aim: Aim, logs: Iterable[Log], today: date, rules: Rules = HEALTHY) -> Block:
    """The progress block of a goal on `today`, over the goal's own window. Source: section 5.4."""
    counted = [log for log in logs if log.type in rules.counted_types]
    by_day = sorted(counted, key=lambda log: log.day)
    match aim.pattern:
        case "recurring":
            block = _recurring(aim, by_day, today, rules)
        case "limit":
            block = _limit(aim, by_day, today, rules)
        case "milestone":
            block = _milestone(aim, by_day, today)
        case "target":
            block = _target(aim, by_day)
        case _:
            block = _streak(aim, by_day, today, rules)
    if by_day:
        block["lastActivityDate"] = by_day[-1].day.isoformat()
    return FRESH | {"successRate": block["percentComplete"]} | block


def _recurring(aim: Aim, logs: Sequence[Log], today: date, rules: Rules) -> Block:
    totals = _totals(aim, logs, today, rules)
    reached = {key: total >= aim.value for key, total in totals.items()}
    return {
        "percentComplete": 100 * sum(reached.values()) / len(totals),
        "currentPeriodValue": totals[key_of(today, aim.period, rules)],
        "periodHistory": _history(aim, totals, reached, today, rules),
        "trend": trend(list(totals.values())),
    }


def _limit(aim: Aim, logs: Sequence[Log], today: date, rules: Rules) -> Block:
    totals = _totals(aim, logs, today, rules)
    kept = {
        key: total < aim.value or (total == aim.value and rules.limit_allows_equal)
        for key, total in totals.items()
    }
    return {
        "percentComplete": 100 * sum(kept.values()) / len(totals),
        "daysOverLimit": len(totals) - sum(kept.values()),
        "averageValue": fsum(totals.values()) / len(totals),
        "currentPeriodValue": totals[key_of(today, aim.period, rules)],
        "periodHistory": _history(aim, totals, kept, today, rules),
    }


def _milestone(aim: Aim, logs: Sequence[Log], today: date) -> Block:
    total = fsum(log.value for log in logs)
    remaining = max(0, aim.value - total)
    block: Block = {
        "percentComplete": min(100, 100 * total / aim.value),
        "totalAccumulated": total,
        "remainingToGoal": remaining,
        "trend": trend([log.value for log in logs]),
    }
    elapsed = (today - logs[0].day).days if logs else 0
    if len(logs) >= 2 and elapsed >= 1 and total > 0:
        days = remaining / (total / elapsed)
        if days <= FARTHEST_DAYS:
            block["projectedCompletion"] = _midnight(today + timedelta(days=days))
    return block


def _target(aim: Aim, logs: Sequence[Log]) -> Block:
    latest = logs[-1].value if logs else aim.start
    if aim.start == aim.value:
        return {"percentComplete": 100 if latest == aim.value else 0}
    percent = 100 * (latest - aim.start) / (aim.value - aim.start)
    return {"percentComplete": min(100, max(0, percent))}


def _streak(aim: Aim, logs: Sequence[Log], today: date, rules: Rules) -> Block:
    days = [log.day for log in logs]
    if rules.streak_counts_days:
        days = sorted(set(days))
    run = longest = min(len(days), 1)
    for before, day in pairwise(days):
        run = run + 1 if (day - before).days <= 1 else 1
        longest = max(longest, run)
    is_alive = bool(days) and (today - days[-1]).days <= 1
    current = run if is_alive else 0
    return {
        "percentComplete": min(100, 100 * current / aim.value),
        "currentStreak": current,
        "longestStreak": longest,
        "targetStreak": aim.value,
        "trend": "improving" if is_alive else "declining" if days else "stable",
    }


def trend(values: Sequence[float]) -> str:
    """Whether the last five values rise or fall: their least-squares slope, against 1 % of their mean."""
    last = values[-TREND_POINTS:]
    if len(last) < 2:
        return "stable"
    middle, mean = (len(last) - 1) / 2, fmean(last)
    rise = sum((place - middle) * (value - mean) for place, value in enumerate(last))
    slope = rise / sum((place - middle) ** 2 for place in range(len(last)))
    band = TREND_SHARE * abs(mean)
    return "improving" if slope > band else "declining" if slope < -band else "stable"


def _totals(aim: Aim, logs: Iterable[Log], today: date, rules: Rules) -> dict[str, float]:
    values: dict[str, list[float]] = {key: [] for key in window(today, aim.period, rules)}
    for log in logs:
        values.get(key_of(log.day, aim.period, rules), []).append(log.value)
    return {key: fsum(some) for key, some in values.items()}


def _history(
    aim: Aim, totals: dict[str, float], achieved: dict[str, bool], today: date, rules: Rules
) -> list[Block]:
    return [
        {"period": key, "date": start.isoformat(), "value": totals[key], "achieved": achieved[key]}
        for key, start in window(today, aim.period, rules).items()
    ]


def _midnight(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat()
