"""Is progress counted as agreed?"""

from __future__ import annotations

from checks.ai_lifestyle import laws, numbers
from checks.ai_lifestyle.numbers import Agreement, Measured, Weeks
from checks.ai_lifestyle.trials import Trial
from checks.ai_lifestyle.vectors import progress_vectors, statistics_vectors
from fixtures.binding import proves


@proves("LIFE-44")
def test_a_goal_shows_what_is_counted(agreements: list[Agreement]) -> None:
    """After a log a goal shows in time the progress that is counted for it, and that it was updated."""
    assert [one.complaint for one in agreements if one.complaint] == []


@proves("LIFE-45")
def test_every_agreed_example_is_counted_as_agreed(measured: list[Measured]) -> None:
    """Every agreed example of progress gives the agreed numbers."""
    assert numbers.misses(measured, [one for one in progress_vectors() if not one.is_strict]) == []


@proves("LIFE-46")
def test_strict_examples_are_counted_as_agreed(measured: list[Measured], week_keys: Weeks) -> None:
    """The examples that are read strictly give the agreed numbers, and a week begins on Monday."""
    strict = [one for one in progress_vectors() if one.is_strict]
    assert [*numbers.misses(measured, strict), *week_keys.complaints] == []


@proves("LIFE-47")
def test_statistics_are_counted_as_agreed(measured: list[Measured]) -> None:
    """Every agreed example of statistics gives the agreed numbers, for each period that can be asked for."""
    assert numbers.misses(measured, statistics_vectors(), "statistics") == []


@proves("LIFE-48")
def test_progress_obeys_its_laws(number_trials: list[Trial]) -> None:
    """Whatever was logged, order, parts, units and what does not count change nothing that they must not."""
    assert [complaint for trial in number_trials for complaint in laws.broken(trial)] == []
