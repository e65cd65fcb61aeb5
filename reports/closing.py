"""What else should be known of the run, below the reasons?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reports.paragraphs import MARGIN, Style, claim
from reports.results import Outcome, Result
from reports.run import RunInfo
from reports.typesetting import hang, harmless, plain, wrap
from reports.verdict import Verdict

GROUPS_SHOWN = 3


def passed_with_notes(results: Iterable[Result], style: Style) -> list[str]:
    """Passes that say something of themselves (a retry), counted by what they say; every pass from -vv on."""
    passed = [result for result in results if result.outcome == Outcome.PASSED]
    lines = _grouped("passed", [note for result in passed for note in result.notes], style)
    if style.verbosity > 1:
        for result in passed:
            lines += claim(result, style, "ok  ")
    return lines


def skipped(results: Iterable[Result], style: Style) -> list[str]:
    """Skips, counted by reason."""
    reasons = [result.detail or "no reason given" for result in results if result.outcome == Outcome.SKIPPED]
    return _grouped("skipped", reasons, style)


def _grouped(label: str, sentences: Sequence[str], style: Style) -> list[str]:
    groups = sorted(Counter(map(plain, sentences)).items(), key=lambda group: (-group[1], group[0]))
    most = len(groups) if style.verbosity > 0 else GROUPS_SHOWN
    lines: list[str] = []
    for sentence, count in groups[:most]:
        head = f"{label.ljust(8)}{count:>3}  "
        lines += hang(head, wrap(sentence, style.width - len(head), None if style.verbosity > 0 else 2))
    left = sum(count for _, count in groups[most:])
    return [*lines, f"{label.ljust(8)}{left:>3}  for other reasons"] if left else lines


def accepted(verdict: Verdict, style: Style) -> list[str]:
    """Waived failures, then the waivers that want tidying up."""
    lines: list[str] = []
    for result in verdict.waived:
        lines += claim(result, style, "waived  ")
        lines += hang(" " * 8, wrap(f"{result.target}, {result.waiver}", style.width - 8))
    expired = [f"expired {waiver.expiry}: {waiver.check} on {waiver.target}" for waiver in verdict.expired]
    elsewhere = [unused for unused in verdict.unused if unused.why == "not in this run"]
    idle = [
        f"unused: {unused.waiver.check} on {unused.waiver.target}: {unused.why}"
        for unused in verdict.unused
        if unused not in elsewhere or style.verbosity > 0
    ]
    if elsewhere and style.verbosity == 0:
        idle.append(f"{len(elsewhere)} for checks that are not in this run")
    for sentence in expired + idle:
        lines += hang("waiver  ", wrap(sentence, style.width - 8))
    return lines


def closing(run: RunInfo, style: Style) -> list[str]:
    """Notes on the run, its folder, and the command that replays it."""
    lines = [line for note in run.notes for line in hang("note    ", wrap(note, style.width - 2 * MARGIN))]
    if run.run_dir:
        lines += [f"run     {harmless(run.run_dir)}", f"replay  pytest --replay={harmless(run.run_dir)}"]
    return lines
