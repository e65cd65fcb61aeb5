"""Does what is stored hold together, and is it as new as it should be?"""

from __future__ import annotations

from datetime import timedelta

from checks.ai_lifestyle import freshness, rows
from checks.ai_lifestyle.answers import Said, inner, text
from checks.ai_lifestyle.freshness import Standing
from checks.ai_lifestyle.lists import Lists
from checks.ai_lifestyle.looks_rows import Shelves
from checks.ai_lifestyle.rows import Row, Sample
from checks.ai_lifestyle.scans import Batches, Question
from fixtures.binding import proves
from fixtures.targets import Target


@proves("LIFE-42")
def test_the_list_has_every_stored_goal(shelves: Shelves) -> None:
    """Every goal that is stored for user A and not archived is listed, and no other."""
    assert shelves.differences == []


@proves("LIFE-61")
def test_an_old_goal_is_answered_with_defaults(legacy_goal: Said) -> None:
    """A goal that was stored without the newer attributes is read with a schedule and a visibility."""
    body = legacy_goal.body
    is_whole = legacy_goal.is_any([200]) and inner(body, "schedule") and text(body, "visibility") == "private"
    assert [str(legacy_goal)] * (not is_whole) == []


@proves("LIFE-62")
def test_all_goals_have_one_version(stored_goals: list[Row], sample: Sample, target: Target) -> None:
    """All stored goals have the same version, and none was migrated in the future."""
    latest = sample.at + timedelta(seconds=target.settings.freshness.max_future_s)
    assert rows.migrated_apart(stored_goals, latest) == []


@proves("LIFE-63")
def test_stored_rows_hold_together(sample: Sample, target: Target) -> None:
    """Keys, owners, statuses, units and times of the sampled goals and activities fit each other."""
    assert rows.broken(sample, timedelta(seconds=target.settings.freshness.max_future_s)) == []


@proves("LIFE-64")
def test_many_goals_are_fetched_at_once(goals_by_key: Batches) -> None:
    """Every goal that is asked for by its key comes, and no key stays unprocessed."""
    missing = goals_by_key.asked - len(goals_by_key.came)
    assert [*goals_by_key.never, *[f"{missing} of {goals_by_key.asked} did not come"] * bool(missing)] == []


@proves("LIFE-64")
def test_a_question_by_key_reads_only_what_it_gives(goals_of_user: Question) -> None:
    """A question by key gives the attributes it names, and reads no item that it does not give."""
    has_read_more = goals_of_user.scanned != goals_of_user.count
    assert [*goals_of_user.surplus, *[str(goals_of_user)] * has_read_more] == []


@proves("LIFE-65")
def test_no_key_holds_too_much(sample: Sample, own_users: list[str], target: Target) -> None:
    """No key is GLOBAL, and none but those of our own users holds a fifth of a thousand items or more."""
    limits = target.settings.sampling
    assert rows.crowded(sample, own_users, limits.max_share, limits.min_items) == []


@proves("LIFE-96")
def test_standing_goals_are_kept_up(standing_goals: list[Standing], target: Target) -> None:
    """Each standing goal of user A is listed, was logged to in time, and shows that it was."""
    assert freshness.complaints(standing_goals, target.settings.freshness) == []


@proves("LIFE-97")
def test_no_moment_lies_in_the_future(sample: Sample, target: Target) -> None:
    """No stored moment lies in the future, and no goal was updated before it was created."""
    assert rows.misdated(sample, timedelta(seconds=target.settings.freshness.max_future_s)) == []


@proves("LIFE-97")
def test_no_listed_moment_lies_in_the_future(
    goal_lists: Lists, activity_lists: Lists, sample: Sample, target: Target
) -> None:
    """No moment in the lists is missing or in the future, and no goal was updated before it was created."""
    latest = sample.at + timedelta(seconds=target.settings.freshness.max_future_s)
    assert [*goal_lists.whole.misdated(latest), *activity_lists.whole.misdated(latest)] == []
