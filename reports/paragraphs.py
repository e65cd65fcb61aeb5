"""How is one reason, or one cause of many unknowns, told on the page?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.results import Outcome, Result
from reports.typesetting import columns, hang, harmless, plain, spread, wrap, wrap_around_commands

MARGIN = 4
EVIDENCE = 6
OFFENDERS_SHOWN = 5
PROCEDURES_WIDTH = 24
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """How wide the page is, how much it tells, and whether a paragraph has to name its target."""

    width: int = 80
    verbosity: int = 0
    names_targets: bool = False


def unknowns_by_cause(results: Iterable[Result]) -> list[list[Result]]:
    """The unknowns of one target that share cause and detail, in the order their first one came.

    Two details are the same if they differ in a request id only.
    """
    groups: dict[tuple[object, ...], list[Result]] = {}
    for result in results:
        if result.outcome == Outcome.UNKNOWN:
            key = result.target, result.cause, _UUID.sub("", plain(result.detail))
            groups.setdefault(key, []).append(result)
    return list(groups.values())


def claim(result: Result, style: Style, label: str | None = None, indent: int = 0) -> list[str]:
    """Label and claim with the procedures at the end of the first line."""
    label = severity_label(result) if label is None else label
    room = style.width - indent - columns(label)
    procedures = _procedures(result.procedures)
    lines = wrap(result.claim, room - columns(procedures) - 2)
    first = spread(lines[0] if lines else "", procedures, room)
    return hang(label, first + lines[1:], indent)


def severity_label(result: Result) -> str:
    """`P1` for a failure, `P1?` for what could not be looked at, as wide as the margin."""
    mark = "?" if result.outcome == Outcome.UNKNOWN else ""
    return f"P{result.severity}{mark}".ljust(MARGIN)


def _procedures(procedures: Sequence[str]) -> str:
    shown = list(procedures)
    text = " ".join(shown)
    while len(shown) > 1 and columns(text) > PROCEDURES_WIDTH:
        shown.pop()
        text = f"{' '.join(shown)} +{len(procedures) - len(shown)}"
    return text


def failure(result: Result, style: Style, is_brief: bool = False) -> list[str]:
    """A failed check: claim, offenders or detail, notes, what to do first, the command that looks again."""
    shown = 1 if is_brief else OFFENDERS_SHOWN
    room = style.width - EVIDENCE
    evidence = _where(result, style) + _offenders(result, shown, style)
    if not result.offenders or style.verbosity > 0:
        evidence += wrap(result.detail, room, None if style.verbosity > 0 else 3)
    lines = claim(result, style) + [" " * EVIDENCE + line for line in evidence]
    return lines if is_brief else lines + _what_to_do(result, style)


def _where(result: Result, style: Style) -> list[str]:
    return wrap(f"on {result.target}", style.width - EVIDENCE) if style.names_targets else []


def _offenders(result: Result, shown: int, style: Style) -> list[str]:
    most = len(result.offenders) if style.verbosity > 0 else shown
    left = len(result.offenders) - most
    room = style.width - EVIDENCE - 2
    lines = []
    for offender in result.offenders[:most]:
        first, *more = wrap(offender, room, None if style.verbosity > 0 else 2) or ["(nothing to show)"]
        lines += [first, *(f"  {line}" for line in more)]
    return [*lines, f"… and {left} more"] if left > 0 else lines


def _what_to_do(result: Result, style: Style) -> list[str]:
    label = "first   "
    room = style.width - EVIDENCE
    notes = [line for note in result.notes for line in hang("note    ", wrap(note, room - 8), EVIDENCE)]
    first = hang(label, wrap_around_commands(result.first, room - columns(label)), EVIDENCE)
    return notes + first + _again(result)


def _again(result: Result) -> list[str]:
    return [f"{' ' * EVIDENCE}again   {harmless(result.again)}"] if result.again else []


def blind_spot(group: Sequence[Result], style: Style, is_brief: bool = False) -> list[str]:
    """Everything that one cause kept us from seeing, worst claim first: what, why, and the remedy."""
    worst = min(group, key=lambda result: result.severity)
    if len(group) == 1:
        lines = claim(worst, style) + _indented(_where(worst, style) + _why(worst, style))
    else:
        head = wrap(f"{len(group)} claims, unknown for one reason", style.width - MARGIN)
        lines = hang(severity_label(worst), head) + _indented(_where(worst, style) + _why(worst, style))
        lines += _claims(group, 1 if is_brief else OFFENDERS_SHOWN, style)
    return lines if is_brief else lines + _what_to_do(worst, style)


def _indented(lines: Iterable[str]) -> list[str]:
    return [" " * EVIDENCE + line for line in lines]


def _why(result: Result, style: Style) -> list[str]:
    cause = str(result.cause or "cause not known")
    detail = plain(result.detail)
    says_cause = detail.casefold().startswith(cause.casefold())
    text = detail if says_cause else ": ".join(part for part in (cause, detail) if part)
    return wrap(f"could not look: {text}", style.width - EVIDENCE, None if style.verbosity > 0 else 4)


def _claims(group: Sequence[Result], shown: int, style: Style) -> list[str]:
    most = len(group) if style.verbosity > 0 else shown
    ranked = sorted(group, key=lambda result: result.severity)
    lines: list[str] = []
    for result in ranked[:most]:
        lines += claim(result, style, f"P{result.severity}  ", EVIDENCE)
        lines += _again(result) if style.verbosity > 0 and result is not ranked[0] else []
    left = len(group) - most
    return [*lines, f"{' ' * EVIDENCE}… and {left} more"] if left > 0 else lines
