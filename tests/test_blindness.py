"""Is what cannot be seen ever taken for well? Every door of every twin, shut in every way."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterable, Iterator
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
# Shut in these ways, a door may still give a value, so it is shut alone, too; otherwise a look ends there.
GIVING = ("denied", "empty", "halved")


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


def test_everything_seen_is_seen_through_a_door(ways: Ways) -> None:
    """What is shut below is all that there is: each observation has a door on its way."""
    seen = [look for look in ways.needs if look not in ways.instruments]
    assert ways.asked
    assert [look for look in seen if not ways.to(look)] == []


@pytest.mark.parametrize("way", AWS)
def test_behind_a_shut_door_nothing_is_well(world: World, ways: Ways, way: str) -> None:
    """No check passes of which a door is shut, none is our own bug, and what should stay green does."""
    excuses = [entry for entry in STILL_GREEN if way in entry["ways"]]
    complaints: list[str] = []
    used: set[tuple[str, str]] = set()
    for doors, cases in attempts(ways, alone=way in GIVING):
        judgement = judged(world, ways, doors, way, cases)
        is_whole = len(doors) > len(ways.everything) / 2
        assert judgement.exit_code in ((1, 10) if is_whole else (0, 1, 10)), judgement.text
        assert "Traceback" not in judgement.text
        for one in judgement.results:
            shut_ = cases[f"{one.system} {one.check}"]
            if one.outcome is Outcome.PASSED and (excuse := _excuse(one.check, shut_, excuses)):
                used.add((one.check, excuse))
            elif one.outcome is not Outcome.FAILED and one.cause in (None, Cause.BUG):
                complaints.append(f"{way}: {one.check} {one.outcome} {one.detail} behind {sorted(shut_)}")
    assert complaints == [], "\n".join(complaints)
    assert [one for entry in excuses for one in entry["checks"] if (one, entry["why"]) not in used] == []


def attempts(ways: Ways, *, alone: bool) -> Iterator[tuple[set[str], dict[str, set[str]]]]:
    """Which doors to shut at once, and the cases behind them, each with those of them on its way."""
    gates, entangled = ways.gates, ways.entangled()
    yield _behind(ways, ways.everything - gates, ways.needs)
    for gate in sorted(gates):
        asked = _behind(ways, {gate}, ways.through({gate}))
        yield asked if asked[1] else _behind(ways, {gate}, ways.needs)
    for doors in ways.apart() if alone else ():
        yield _behind(ways, doors, entangled)


def _behind(ways: Ways, doors: set[str], looks: Iterable[str]) -> tuple[set[str], dict[str, set[str]]]:
    shut_ = {look: doors & ways.to(look) for look in looks}
    reached = {
        case: set[str]().union(*(shut_.get(look, set()) for look in asked))
        for case, asked in ways.asked.items()
    }
    return doors, {case: some for case, some in reached.items() if some}


def judged(world: World, ways: Ways, doors: set[str], way: str, cases: Iterable[str]) -> Judgement:
    """What is said of the cases while the doors are shut."""
    looks = ways.through(doors) if way == "late" else set[str]()
    with shut(world, doors, way), impatient(looks):
        return judge(world.aws.url, *SAMPLED, plugins=[Only(cases)])


def _excuse(check: str, doors: set[str], excuses: list[dict[str, Any]]) -> str:
    """Why a check may pass although these doors on its way are shut, "" if it may not."""
    mine = [entry for entry in excuses if check in entry["checks"]]
    return next((str(one["why"]) for one in mine if doors <= set(one["doors"])), "")
