"""Is a password or a token of the synthetic users written down anywhere, even if the API repeats them?"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from checks.ai_lifestyle.twin.deployment import deployment_of
from fixtures.twins.__main__ import raise_world
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.world import World
from tests.judging import ROOT
from tests.test_bad_inputs import surroundings

OPTIONS = argparse.Namespace(fault=[], latency_ms=0.0, clock_offset_s=0.0, port=0)
TALKATIVE = ["-vv", "-rA", "-l", "--tb=long", "--log-level=DEBUG", "-o", "junit_logging=all"]


@dataclass
class Told:
    """Every secret that left the twin, and how often the API repeated one."""

    secrets: set[str] = field(default_factory=set)
    times: int = 0


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[World, Told]]:
    """The twin, whose tokens are all noted, and some of whose answers are errors that repeat a request."""
    world, _ = raise_world(["ai_lifestyle"], OPTIONS)
    deployment, told = deployment_of(world), Told()
    cast = deployment.cast
    told.secrets |= {who.password for who in (cast.a, cast.b, cast.unconfirmed, cast.careful) if who}
    sign = deployment.pool.signer.sign

    def noted(claims: Any) -> str:
        token = sign(claims)
        told.secrets.update(token.split(".")[1:])
        return token

    monkeypatch.setattr(deployment.pool.signer, "sign", noted)

    def echo(request: Request, answer: Answer) -> Answer:
        if answer.status in (200, 204) or "progress" in request.path:
            return answer
        told.times += 1
        return answer.with_json({"message": f"cannot handle {request.headers} {request.body!r}"})

    world.web.after("ai_lifestyle/api", echo)
    yield world, told
    world.stop()


def test_no_secret_is_written_down(told: tuple[World, Told], tmp_path: Path) -> None:
    """Neither printed nor in the run folder, in JUnit or in Allure results, however talkative the run."""
    world, spied = told
    ran = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-m", "ai_lifestyle", *TALKATIVE, "-p", "no:cacheprovider",
            "-k", "test_access or test_accounts", f"--run-dir={tmp_path}/run",
            f"--junitxml={tmp_path}/junit.xml", f"--alluredir={tmp_path}/allure",
        ],
        cwd=ROOT, env=surroundings(GONOGO_TWIN=world.aws.url), capture_output=True, text=True, check=False,
    )  # fmt: skip
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    texts = {path.name: path.read_text(errors="replace") for path in files}
    texts["the output"] = ran.stdout + ran.stderr
    leaks = {name for name, text in texts.items() for secret in spied.secrets if secret in text}
    assert leaks == set()
    assert spied.times > 20
    assert len(spied.secrets) > 15
    assert "failed" in ran.stdout
