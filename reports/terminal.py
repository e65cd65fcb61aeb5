"""What does a tired person read in ten seconds?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reports.closing import accepted, closing, passed_with_notes, skipped
from reports.paragraphs import Style, blind_spot, claim, failure, unknowns_by_cause
from reports.results import Outcome, Result
from reports.run import RunInfo, TargetInfo
from reports.typesetting import cut, hang, plain, spread, wrap
from reports.verdict import Verdict

IN_FULL = 10
TALL = 30
TARGETS_SHOWN = 8
BAR = 26
_COLOURS = (
    (re.compile(r"^(NO-GO)"), "1;37;41"),
    (re.compile(r"^(HOLD)"), "1;30;43"),
    (re.compile(r"^(GO(?: with warnings)?)(?= )"), "1;30;42"),
    (re.compile(r"^(P[12])(?= )"), "1;31"),
    (re.compile(r"^(P\d\??)(?= )"), "1;33"),
    (re.compile(r"^ {6}(first|again|note)(?= {3})"), "2"),
    (re.compile(r"^(passed|skipped|waived|waiver|note|run|replay)(?= )"), "2"),
)


def page(
    run: RunInfo,
    verdict: Verdict,
    results: Sequence[Result],
    width: int = 80,
    colour: bool = False,
    verbosity: int = 0,
) -> str:
    """The summary of a run: verdict, reasons, what to do first, and how to look again.

    No line is wider than `width` columns, except those that hold a command or a path to be copied, which are
    never broken. `verbosity` 1 leaves nothing out; 2 lists what passed, too. Colour only adds to the text.
    """
    style = Style(width, verbosity, len({result.target for result in results}) > 1)
    headline = _headline(run, verdict, width)
    blocks = [
        _heading(run, style),
        headline,
        *_reasons(verdict, style),
        *_warnings(verdict, style),
        [*passed_with_notes(results, style), *skipped(results, style), *accepted(verdict, style)],
        closing(run, style),
    ]
    lines = "\n\n".join("\n".join(block) for block in blocks if block).split("\n")
    if len(lines) > TALL:
        lines += ["", *headline]
    return "\n".join(_coloured(line) if colour else line for line in lines) + "\n"


def _heading(run: RunInfo, style: Style) -> list[str]:
    occasion = [run.occasion] if run.occasion else []
    if len(run.targets) == 1:
        only = run.targets[0]
        names = ["gonogo", only.system, only.environment, *occasion]
        lines = spread(" · ".join(names), _identity(only), style.width)
    else:
        most = len(run.targets) if style.verbosity > 0 else TARGETS_SHOWN
        lines = [" · ".join(["gonogo", f"{len(run.targets)} targets", *occasion])]
        room = max((len(target.name) for target in run.targets), default=0)
        for target in run.targets[:most]:
            lines.append(cut(f"  {target.name.ljust(room)}  {_identity(target)}".rstrip(), style.width))
        left = len(run.targets) - most
        lines += [f"  … and {left} more"] if left > 0 else []
    if style.verbosity > 0 and run.selection:
        lines += hang("selected  ", wrap(run.selection, style.width - 12), 2)
    return lines


def _identity(target: TargetInfo) -> str:
    account = f"account …{target.account[-4:]}" if target.account else ""
    role = f"role {target.role}" if target.role else ""
    return plain(", ".join(part for part in (target.region, account, role) if part))


def _headline(run: RunInfo, verdict: Verdict, width: int) -> list[str]:
    name = "GO with warnings" if verdict.verdict == "GO" and verdict.warnings else verdict.verdict
    cost = [duration(run.seconds), _count(run.aws_calls, "AWS call")]
    cost += [_count(run.retries, "retry", "retries")] if run.retries else []
    lines = spread(f"{name}   {_tally(verdict)}", ", ".join(cost), width)
    if verdict.is_founded:
        return lines
    return lines + wrap("Nothing could be judged: no check passed or failed.", width)


def _tally(verdict: Verdict) -> str:
    """Every result is in exactly one of these numbers."""
    failed = _failed(verdict.reasons)
    warnings = _failed(verdict.warnings)
    passed = verdict.counts[Outcome.PASSED]
    parts = [
        (len(failed), _count(len(failed), "reason")),
        (verdict.counts[Outcome.UNKNOWN], f"{verdict.counts[Outcome.UNKNOWN]} unknown"),
        (len(warnings), _count(len(warnings), "warning")),
        (len(verdict.waived), f"{len(verdict.waived)} waived"),
        (1, f"{passed} passed"),
        (verdict.counts[Outcome.SKIPPED], f"{verdict.counts[Outcome.SKIPPED]} skipped"),
    ]
    return ", ".join(text for number, text in parts if number)


def _failed(results: Iterable[Result]) -> list[Result]:
    return [result for result in results if result.outcome == Outcome.FAILED]


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """`3.1 s`, and from a minute on `2 min 5 s`."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def _reasons(verdict: Verdict, style: Style) -> list[list[str]]:
    failed = _failed(verdict.reasons)
    most = len(failed) if style.verbosity > 0 else IN_FULL
    blocks = [failure(result, style) for result in failed[:most]]
    if rest := failed[most:]:
        lines = [line for result in rest for line in claim(result, style)]
        blocks.append([f"{len(rest)} more, in full with -v:", *lines])
    decisive = set(verdict.reasons)
    return blocks + [
        blind_spot(group, style) for group in _unknown_groups(verdict) if decisive.intersection(group)
    ]


def _warnings(verdict: Verdict, style: Style) -> list[list[str]]:
    """What did not change the verdict: in brief when something else did."""
    is_brief = bool(verdict.reasons) and style.verbosity == 0
    decisive = set(verdict.reasons)
    groups = [group for group in _unknown_groups(verdict) if not decisive.intersection(group)]
    blocks = [failure(result, style, is_brief) for result in _failed(verdict.warnings)]
    blocks += [blind_spot(group, style, is_brief) for group in groups]
    if is_brief and blocks:
        return [
            ["Warnings, which leave the verdict as it is:", *(line for block in blocks for line in block)]
        ]
    return blocks


def _unknown_groups(verdict: Verdict) -> list[list[Result]]:
    return unknowns_by_cause((*verdict.reasons, *verdict.warnings))


def _coloured(line: str) -> str:
    for pattern, code in _COLOURS:
        if match := pattern.match(line):
            start, end = match.span(1)
            return f"{line[:start]}\x1b[{code}m{line[start:end]}\x1b[0m{line[end:]}"
    return line


def live_line(done: int, total: int, pending: Sequence[str], seconds: float, width: int = 80) -> str:
    """The one line that is rewritten while looking: at most `width` columns, no line end.

    `pending` names the looks under way, the longest-running first.
    """
    share = done / total if total else 1.0
    bar = max(min(BAR, width - 40), 4)
    filled = min(int(share * bar), bar)
    parts = [f"looking  {'█' * filled}{'░' * (bar - filled)}", f"{done}/{total}", duration(seconds)]
    parts += [f"slowest: {plain(pending[0])}"] if pending else []
    return cut("  ".join(parts), width)
