"""What does a person get who types a command? Runs of the real command line, to their end or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reports.results import Cause, Result
from tests.fixtures.house import lines
from tests.judging import ROOT


@dataclass(frozen=True)
class Said:
    """What a run of the command line came to."""

    code: int
    text: str
    results: dict[str, Result]

    @property
    def words(self) -> str:
        """The text as if its lines were one."""
        return " ".join(self.text.split())

    def unknown_for(self, cause: Cause) -> set[str]:
        """The checks that are unknown for a cause."""
        return {name for name, one in self.results.items() if one.cause is cause}


def command(folder: Path, *arguments: str) -> list[str]:
    """The command line that a person would type."""
    quiet = ["-p", "no:cacheprovider", f"--run-dir={folder}"]
    return [sys.executable, "-m", "pytest", *quiet, *arguments]


def surroundings(**variables: str) -> dict[str, str]:
    """The environment of a person who has exported nothing that matters, and these."""
    prefixes = ("AWS_", "GONOGO_", "MADRID_", "PYTEST_")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(prefixes)}
    return bare | {"COLUMNS": "80", "AWS_EC2_METADATA_DISABLED": "true"} | variables


def gonogo(folder: Path, *arguments: str, **variables: str) -> Said:
    """Run the command line to its end."""
    run = folder / "run"
    done = subprocess.run(
        command(run, *arguments),
        cwd=ROOT,
        env=surroundings(HOME=str(folder), **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return Said(done.returncode, done.stdout, results(run))


def results(run: Path) -> dict[str, Result]:
    """What a run folder holds, by check."""
    return {one["check"]: Result.from_json(one) for one in lines(run / "results.jsonl")}


@dataclass
class Stopped:
    """A run that was stopped as soon as it had a result."""

    code: int
    text: str
    folder: Path


def heeding() -> None:
    """Have a new process heed Ctrl-C, which one that a shell began in the background is born to ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stopped(
    folder: Path, number: signal.Signals, arguments: Iterable[str], variables: Mapping[str, str]
) -> Stopped:
    """Start a run, and send a signal to the whole process group, as a terminal does."""
    run = folder / "run"
    with subprocess.Popen(
        command(run, *arguments),
        cwd=ROOT,
        env=surroundings(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=heeding,
        text=True,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 60
        while not results(run) and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.02)
        try:
            os.killpg(process.pid, number)
            text, _ = process.communicate(timeout=30)
        finally:
            process.kill()
    return Stopped(process.returncode, text, run)
