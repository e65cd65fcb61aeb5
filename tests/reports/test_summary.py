"""Does verdict.json hold everything another program needs?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from reports.results import Result
from reports.summary import verdict_document
from reports.verdict import decide
from reports.waivers import Unused, Waiver
from tests.reports.samples import DENIED, FAILED, PASSED, RUN, SKIPPED, WARNING

WAIVER = Waiver(check="a.b", target="petty/prod", owner="ana", reason="known", expiry=date(2026, 1, 1))
WAIVER_VALUES = {
    "check": "a.b",
    "target": "petty/prod",
    "owner": "ana",
    "reason": "known",
    "expiry": "2026-01-01",
}


def test_document_holds_verdict_reasons_and_identity() -> None:
    """The whole document, as it is written."""
    waived = replace(FAILED, check="w", waiver="until 2026-12-01, ana: known")
    everything = [PASSED, FAILED, DENIED, WARNING, SKIPPED, waived]
    unused = (Unused(WAIVER, "not in this run"),)
    verdict = decide(everything, expired=(WAIVER,), unused=unused)
    document = verdict_document(verdict, everything, RUN)
    assert document == {
        "format": 1,
        "verdict": "NO-GO",
        "exit_code": 1,
        "counts": {"passed": 1, "failed": 3, "unknown": 1, "skipped": 1},
        "is_founded": True,
        "run": "20261120T183012Z-7f3a",
        "selection": '-m "madrid_bus and pre_event" --env prod',
        "occasion": "pre_event",
        "targets": [
            {
                "system": "madrid_bus",
                "environment": "prod",
                "region": "eu-west-1",
                "account": "210987654821",
                "role": "verify",
                "counts": {"passed": 1, "failed": 3, "unknown": 1, "skipped": 1},
            }
        ],
        "versions": {"gonogo": "0.1.0"},
        "seconds": 3.14,
        "aws_calls": 34,
        "retries": 0,
        "notes": [],
        "reasons": [FAILED.to_json(), DENIED.to_json()],
        "warnings": [WARNING.to_json()],
        "waived": [waived.to_json()],
        "expired_waivers": [WAIVER_VALUES],
        "unused_waivers": [{**WAIVER_VALUES, "why": "not in this run"}],
    }


def test_document_survives_json() -> None:
    """Its values are plain, and its reasons can be read back as results."""
    document = verdict_document(decide([PASSED, DENIED]), [PASSED, DENIED], RUN)
    again = json.loads(json.dumps(document))
    assert again == document
    assert [Result.from_json(values) for values in again["reasons"]] == [DENIED]
