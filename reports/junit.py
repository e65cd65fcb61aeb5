"""What does a CI server that speaks JUnit learn of the run?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from reports.results import Outcome, Result

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(results: Iterable[Result], name: str = "gonogo") -> str:
    """JUnit XML with a test suite per target and a test case per result.

    Failed is `failure`; unknown is `error`, its type the cause; skipped and waived are `skipped`. Times are
    seconds. Characters that XML does not allow are written as `#x1b`.
    """
    ranked = sorted(results, key=lambda result: (result.target, result.check, result.procedures))
    root = ET.Element("testsuites", {"name": _legal(name), **_totals(ranked)})
    for target, group in groupby(ranked, key=lambda result: result.target):
        cases = list(group)
        suite = ET.SubElement(root, "testsuite", {"name": _legal(target), **_totals(cases)})
        for result in cases:
            _add_case(suite, result)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _legal(text: str) -> str:
    return _ILLEGAL.sub(lambda match: f"#x{ord(match[0]):02x}", text)


def _element_name(result: Result) -> str:
    if result.waiver or result.outcome == Outcome.SKIPPED:
        return "skipped"
    return {Outcome.FAILED: "failure", Outcome.UNKNOWN: "error"}.get(result.outcome, "")


def _totals(results: Sequence[Result]) -> dict[str, str]:
    counts = Counter(map(_element_name, results))
    return {
        "tests": str(len(results)),
        "failures": str(counts["failure"]),
        "errors": str(counts["error"]),
        "skipped": str(counts["skipped"]),
        "time": f"{sum(result.seconds for result in results):.3f}",
    }


def _add_case(suite: ET.Element, result: Result) -> None:
    attributes = {
        "classname": f"{result.system}.{result.environment}",
        "name": _legal(result.check),
        "time": f"{result.seconds:.3f}",
    }
    case = ET.SubElement(suite, "testcase", attributes)
    properties = ET.SubElement(case, "properties")
    for key, value in _properties(result).items():
        ET.SubElement(properties, "property", {"name": key, "value": _legal(value)})
    if kind := _element_name(result):
        outcome = ET.SubElement(case, kind, {"message": _legal(_message(result))})
        if kind != "skipped":
            outcome.set("type", result.cause.value if result.cause else result.outcome.value)
        outcome.text = _legal("\n".join(_lines(result))) or None


def _properties(result: Result) -> dict[str, str]:
    return {
        "system": result.system,
        "environment": result.environment,
        "severity": f"P{result.severity}",
        "procedures": " ".join(result.procedures),
        "looked_at": str(result.looked_at),
    }


def _message(result: Result) -> str:
    if result.waiver:
        return f"waived {result.waiver}"
    return result.detail if result.outcome == Outcome.SKIPPED else result.claim


def _lines(result: Result) -> list[str]:
    """What a person needs besides the message."""
    if result.outcome == Outcome.SKIPPED:
        return []
    labelled = [("first: ", result.first), ("again: ", result.again)]
    detail = [result.detail] if result.detail else []
    return [
        *([result.claim] if result.waiver else []),
        *detail,
        *result.offenders,
        *result.notes,
        *(label + text for label, text in labelled if text),
    ]
