"""Is the account watched over, and has anybody been where they should not?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inspections import Inspection


@named("audit.trail")
def test_a_trail_is_kept(trails: list[Inspection]) -> None:
    """A trail covers the region, logs, delivered without error lately, and tells what a user did."""
    assert [one for one in trails if one.faults] == []


@named("audit.secret_reads")
def test_only_their_readers_asked_for_secrets(secret_readers: list[Inspection]) -> None:
    """In the last 24 hours nobody asked for a declared secret but those who may, and we."""
    assert [one for one in secret_readers if one.faults] == []


@named("audit.recorder")
def test_the_recorder_is_on(recorders: list[Inspection]) -> None:
    """AWS Config is recording."""
    assert [one for one in recorders if one.faults] == []


@named("audit.detector")
def test_the_detector_found_nothing_serious(detectors: list[Inspection]) -> None:
    """GuardDuty is enabled, and found nothing of high severity in the last seven days."""
    assert [one for one in detectors if one.faults] == []
