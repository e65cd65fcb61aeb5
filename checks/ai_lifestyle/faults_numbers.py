"""In which ways does the app count wrongly?"""

from __future__ import annotations

from datetime import timedelta

from checks.ai_lifestyle.twin.mounting import bend
from fixtures.twins.faults import fault
from fixtures.twins.world import World


@fault(notices=["LIFE-44"], spares=["LIFE-45", "LIFE-38"])
def stored_progress_lagged(world: World) -> None:
    """The progress inside a goal is one activity behind what is counted."""
    bend(world, progress_lag=1)


@fault(notices=["LIFE-45", "LIFE-48"], spares=["LIFE-42", "LIFE-43"])
def skipped_days_were_counted(world: World) -> None:
    """Progress counts activities of every type."""
    bend(world, counted_types=frozenset({"progress", "completed", "skipped", "partial"}))


@fault(notices=["LIFE-45", "LIFE-48"], spares=["LIFE-42", "LIFE-47"])
def a_streak_counted_logs(world: World) -> None:
    """Each log of a day lengthens a streak by one."""
    bend(world, streak_counts_days=False)


@fault(notices=["LIFE-45"], spares=["LIFE-47", "LIFE-44"])
def a_limit_was_strict(world: World) -> None:
    """A day whose total is exactly the limit counts as over it."""
    bend(world, limit_allows_equal=False)


@fault(notices=["LIFE-46"], spares=["LIFE-44", "LIFE-47"])
def weeks_started_on_sunday(world: World) -> None:
    """A Sunday counts in the week of the Monday after it."""
    bend(world, week_shift=timedelta(days=1))


@fault(notices=["LIFE-47"], spares=["LIFE-45", "LIFE-44"])
def consistency_counted_logs(world: World) -> None:
    """Consistency counts activities, not days with any."""
    bend(world, consistency_counts_days=False)
