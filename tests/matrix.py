"""Which fault trips which checks? The agreed matrix, and how it is written anew: `make golden`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fixtures.twins.__main__ import known_systems
from fixtures.twins.faults import faults_of
from reports.results import Outcome, Result

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "golden" / "faults.txt"
HEADING = "# What each fault really trips: every check that does not pass while it is in.\n"


def row(fault: str, results: Iterable[Result]) -> str:
    """The section of one fault: what failed and what could not look, by name."""
    tripped = sorted(
        (one.outcome, one.check) for one in results if one.outcome in (Outcome.FAILED, Outcome.UNKNOWN)
    )
    lines = [f"  {outcome:<7} {check}" for outcome, check in tripped]
    return "\n".join([fault, *lines, ""])


def read(path: Path) -> dict[str, str]:
    """The agreed sections by fault."""
    sections = path.read_text(encoding="utf-8").removeprefix(HEADING).split("\n\n") if path.exists() else []
    return {text.strip().splitlines()[0]: text.strip() + "\n" for text in sections if text.strip()}


def main() -> int:
    """Run the proof and write down what it found, to be agreed to by reading the diff.

    With `-k "trips and name"` only the rows of some faults are written anew.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", "tests/test_proof.py", "-q", "-n", "2", "-k", "trips"]
        code = subprocess.run(
            [*command, *sys.argv[1:]], cwd=ROOT, env={**os.environ, "GONOGO_MATRIX": folder}
        ).returncode
        found = {path.name: path.read_text(encoding="utf-8") for path in Path(folder).iterdir()}
    rows = {name: text for name, text in read(GOLDEN).items() if name in faults_of(known_systems())} | found
    GOLDEN.write_text(HEADING + "\n" + "\n".join(rows[name] for name in sorted(rows)), encoding="utf-8")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
