"""Is it noticed when a drill does not end as it began?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checks.ai_lifestyle.drills import Restoration, Rollback, Smoke
from checks.ai_lifestyle.journey import travel
from fixtures.probes.tables import MISSING, Index, Table
from tests.checks.ai_lifestyle.diaries import NOW, a_diary, said
from tests.checks.ai_lifestyle.living import Api

BODY = {"status": "healthy", "timestamp": NOW.isoformat(), "services": {"database": "connected"}}
WELL = replace(said(asked="GET /health"), body=BODY)
TABLE = Table(
    "goals",
    "ACTIVE",
    ("PK:S", "SK:S"),
    (Index("GSI1", "ACTIVE", ("GSI1PK:S",), "ALL"),),
    encryption="ENABLED",
)
COPY = replace(TABLE, name="goals-restored")
RESTORED = Restoration(TABLE, COPY, 12.0, 200, 199, is_removed=True)


def test_a_rollback_is_well_when_both_versions_are(seeded: Api) -> None:
    """A version that does not work, and an alias that did not come back, are told."""
    smoke = Smoke("on version 41", WELL, travel(a_diary(seeded), "recurring"))
    sound = Rollback("get_progress", "42", "41", "42", (smoke, replace(smoke, when="back on version 42")))
    assert sound.complaints(300) == []
    sick = replace(smoke, health=replace(WELL, body=BODY | {"status": "degraded"}))
    assert replace(sound, smokes=(sick, smoke), ended="41").complaints(300) == [
        "on version 41: status is 'degraded'",
        "get_progress: leads to 41, not to 42",
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"active_after_s": None}, "goals-restored: not ACTIVE in time, but ACTIVE"),
        ({"copy": Table("goals-restored", MISSING)}, "goals-restored: not ACTIVE in time, but MISSING"),
        ({"copy": replace(COPY, keys=("pk:S",))}, "goals-restored: is keyed by ('pk:S',)"),
        ({"copy": replace(COPY, indexes=())}, "goals-restored: lacks GSI1 ACTIVE by GSI1PK:S with ALL"),
        ({"copy": replace(COPY, encryption=None)}, "goals-restored: is encrypted: None"),
        ({"copied_items": 197}, "goals-restored: has 197 items, not 200"),
        ({"is_removed": False}, "goals-restored: is still there"),
    ],
)
def test_a_copy_that_is_not_whole_is_told(changes: dict[str, Any], told: str) -> None:
    """Keys, indexes, encryption and items are compared; that the copy goes again is part of it."""
    assert RESTORED.complaints == []
    assert replace(RESTORED, **changes).complaints == [told]
