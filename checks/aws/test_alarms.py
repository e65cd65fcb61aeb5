"""Are the alarms quiet, able to reach somebody, and as agreed?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.alarms import Agreement, Alarm, Armament
from fixtures.probes.composites import Hunger

LONGEST_WITHOUT_DATA_S = 86_400


@named("alarms.quiet")
def test_every_alarm_is_quiet(alarm_states: list[Alarm]) -> None:
    """No alarm rings, and none has been without data for more than a day."""
    assert [one for one in alarm_states if not one.is_quiet(LONGEST_WITHOUT_DATA_S)] == []


@named("alarms.armed")
def test_every_alarm_would_reach_somebody(alarm_armaments: list[Armament]) -> None:
    """Every alarm has its actions enabled, and each leads to a topic with a confirmed subscriber."""
    assert [one for one in alarm_armaments if one.faults] == []


@named("alarms.as_agreed")
def test_every_declared_alarm_is_as_agreed(alarm_agreements: list[Agreement]) -> None:
    """Every declared alarm watches what was agreed, and goes off when it was agreed."""
    assert [one for one in alarm_agreements if one.differences] == []


@named("alarms.fed")
def test_no_alarm_starves(alarm_hunger: list[Hunger]) -> None:
    """No alarm on a function is without data while the function is invoked."""
    assert [one for one in alarm_hunger if one.is_starved] == []


@named("alarms.composites_quiet")
def test_every_composite_alarm_is_quiet(composite_states: list[Alarm]) -> None:
    """Every declared composite alarm exists and is OK."""
    assert [one for one in composite_states if one.state != "OK"] == []


@named("alarms.composite")
def test_every_composite_alarm_stands_for_its_alarms(composite_agreements: list[Agreement]) -> None:
    """Every composite alarm goes off when any of exactly its declared alarms does, all of which exist."""
    assert [one for one in composite_agreements if one.differences] == []
