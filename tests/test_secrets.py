"""Is a secret written down anywhere? A canary in every secret of the twins, and APIs that echo it."""

from __future__ import annotations

import argparse
import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.twins.__main__ import known_systems, raise_world
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.world import World
from tests.command_line import surroundings
from tests.judging import ROOT

OPTIONS = argparse.Namespace(fault=[], latency_ms=0.0, clock_offset_s=0.0, port=0)
# Letters and digits are the same in every encoding but base64.
MARK = "canary7Qx0123456789sings"
CANARY = f"{MARK}/+&=%<>~\"'"
TALKATIVE = ["-vv", "-rA", "-l", "--tb=long", "--log-level=DEBUG", "-o", "junit_logging=all"]


@dataclass
class Told:
    """How often the canary came back from an API."""

    times: int = 0


@pytest.fixture
def told() -> Told:
    """Nothing yet."""
    return Told()


@pytest.fixture
def world(told: Told) -> Iterator[World]:
    """The twins, every string in their secrets a canary, and some answers errors that repeat it."""
    world, _ = raise_world(known_systems(), OPTIONS)
    _plant(world)

    def echo(request: Request, answer: Answer) -> Answer:
        if MARK not in json.dumps(request.headers) or len(request.path) % 3:
            return answer
        told.times += 1
        return Answer.of({"message": f"cannot handle {request.headers}"}, 400)

    for mount in known_systems():
        world.web.after(mount, echo)
    yield world
    world.stop()


def _plant(world: World) -> None:
    client = world.aws.client("secretsmanager")
    for one in client.list_secrets()["SecretList"]:
        text = client.get_secret_value(SecretId=one["Name"])["SecretString"]
        client.put_secret_value(SecretId=one["Name"], SecretString=_canaries(text))


def _canaries(text: str) -> str:
    try:
        known = json.loads(text)
    except ValueError:
        return CANARY
    return json.dumps({key: CANARY if isinstance(value, str) else value for key, value in known.items()})


def test_a_canary_is_written_nowhere(world: World, told: Told, tmp_path: Path) -> None:
    """Neither printed nor in the run folder, in JUnit or in Allure results, however talkative the run."""
    reports = [
        f"--run-dir={tmp_path}/run",
        f"--junitxml={tmp_path}/junit.xml",
        f"--alluredir={tmp_path}/allure",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *reports, *TALKATIVE, "checks"],
        cwd=ROOT,
        env=surroundings(GONOGO_TWIN=world.aws.url),
        capture_output=True,
        timeout=120,
    )
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    written = {path.name: path.read_bytes() for path in files} | {"printed": done.stdout + done.stderr}
    assert done.returncode == 1, done.stdout.decode()
    assert told.times > 5
    assert b"[redacted]" in written["printed"]
    assert len(files) > 60
    assert [name for name, content in written.items() if has_canary(content)] == []


def has_canary(content: bytes) -> bool:
    """Whether the canary stands there, plainly or within base64."""
    cores = [base64.b64encode(b"x" * shift + MARK.encode())[4:-4] for shift in range(3)]
    return any(form in content for form in (MARK.encode(), *cores))
