"""Which period does a day lie in, and which periods does a goal look back on?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from checks.ai_lifestyle.twin.rules import HEALTHY, Rules

LOOKBACK_DAYS = {"day": 30, "week": 84, "month": 365, "quarter": 365, "year": 365}
"""By the period of a goal: how far its window reaches back before today."""


def key_of(day: date, period: str, rules: Rules = HEALTHY) -> str:
    """The period a day lies in: `2026-02-22`, ISO week `2026-W08`, `2026-02`, `2026-Q1` or `2026`."""
    match period:
        case "week":
            year, week, _ = (day + rules.week_shift).isocalendar()
            return f"{year}-W{week:02}"
        case "month":
            return f"{day:%Y-%m}"
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "year":
            return f"{day.year}"
        case _:
            return day.isoformat()


@lru_cache(maxsize=256)
def window(today: date, period: str, rules: Rules = HEALTHY) -> Mapping[str, date]:
    """The periods a goal looks back on, oldest first, each with its first day in the window.

    31 days, 13 weeks, 13 months, 5 quarters or 2 years; one month, quarter or year less where 365 days span
    a leap day and so begin on the first of the next one.
    """
    starts: dict[str, date] = {}
    for ago in range(LOOKBACK_DAYS[period], -1, -1):
        day = today - timedelta(days=ago)
        starts.setdefault(key_of(day, period, rules), day)
    return MappingProxyType(starts)
