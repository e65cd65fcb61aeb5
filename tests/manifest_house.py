"""What is a system of which nothing is there but its manifest and its runbook? A house for one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.judging import ROOT

PROCEDURE = """
## SHOP-{number:02} · Part {number} of the shop is as it should be

- severity: P2
- kind: health
- occasions: daily
- mode: read
- proved by: {names}

**Look by hand.** Go and see.

**If it fails.** Mend it.
"""


def build(folder: Path, name: str, manifest: str, proved_by: Iterable[str]) -> Path:
    """A house with that one system; each line of `proved_by` names the checks of one procedure."""
    (folder / "checks" / name).mkdir(parents=True)
    for room in ("fixtures", "reports", "conftest.py", "pyproject.toml"):
        (folder / room).symlink_to(ROOT / room)
    for room in ("__init__.py", "aws"):
        (folder / "checks" / room).symlink_to(ROOT / "checks" / room)
    procedures = [PROCEDURE.format(number=number, names=names) for number, names in enumerate(proved_by, 1)]
    (folder / "checks" / name / "system.toml").write_text(manifest)
    (folder / "checks" / name / "runbook.md").write_text("# Runbook\n" + "".join(procedures))
    return folder


def verified(house: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """What gonogo says of it, with these options and variables."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "GONOGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=house,
        env=bare | variables,
        capture_output=True,
        text=True,
        check=False,
    )
