"""Does the app do with goals what it promises?"""

from __future__ import annotations

import pytest

from checks.ai_lifestyle import contract, journey, life
from checks.ai_lifestyle import health as said_of_health
from checks.ai_lifestyle.answers import Said
from checks.ai_lifestyle.health import Timed
from checks.ai_lifestyle.journey import Journey
from checks.ai_lifestyle.life import Life, Quota
from checks.ai_lifestyle.looks_lines import Trace
from checks.ai_lifestyle.refusals import Refusals
from fixtures.binding import proves
from fixtures.probes.answers import require_seen
from fixtures.targets import Target


@proves("LIFE-36")
def test_the_app_says_that_it_is_well(health: Said, target: Target) -> None:
    """/health is healthy, its database is connected, and its clock is right."""
    assert said_of_health.complaints(health, target.settings.max_clock_skew_s) == []


@proves("LIFE-02")
def test_the_app_says_where_it_is(health: Said, target: Target) -> None:
    """/health names the environment that we look at."""
    named = said_of_health.environment(health)
    assert [f"it says {named!r}, we look at {target.environment}"] * (named != target.environment) == []


@proves("LIFE-07")
def test_answers_come_quickly(answer_times: list[Timed], target: Target) -> None:
    """/health and the list of goals answer in time, each but for once."""
    slow = [timed.slow(target.settings.max_answer_ms) for timed in answer_times]
    assert [complaint for some in slow for complaint in some] == []


@proves("LIFE-38")
def test_a_goal_comes_through_its_whole_chain(goal_journeys: list[Journey]) -> None:
    """A goal of each pattern is created, read, listed, changed, logged to, counted, archived and gone."""
    complaints = [journey.complaints(one) for one in goal_journeys]
    assert [complaint for some in complaints for complaint in some] == []


@proves("LIFE-39")
def test_answers_have_the_agreed_form(goal_journeys: list[Journey]) -> None:
    """Answers have the agreed fields, types, words, formats and headers."""
    complaints = [contract.about(one) for one in goal_journeys]
    assert [complaint for some in complaints for complaint in some] == []


@proves("LIFE-39")
def test_errors_have_the_agreed_form(goal_refusals: Refusals) -> None:
    """Errors have a code, a message and a time, in JSON, and say which request they are about."""
    errors = [one.said for one in goal_refusals.refusals if 400 <= one.said.status < 500]
    assert [complaint for one in errors for complaint in contract.about_error(one)] == []


@proves("LIFE-40")
def test_what_is_not_valid_is_refused(goal_refusals: Refusals) -> None:
    """Every bad request of the validation table is refused with its 4xx, and nothing of it is stored."""
    assert goal_refusals.complaints == []


@proves("LIFE-41")
def test_a_goal_lives_by_the_rules(goal_life: Life) -> None:
    """A goal is paused and resumed, keeps its pattern, and once archived is closed, readable and unlisted."""
    assert life.complaints(goal_life) == []


@proves("LIFE-41")
def test_no_more_goals_are_active_than_may_be(goal_quota: Quota) -> None:
    """The 51st active goal is refused, and taken when another one is archived."""
    if goal_quota.why_not:
        pytest.skip(f"not applicable here: {goal_quota.why_not}")
    assert life.about_quota(goal_quota) == []


@proves("LIFE-86")
def test_goals_and_activities_leave_their_lines(goal_lines: list[Trace]) -> None:
    """Each metric filter finds a line of every goal that we made and logged to."""
    assert [one for one in goal_lines if one.is_thin] == []
    require_seen([one.found for one in goal_lines])
