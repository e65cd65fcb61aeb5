"""What does a person see who makes a mistake, or whose network does? One clear sentence, and never green."""

from __future__ import annotations

import argparse
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.twins.__main__ import raise_world
from fixtures.twins.exchange import Answer
from fixtures.twins.world import World
from reports.results import Cause, Outcome
from tests.command_line import gonogo
from tests.fixtures.listeners import answer, listening
from tests.judging import a_twin

SYSTEM, API = "madrid_bus", "madrid_bus/api"
OPTIONS = argparse.Namespace(fault=[], latency_ms=0.0, clock_offset_s=0.0, port=0)
FEW = ("-k", "test_every_service_runs_its_tasks or test_the_api_is_well or test_every_stop_answers")
ACCOUNT = "123456789012"
KEYS = {"AWS_ACCESS_KEY_ID": "person", "AWS_SECRET_ACCESS_KEY": "person"}
VARIABLES = {"api": "API_URL", "websocket": "WS_ENDPOINT", "mcp": "MCP_ENDPOINT"}
LAB = """
[madrid_bus.environments.lab]
account = "{account}"
region = "eu-west-1"
requests_per_second = 1000.0
aws_calls_per_second = 1000.0
endpoints = {{ aws = "{aws}", api = "{api}", websocket = "{websocket}", mcp = "{mcp}" }}
"""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--config={tmp}/typo.toml"],
            "typo.toml: madrid_bus.environments.lab.acount: Extra inputs are not permitted",
        ),
        (["--config={tmp}/none.toml"], "none.toml: no such file"),
        (["-m", "madrid_buss"], "-m: 'madrid_buss' is no mark; did you mean madrid_bus?"),
        (["--env=prodd"], "--env: no environment 'prodd'; there are"),
        (
            ["-m", SYSTEM, "--env=prod"],
            "madrid_bus-prod: the variable MADRID_BUS_ACCOUNT_ID is not set: export",
        ),
        (["--fault=a_feedr_stopped"], "no fault 'a_feedr_stopped'; did you mean a_feeder_stopped"),
        (["--budget=soon"], "argument --budget: invalid float value: 'soon'"),
        (["--budget=0"], "--budget: takes a number of seconds above 0"),
        (["--run-dir=/proc/run"], "/proc/run: cannot be written"),
        (["--replay={tmp}"], "no run is recorded there (observations.jsonl is missing)"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_what_is_wrongly_typed_is_refused(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    """Exit code 4 and one sentence, before anything is looked at."""
    (tmp_path / "typo.toml").write_text('[madrid_bus.environments.lab]\nacount = "1"\n')
    said = gonogo(tmp_path, *(one.format(tmp=tmp_path) for one in arguments), GONOGO_TWIN="")
    assert said.code == pytest.ExitCode.USAGE_ERROR, said.text
    assert sentence in said.text
    assert "Traceback" not in said.text
    assert len(said.text.splitlines()) < 12
    assert said.results == {}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A healthy twin in this process, so that any answer can be changed."""
    world, _ = raise_world([SYSTEM], OPTIONS)
    yield world
    world.stop()


@pytest.fixture(autouse=True)
def mended(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing of a test is left in the twin."""
    yield
    if "world" in request.fixturenames:
        request.getfixturevalue("world").undo()


def lab(folder: Path, world: World, **changed: str) -> list[str]:
    """The twin as an environment of its own: a person's credentials, and no favours for being local."""
    places = {name: world.exports[f"MADRID_BUS_{variable}"] for name, variable in VARIABLES.items()}
    path = folder / "lab.toml"
    path.write_text(LAB.format(**{"account": ACCOUNT, "aws": world.aws.url} | places | changed))
    return [f"--config={path}", "--env=lab"]


def nobody() -> str:
    """A port of this machine with nobody behind it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


def test_with_credentials_the_lab_is_well(tmp_path: Path, world: World) -> None:
    """What is broken below is all that is wrong."""
    said = gonogo(tmp_path, *lab(tmp_path, world), *FEW, **KEYS)
    assert said.code == 0, said.text
    assert len(said.results) == 3


def test_the_wrong_account_is_not_looked_at(tmp_path: Path, world: World) -> None:
    """AWS is asked whose account it is, and nothing else."""
    calls = dict(world.aws.calls())
    said = gonogo(tmp_path, *lab(tmp_path, world, account="999999999999"), *FEW, **KEYS)
    assert said.code == 10, said.text
    assert said.unknown_for(Cause.WRONG_ACCOUNT) == said.results.keys()
    assert "AWS says account 123456789012, lab is 999999999999" in said.words
    assert "3 claims, unknown for one reason" in said.words
    made = {name for name, count in world.aws.calls().items() if count > calls.get(name, 0)}
    assert made == {"sts:GetCallerIdentity"}


def test_without_credentials_nobody_is_looked_at(tmp_path: Path, world: World) -> None:
    """The way to get some is named."""
    said = gonogo(tmp_path, *lab(tmp_path, world), *FEW)
    assert said.code == 10, said.text
    assert said.unknown_for(Cause.MISSING_CREDENTIALS) == said.results.keys()
    assert "Unable to locate credentials" in said.words
    assert "log in: `aws sts get-caller-identity` must answer" in said.words


def test_a_profile_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """The twin comes up all the same; who cannot look is the run."""
    said = gonogo(tmp_path, "-m", SYSTEM, *FEW, AWS_PROFILE="nobody")
    assert said.code == 10, said.text
    assert said.unknown_for(Cause.MISSING_CREDENTIALS) == said.results.keys()
    assert len(said.results) == 3
    assert "The config profile (nobody) could not be found" in said.words
    assert "Traceback" not in said.text


def test_expired_credentials_are_told_from_a_denial(tmp_path: Path, world: World) -> None:
    """The remedy is to log in again, not another policy."""
    world.aws.refuse("*", "*", "ExpiredToken", "The security token included in the request is expired", 403)
    said = gonogo(tmp_path, *lab(tmp_path, world), *FEW, **KEYS)
    assert said.code == 10, said.text
    assert said.unknown_for(Cause.MISSING_CREDENTIALS) == said.results.keys()
    assert "log in again: the credentials are expired or wrong" in said.words
    assert '"Effect": "Allow"' not in said.text


@pytest.mark.parametrize(
    ("scheme", "reason"),
    [("http://", "Connection refused"), ("https://", "TLS: ")],
    ids=["nobody listens", "no TLS"],
)
@pytest.mark.parametrize("broken", ["aws", "api"])
def test_an_endpoint_that_cannot_be_reached(
    tmp_path: Path, world: World, broken: str, scheme: str, reason: str
) -> None:
    """Whatever was asked of it is unknown, in one paragraph that names the host and why."""
    with listening(answer()) as plain:
        place = nobody() if scheme == "http://" else plain.url.removeprefix("http://")
        said = gonogo(tmp_path, *lab(tmp_path, world, **{broken: scheme + place}), *FEW, **KEYS)
    assert said.code == 10, said.text
    blind = said.unknown_for(Cause.UNREACHABLE)
    assert len(blind) == (3 if broken == "aws" else 2)
    assert f"{len(blind)} claims, unknown for one reason" in said.words
    assert f"could not look: unreachable: {place}: {reason}" in said.words
    assert "Traceback" not in said.text


def bloated(_request: object, answer: Answer) -> Answer:
    """Ten megabytes of it."""
    return Answer(200, answer.headers, b'{"count": 1, "more": "' + b"x" * 10_000_000 + b'"}')


def test_an_answer_of_ten_megabytes_is_not_read(tmp_path: Path, world: World) -> None:
    """Reading ends at a megabyte, and says so."""
    world.web.after(API, bloated)
    said = gonogo(tmp_path, *lab(tmp_path, world), *FEW, **KEYS)
    assert said.code == 10, said.text
    assert len(said.unknown_for(Cause.MALFORMED)) == 2
    assert "an answer larger than 1,000,000 bytes" in said.words


def test_an_api_that_never_answers_costs_no_more_than_the_budget(tmp_path: Path, world: World) -> None:
    """What was seen by then is told; the rest is not run, and the run ends."""
    world.web.never_answer(API)
    began = time.monotonic()
    said = gonogo(tmp_path, *lab(tmp_path, world), *FEW, "--budget=2", **KEYS)
    assert time.monotonic() - began < 12
    assert said.code == 10, said.text
    assert said.results["containers.running"].outcome is Outcome.PASSED
    assert len(said.unknown_for(Cause.NOT_RUN)) == 2
    assert "the budget of 2 s was spent" in said.words


def test_a_clock_two_minutes_off_is_told_and_does_not_matter(tmp_path: Path) -> None:
    """Ages are told by AWS's clock, so that nothing is stale or from the future."""
    with a_twin("--clock-offset-s", "120", "--system", SYSTEM) as twin:
        fresh = "test_the_newest_row_is_fresh or test_no_row_is_from or test_every_service_logged"
        said = gonogo(tmp_path, "-m", SYSTEM, "-k", f"{fresh} or {FEW[1]}", GONOGO_TWIN=twin)
    assert said.code == 0, said.text
    assert len(said.results) == 8
    assert re.search("note this machine's clock is 1(19|20|21) s behind AWS's", said.words), said.text
