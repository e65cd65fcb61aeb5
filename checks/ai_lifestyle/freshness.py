"""Is what user A keeps for good still kept up? His standing goals, and when each was last logged to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from checks.ai_lifestyle.settings import Freshness


@dataclass(frozen=True)
class Standing:
    """A standing goal as the list tells it, if it does, and when its newest activity was logged before this
    run began, at `at`."""

    pattern: str
    title: str
    goal_id: str | None
    updated: datetime | None
    newest: datetime | None
    at: datetime

    @property
    def age(self) -> timedelta | None:
        """How old its newest activity was when this run began; None without one."""
        return None if self.newest is None else self.at - self.newest

    def complaint(self, limits: Freshness) -> str:
        """What is wrong with it, "" if nothing is."""
        age = self.age
        if self.goal_id is None:
            return f"{self.title}: is not in the list"
        if age is None:
            return f"{self.title}: nothing was logged"
        if age < -timedelta(seconds=limits.max_future_s):
            return f"{self.title}: its newest activity is {-age} ahead"
        if age > timedelta(seconds=limits.stale_activity_s):
            return f"{self.title}: its newest activity is {age} old"
        if self.updated is None or self.newest is None or self.updated < self.newest:
            return f"{self.title}: logged to at {self.newest}, updated at {self.updated}"
        return ""


def complaints(standing: list[Standing], limits: Freshness) -> list[str]:
    """What is not kept up; that no goal at all was logged to for a day is one complaint more."""
    found = [complaint for one in standing if (complaint := one.complaint(limits))]
    ages = [one.age for one in standing if one.age is not None]
    is_late = bool(ages) and min(ages) > timedelta(seconds=limits.late_activity_s)
    return [*found, *([f"the newest activity of all is {min(ages)} old"] if is_late else [])]
