"""Is there enough data, unbroken and fresh?"""

from __future__ import annotations

import pytest

from checks.madrid_bus.contract import CLOCK_SLACK_S
from checks.madrid_bus.limits import kept_ticks_an_hour, max_age_s, median_gap_s, ticks_an_hour
from checks.madrid_bus.rows import HISTORY_S, Entity, Hours, Rhythm, Span, Volume
from fixtures.binding import proves
from fixtures.targets import Target

RETENTION_S = 31 * 86_400.0
FULL_HOURS = 118


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("people_count", marks=proves("BUS-24")),
        pytest.param("sensor_data", marks=proves("BUS-25")),
        pytest.param("bus_position", marks=proves("BUS-25")),
    ],
)
def test_the_last_hour_is_full(table: str, volumes: list[Volume], target: Target) -> None:
    """The last hour has its ticks, each with a row for every entity."""
    ticks = ticks_an_hour(target.settings.cadence)
    (volume,) = (volume for volume in volumes if volume.table == table)
    assert [str(volume)] * (not volume.is_complete(ticks)) == []


@proves("BUS-42")
def test_there_are_five_days_of_history(spans: list[Span], target: Target) -> None:
    """Each table holds at least five days, up to now."""
    oldest_s = max_age_s(target.settings.cadence)
    assert [str(span) for span in spans if not span.reaches(HISTORY_S) or not span.is_fresh(oldest_s)] == []


@proves("BUS-43")
def test_the_history_has_no_holes(hours: list[Hours], target: Target) -> None:
    """In each table nearly all of the last 120 hours have nearly all of their ticks."""
    least = kept_ticks_an_hour(target.settings.cadence)
    assert [f"{one}, {one.full(least)} of 120 full" for one in hours if one.full(least) < FULL_HOURS] == []


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("people_count", marks=proves("BUS-47")),
        pytest.param("sensor_data", marks=proves("BUS-48")),
        pytest.param("bus_position", marks=proves("BUS-49")),
    ],
)
def test_the_newest_row_is_fresh(table: str, spans: list[Span], target: Target) -> None:
    """The newest row, leaving out those dated in the future, is not stale."""
    oldest_s = max_age_s(target.settings.cadence)
    (span,) = (span for span in spans if span.table == table)
    assert [str(span)] * (not span.is_fresh(oldest_s)) == []


@proves("BUS-50")
def test_every_entity_is_fresh(entities: list[Entity], target: Target) -> None:
    """Every stop, every bus and every sensor has a row that is not stale."""
    oldest_s = max_age_s(target.settings.cadence)
    assert [str(entity) for entity in entities if not entity.is_fresh(oldest_s)] == []


@proves("BUS-56")
def test_no_row_is_from_the_future_or_past_its_retention(spans: list[Span]) -> None:
    """In every table the oldest row is at most 31 days old, and none is dated in the future."""
    assert [str(span) for span in spans if not span.lies_within(-CLOCK_SLACK_S, RETENTION_S)] == []


@proves("BUS-60")
def test_ticks_come_evenly(rhythms: list[Rhythm], target: Target) -> None:
    """Over 24 hours ticks come at their pace, without a long gap, a repeated or an incomplete one."""
    cadence = target.settings.cadence
    assert [str(one) for one in rhythms if not one.is_even(median_gap_s(cadence), max_age_s(cadence))] == []
