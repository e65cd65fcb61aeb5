"""Which rules does the goal service go by? Each stands at its healthy value; a fault names another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Rules:
    """What the service does where a broken one would do something else.

    Attributes:
        counted_types: activity types that progress counts.
        streak_counts_days: several logs of one day lengthen a streak by one.
        limit_allows_equal: a period whose total is exactly the limit is kept.
        week_shift: added to a day before its ISO week is taken; one day makes weeks start on Sunday.
        consistency_counts_days: consistency counts days with activities, not activities.
        owners_only: a goal is found by its owner alone.
        closed_to_logs: statuses in which a goal takes no activities.
        stores_updates: what an update answers is also kept.
        progress_lag: how many of the newest activities the progress inside a goal leaves out.
        page_overlap: how many items each page repeats of the one before.
        most_active: how many goals of a user may be active.
    """

    counted_types: frozenset[str] = frozenset({"progress"})
    streak_counts_days: bool = True
    limit_allows_equal: bool = True
    week_shift: timedelta = timedelta(0)
    consistency_counts_days: bool = True
    owners_only: bool = True
    closed_to_logs: frozenset[str] = frozenset({"draft", "completed", "archived"})
    stores_updates: bool = True
    progress_lag: int = 0
    page_overlap: int = 0
    most_active: int = 50


HEALTHY = Rules()
