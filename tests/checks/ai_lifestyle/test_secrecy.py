"""Is a password or a token of the synthetic users written down anywhere, even if the API repeats them?"""

from __future__ import annotations

import argparse
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from checks.ai_lifestyle.twin.deployment import deployment_of
from fixtures.twins.__main__ import raise_world
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.world import World
from tests.command_line import surroundings
from tests.judging import ROOT

OPTIONS = argparse.Namespace(fault=[], latency_ms=0.0, clock_offset_s=0.0, port=0)
TALKATIVE = ["-vv", "-rA", "-l", "--tb=long", "--log-level=DEBUG", "-o", "junit_logging=all"]


@dataclass
class Told:
    """Every secret that left the twin, how often the API repeated a request, and what the run printed."""

    secrets: set[str] = field(default_factory=set)
    times: int = 0
    output: str = ""


def spy(world: World) -> Told:
    """Note all tokens that are signed, and make errors of some answers, which repeat the request."""
    deployment, told = deployment_of(world), Told()
    cast, sign = deployment.cast, deployment.pool.signer.sign
    told.secrets |= {who.password for who in (cast.a, cast.b, cast.unconfirmed, cast.careful) if who}

    def noted(claims: Any) -> str:
        token = sign(claims)
        told.secrets.update(token.split(".")[1:])
        return token

    def echo(request: Request, answer: Answer) -> Answer:
        if answer.status in (200, 204) or "progress" in request.path:
            return answer
        told.times += 1
        return answer.with_json({"message": f"cannot handle {request.headers} {request.body!r}"})

    deployment.pool.signer.sign = noted  # type: ignore[method-assign]
    world.web.after("ai_lifestyle/api", echo)
    return told


def talkative_run(folder: Path) -> Told:
    """A run that tells all it can into a folder, in a process of its own: moto has but one state in each."""
    world, _ = raise_world(["ai_lifestyle"], OPTIONS)
    told = spy(world)
    ran = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-m", "ai_lifestyle", *TALKATIVE, "-p", "no:cacheprovider",
            "-k", "test_access or test_accounts", f"--run-dir={folder}/run",
            f"--junitxml={folder}/junit.xml", f"--alluredir={folder}/allure",
        ],
        cwd=ROOT, env=surroundings(GONOGO_TWIN=world.aws.url), capture_output=True, text=True, check=False,
    )  # fmt: skip
    world.stop()
    told.output = ran.stdout + ran.stderr
    return told


def test_no_secret_is_written_down(tmp_path: Path) -> None:
    """Neither printed nor in the run folder, in JUnit or in Allure results, however talkative the run."""
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        told = apart.submit(talkative_run, tmp_path).result()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    texts = {path.name: path.read_text(errors="replace") for path in files} | {"the output": told.output}
    leaks = {name for name, text in texts.items() for secret in told.secrets if secret in text}
    assert leaks == set()
    assert told.times > 20
    assert len(told.secrets) > 15
    assert "[redacted]" in told.output
