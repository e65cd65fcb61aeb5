"""Is it noticed when a standing goal is not kept up?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from checks.ai_lifestyle.freshness import Standing, complaints
from checks.ai_lifestyle.settings import Freshness
from tests.checks.ai_lifestyle.diaries import NOW

LIMITS = Freshness(
    late_activity_s=93_600, stale_activity_s=180_000, max_future_s=300, max_access_log_age_s=3600
)


def standing(hours: float, **changes: Any) -> Standing:
    """A standing goal whose newest activity is so old."""
    newest = NOW - timedelta(hours=hours)
    return replace(Standing("limit", "coffee", "1", newest, newest, NOW), **changes)


@pytest.mark.parametrize("hours", [0, 20, 26])
def test_what_was_logged_in_time_is_fresh(hours: float) -> None:
    """A day, and two hours more, are in time."""
    assert complaints([standing(hours)], LIMITS) == []


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (standing(51), "coffee: its newest activity is 2 days, 3:00:00 old"),
        (standing(-1), "coffee: its newest activity is 1:00:00 ahead"),
        (standing(1, goal_id=None), "coffee: is not in the list"),
        (standing(1, newest=None), "coffee: nothing was logged"),
        (standing(1, updated=NOW - timedelta(hours=2)), "updated at 2026-02-22 10:00:00"),
        (standing(1, updated=None), "updated at None"),
    ],
)
def test_what_is_not_kept_up_is_told(broken: Standing, told: str) -> None:
    """Stale, from the future, unlisted, never logged to, or not updated by the log."""
    found = complaints([standing(1), broken], LIMITS)
    assert (len(found), told in found[0]) == (1, True)


def test_a_day_without_any_log_is_one_complaint() -> None:
    """That all are late is told once; one of them alone may be late."""
    assert complaints([standing(27), standing(30)], LIMITS) == [
        "the newest activity of all is 1 day, 3:00:00 old"
    ]
    assert complaints([standing(27), standing(1)], LIMITS) == []
