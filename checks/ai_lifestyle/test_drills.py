"""Does the app stand what is done to it in an emergency?"""

from __future__ import annotations

from checks.ai_lifestyle.drills import Restoration, Rollback
from fixtures.binding import proves
from fixtures.targets import Target


@proves("LIFE-55")
def test_a_release_can_be_rolled_back(rollback: Rollback, target: Target) -> None:
    """An alias is led to the version before and forward again, and a goal comes through on both."""
    assert rollback.complaints(target.settings.max_clock_skew_s) == []


@proves("LIFE-59")
def test_the_table_can_be_restored(restoration: Restoration) -> None:
    """A table restored under another name has the keys, indexes and items, is encrypted, and is removed."""
    assert restoration.complaints == []
