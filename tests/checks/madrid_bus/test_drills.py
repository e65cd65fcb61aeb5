"""Is a drill that went wrong told from one that went well?"""

from __future__ import annotations

from dataclasses import replace

from checks.madrid_bus.access import Attempt
from checks.madrid_bus.drills import Restart, Rotation, Scaling

NEW = Attempt("/people-count/S001", "this key", True, 200, True)
OLD = Attempt("/people-count/S001", "this key", False, 401)
ROTATED = Rotation((NEW,), (OLD,), 312.4, True)


def test_a_restart_is_stable_and_fresh_in_time() -> None:
    """Of what came too late the first is named."""
    assert Restart("feeder", 40.0, 12.0).complaints == []
    assert Restart("feeder", None, None).complaints == ["feeder: not stable in time"]
    assert Restart("feeder", 40.0, None).complaints == ["feeder: no fresh data in time"]


def test_a_scaling_goes_up_and_down_and_disturbs_nobody() -> None:
    """Both ways are timed, and every wrong answer is shown."""
    assert Scaling("server", 30.0, 20.0, 9, ()).complaints == []
    assert Scaling("server", None, None, 9, ("query: HTTP 502",)).complaints == [
        "server: not scaled up in time",
        "server: not scaled down in time",
        "query: HTTP 502",
    ]


def test_a_rotation_swaps_who_is_let_in() -> None:
    """The new key opens, the old one does not, and the secret holds the old one again."""
    assert ROTATED.complaints == []
    wrong = replace(
        ROTATED,
        with_new=(replace(NEW, status=401, is_answered=False),),
        with_old=(replace(OLD, status=200, is_answered=True),),
        is_restored=False,
    )
    assert wrong.complaints == [
        "/people-count/S001: this key: refused with 401, after 312 s",
        "/people-count/S001: this key: let in with 200, after 312 s",
        "the secret does not hold the key it held before",
    ]
