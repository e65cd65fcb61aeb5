"""What does gonogo say of a twin? The whole suite, run once in this process against a twin that is up."""

from __future__ import annotations

import contextlib
import gc
import io
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from reports.results import Outcome, Result

ROOT = Path(__file__).parents[1]
# The process goes on after the run: nothing of it may stay.
QUIET = ["-s", "-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:fixtures.leaving"]


@dataclass
class Judgement:
    """The results of one run, its exit code, and what it printed."""

    exit_code: int
    results: list[Result] = field(default_factory=list)
    text: str = ""

    def not_passed(self) -> list[Result]:
        """What failed or is unknown."""
        return [one for one in self.results if one.outcome in (Outcome.FAILED, Outcome.UNKNOWN)]

    def about(self, key: str) -> list[Result]:
        """The results of a check, or of all checks that prove a procedure."""
        return [one for one in self.results if key == one.check or key in one.procedures]


class _Listener:
    def __init__(self) -> None:
        self.results: list[Result] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        if hasattr(report, "gonogo"):
            self.results.append(Result.from_json(report.gonogo))


def judge(twin: str, *arguments: str, plugins: Iterable[object] = ()) -> Judgement:
    """Run every check against the twin at a URL and say what became of each, with further `plugins`."""
    listener, text = _Listener(), io.StringIO()
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)  # a run makes little garbage, and there is much to search for it
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONOGO_TWIN", twin)
        patch.chdir(ROOT)
        with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
            run = [*QUIET, f"--run-dir={folder}/run", f"--rootdir={ROOT}", "checks", *arguments]
            code = pytest.main(run, plugins=[listener, *plugins])
    gc.set_threshold(*usual)
    return Judgement(int(code), listener.results, text.getvalue())


@contextlib.contextmanager
def a_twin(*arguments: str, house: Path = ROOT) -> Iterator[str]:
    """A twin of every system of a house in a process of its own; its URL."""
    command = [sys.executable, "-m", "fixtures.twins", "--until-stdin-closes", *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=house
    ) as process:
        try:
            for line in process.stdout or ():
                words = shlex.split(line)
                if words[0] == "export" and words[1].startswith("GONOGO_TWIN="):
                    yield words[1].partition("=")[2]
                    return
            raise RuntimeError(f"the twin ended with {process.wait()} before it was ready")
        finally:
            process.kill()


@dataclass(frozen=True)
class Break:
    """What a fault breaks: the systems it touches, and the AWS services that answer otherwise."""

    touches: list[str]
    changes: list[str]


@contextlib.contextmanager
def broken(twin: str, fault: str) -> Iterator[Break]:
    """The twin with a fault in it."""
    url = f"{twin}/_twin/faults/{fault}"
    answer = requests.post(url, timeout=30)
    assert answer.ok, answer.text
    try:
        (mine,) = (one for one in answer.json() if one["name"] == fault)
        yield Break(mine["touches"], mine["changes"])
    finally:
        lifted = requests.delete(url, timeout=30)
        assert lifted.ok, lifted.text
