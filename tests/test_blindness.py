"""Is what cannot be seen ever taken for well? Every door of every twin, shut in every way."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from fixtures.twins.__main__ import known_systems, raise_world
from fixtures.twins.world import World
from reports.results import Cause, Outcome
from tests.blinding import AWS, Only, Ways, followed, impatient, shut
from tests.judging import ROOT, Judgement, judge

STILL_GREEN = tomllib.loads((ROOT / "golden" / "blindness.toml").read_text(encoding="utf-8"))["green"]
# All checks, each of them of a few things.
SAMPLED = ("-m", "smoke or not smoke")
OPTIONS = argparse.Namespace(fault=[], latency_ms=0.0, clock_offset_s=0.0, port=0)
# Shut in these ways, a door may give a value, so that each is shut alone, too; otherwise a look ends there.
GIVING = ("denied", "empty", "halved", "garbled")


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The twins of every system, in this process, so that any answer can be changed."""
    world, _ = raise_world(known_systems(), OPTIONS)
    yield world
    world.stop()


@pytest.fixture(scope="module")
def ways(world: World) -> Ways:
    """Where the looks of a healthy run go."""
    ways = Ways()
    with followed(ways):
        judge(world.aws.url, *SAMPLED, plugins=[ways])
    return ways


def judged(world: World, ways: Ways, doors: set[str], way: str, checks: set[str]) -> Judgement:
    """What is said of the checks while the doors are shut."""
    looks = ways.through(doors) if way == "late" else set[str]()
    with shut(world, doors, way), impatient(looks):
        return judge(world.aws.url, *SAMPLED, plugins=[Only(checks)])


def test_everything_seen_is_seen_through_a_door(ways: Ways) -> None:
    """What is shut below is all that there is: each observation has a door on its way."""
    seen = [look for look in ways.needs if look not in ways.instruments]
    assert ways.asked
    assert [look for look in seen if not ways.to(look)] == []
    assert set[str]().union(*ways.apart()) == set[str]().union(*ways.doors.values())


@pytest.mark.parametrize("way", AWS)
def test_behind_a_shut_door_nothing_is_well(world: World, ways: Ways, way: str) -> None:
    """No check passes of which a door is shut, none is our own bug, and what should stay green does."""
    everything = set[str]().union(*ways.doors.values())
    groups = ways.apart() if way in GIVING else [{gate} for gate in ways.gates]
    excuses = [entry for entry in STILL_GREEN if way in entry["ways"]]
    used: set[tuple[str, str]] = set()
    for doors in (everything - ways.gates, *groups):
        is_whole = doors == everything - ways.gates
        reached = {one: doors & ways.reach(one, is_whole) for one in ways.asked}
        judgement = judged(world, ways, doors, way, {one for one, shut_ in reached.items() if shut_})
        assert judgement.exit_code in ((1, 10) if is_whole else (0, 1, 10)), judgement.text
        assert "Traceback" not in judgement.text
        green = [one.check for one in judgement.results if one.outcome is Outcome.PASSED]
        assert [one for one in green if not _excuse(one, reached[one], excuses)] == []
        assert [one for one in judgement.results if one.cause is Cause.BUG] == []
        assert [
            one.check
            for one in judgement.results
            if one.outcome is Outcome.SKIPPED or (one.outcome is Outcome.UNKNOWN and not one.cause)
        ] == []
        used |= {(one, _excuse(one, reached[one], excuses)) for one in green}
    assert [one for entry in excuses for one in entry["checks"] if (one, entry["why"]) not in used] == []


def _excuse(check: str, doors: set[str], excuses: list[dict[str, Any]]) -> str:
    """Why a check may pass although these doors on its way are shut, "" if it may not."""
    mine = [entry for entry in excuses if check in entry["checks"]]
    return next((str(one["why"]) for one in mine if doors <= set(one["doors"])), "")
