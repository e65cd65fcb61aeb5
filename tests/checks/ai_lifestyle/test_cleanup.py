"""Is what a killed run left in the app found and removed, and is what cannot be removed told?"""

from __future__ import annotations

import argparse
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.ai_lifestyle.twin.deployment import deployment_of
from checks.ai_lifestyle.twin.mounting import NAME
from fixtures.creations import RECORD, Creation, Creations, read
from fixtures.twins.__main__ import raise_world
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.world import World
from tests.command_line import command, surroundings
from tests.judging import ROOT

OPTIONS = argparse.Namespace(fault=[], latency_ms=0.0, clock_offset_s=0.0, port=0)
RUN_TITLE = re.compile("gonogo-[0-9a-f]{8}-")
WRITING = ["-m", "ai_lifestyle", "-k", "whole_chain or registrations or by_the_rules"]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The twin of the app, in this process."""
    world, _ = raise_world(["ai_lifestyle"], OPTIONS)
    yield world
    world.stop()


@pytest.fixture(scope="module")
def run(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that was killed while goals and users of its own were there."""
    world.web.before("ai_lifestyle/api", _keeps_goals)
    world.aws.refuse("cognito-idp", "AdminDeleteUser", "TooManyRequestsException")
    folder = tmp_path_factory.mktemp("killed") / "run"
    environment = surroundings(GONOGO_TWIN=world.aws.url)
    with subprocess.Popen(command(folder, *WRITING), cwd=ROOT, env=environment) as process:
        deadline = time.monotonic() + 60
        while not (goals(world) and users(world)) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    return folder


def _keeps_goals(request: Request) -> Request | Answer:
    return Answer.of({}, 500) if request.method == "DELETE" else request


def goals(world: World) -> set[str]:
    """How the titles of the active goals begin that user A has from runs."""
    titles = world.apps[NAME].store.active_titles(deployment_of(world).a).values()
    return {found[0] for title in titles if (found := RUN_TITLE.match(title))}


def users(world: World) -> list[str]:
    """The e-mail addresses of users that registered in a run."""
    pool = deployment_of(world).pool
    found = pool.cognito.list_users(UserPoolId=pool.id)["Users"]
    addresses = [pair["Value"] for one in found for pair in one["Attributes"] if pair["Name"] == "email"]
    return [one for one in addresses if one.startswith("success+gonogo-")]


def cleanup(world: World | None, run: Path) -> tuple[int, str]:
    """What the command says, and its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "fixtures.cleanup", str(run)],
        cwd=ROOT,
        env=surroundings(**({"GONOGO_TWIN": world.aws.url} if world else {})),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


def test_what_a_killed_run_left_is_removed(world: World, run: Path) -> None:
    """Nothing is called removed that could not be; once it can, it is, and another time nothing is left."""
    (begun,) = goals(world)
    (registered,) = users(world)
    left = [f"goals titled {begun}", f"user {registered}"]
    code, text = cleanup(world, run)
    assert code == 1
    assert f"ai_lifestyle-local: {left[0]}: still there\n" in text
    assert f"ai_lifestyle-local: {left[1]}: still there: throttled: " in text

    world.web.clear_rules()
    world.aws.clear_rules()
    code, text = cleanup(world, run)
    assert (code, "still there" in text) == (0, False), text
    assert [one for one in left if f"ai_lifestyle-local: {one}: removed\n" not in text] == []
    assert (goals(world), users(world)) == (set(), [])
    assert cleanup(world, run) == (0, "nothing is left\n")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (None, "no such run"),
        ("nonsense\n{}\n", "created.jsonl:1: not a line of a record"),
        ('{"event": "created", "target": "shop-prod", "kind": "user", "id": "1"}\n', "no such target"),
        (
            '{"event": "created", "target": "madrid_bus-local", "kind": "bus", "id": "1"}\n',
            "cleanup.py is missing",
        ),
    ],
)
def test_what_cannot_be_cleaned_up_is_refused(
    world: World, tmp_path: Path, record: str | None, said: str
) -> None:
    """One sentence, and exit code 4."""
    folder = tmp_path / "run"
    if record is not None:
        folder.mkdir()
        (folder / RECORD).write_text(record, encoding="utf-8")
    code, text = cleanup(world, folder)
    assert (code, text.count("\n")) == (4, 1)
    assert said in text


def test_a_twin_that_has_ended_took_everything_with_it(tmp_path: Path) -> None:
    """What a run left in its own twin is gone: nothing is looked at."""
    folder = tmp_path / "run"
    folder.mkdir()
    made = Creation("ai_lifestyle-local", "user", "somebody@example.org")
    Creations(folder).created(made)
    code, text = cleanup(None, folder)
    assert (code, text.splitlines()[0]) == (0, "ai_lifestyle-local: its twin has ended, and everything in it")
    assert read(folder).left == ()
