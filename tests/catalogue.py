"""Which claims does the suite make? The agreed catalogue, and how it is written anew: `make golden`."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable

import pytest

from fixtures.binding import Binding
from fixtures.selection import binding_key
from reports.catalogue import Entry, render
from tests.judging import ROOT

GOLDEN = ROOT / "golden" / "catalogue.txt"


class _Collector:
    def __init__(self) -> None:
        self.bindings: list[Binding] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.bindings = [item.stash[binding_key] for item in session.items if binding_key in item.stash]


def collect() -> list[Binding]:
    """Every check at the twin of every system."""
    collector = _Collector()
    options = ["-p", "no:cacheprovider", f"--rootdir={ROOT}", "--collect-only", "-q", "checks"]
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        patch.chdir(ROOT)
        pytest.main(options, plugins=[collector])
    return collector.bindings


def catalogue(bindings: Iterable[Binding]) -> str:
    """One line for every claim."""
    return render(
        Entry(
            one.check,
            tuple(procedure.id for procedure in one.procedures),
            one.worst.severity,
            one.worst.kind,
            one.occasions,
            one.claim,
        )
        for one in bindings
    )


if __name__ == "__main__":
    GOLDEN.write_text(catalogue(collect()), encoding="utf-8")
