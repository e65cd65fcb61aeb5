"""What is left of a run that was stopped: what it saw, and never a green light for the rest?"""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.twins.__main__ import raise_world
from fixtures.twins.world import World
from reports.results import Cause, Outcome
from tests.command_line import gonogo, results, stopped

SYSTEM, API = "madrid_bus", "madrid_bus/api"
OPTIONS = argparse.Namespace(fault=[], latency_ms=0.0, clock_offset_s=0.0, port=0)


@pytest.fixture
def world() -> Iterator[World]:
    """A healthy twin in this process, so that any answer can be changed."""
    world, _ = raise_world([SYSTEM], OPTIONS)
    yield world
    world.stop()


def test_ctrl_c_tells_what_was_seen(tmp_path: Path) -> None:
    """The page says HOLD at best, with exit code 2; the twin of the run ends with it."""
    run = stopped(tmp_path, signal.SIGINT, ["-m", SYSTEM], {})
    assert run.code == pytest.ExitCode.INTERRUPTED, run.text
    assert "HOLD   " in run.text
    assert "the run was ended before this check was judged" in run.text
    assert "Traceback" not in run.text
    kept = results(run.folder)
    assert {one.outcome for one in kept.values()} == {Outcome.PASSED, Outcome.UNKNOWN}
    assert {one.cause for one in kept.values()} == {None, Cause.NOT_RUN}


def test_a_killed_run_can_be_judged_again(tmp_path: Path, world: World) -> None:
    """What it had seen is in its folder; what it had not is unknown, without another look."""
    world.web.never_answer(API)
    run = stopped(tmp_path, signal.SIGKILL, ["-m", SYSTEM], {"GONOGO_TWIN": world.aws.url})
    assert run.code == -signal.SIGKILL
    kept = results(run.folder)
    assert kept
    again = tmp_path / "again"
    again.mkdir()
    said = gonogo(again, f"--replay={run.folder}", "-m", f"{SYSTEM} and local")
    assert said.code in (1, 10), said.text
    assert {said.results[name].outcome for name in kept} == {Outcome.PASSED}
    assert said.unknown_for(Cause.NOT_RUN)
