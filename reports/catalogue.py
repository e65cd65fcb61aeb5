"""Which claims does the suite make? The listing that is agreed upon in `golden/catalogue.txt`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.results import OCCASIONS

HEADER = "# check | procedures | severity | kind | occasions | claim\n"


@dataclass(frozen=True)
class Entry:
    """One check and the claim it makes; `severity` is 1 to 4."""

    check: str
    procedures: tuple[str, ...]
    severity: int
    kind: str
    occasions: tuple[str, ...]
    claim: str


def render(entries: Iterable[Entry]) -> str:
    """One line per check, sorted by check; the same whatever the order, and however often an entry comes."""
    return HEADER + "".join(sorted({_line(entry) for entry in entries}))


def _line(entry: Entry) -> str:
    known = [occasion for occasion in OCCASIONS if occasion in entry.occasions]
    other = sorted(set(entry.occasions) - set(OCCASIONS))
    cells = [
        entry.check,
        " ".join(sorted(entry.procedures)) or "-",
        f"p{entry.severity}",
        entry.kind,
        " ".join(known + other) or "-",
        " ".join(entry.claim.split()),
    ]
    return " | ".join(cells) + "\n"
