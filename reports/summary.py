"""What did the run conclude, for machines? The content of `verdict.json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from reports.results import Outcome, Result
from reports.run import RunInfo, TargetInfo
from reports.verdict import Verdict
from reports.waivers import Waiver

FORMAT = 1


def verdict_document(verdict: Verdict, results: Iterable[Result], run: RunInfo) -> dict[str, Any]:
    """Plain values, ready for `json.dumps`; `format` is raised when a key changes its meaning.

    `reasons`, `warnings` and `waived` are whole results (`Result.from_json` reads them back), worst first.
    """
    everything = list(results)
    return {
        "format": FORMAT,
        "verdict": verdict.verdict,
        "exit_code": verdict.exit_code,
        "counts": _counts(verdict.counts),
        "is_founded": verdict.is_founded,
        "run": run.run_id,
        "selection": run.selection,
        "occasion": run.occasion,
        "targets": [_target(target, everything) for target in run.targets],
        "versions": dict(run.versions),
        "seconds": round(run.seconds, 3),
        "aws_calls": run.aws_calls,
        "retries": run.retries,
        "notes": list(run.notes),
        "reasons": [result.to_json() for result in verdict.reasons],
        "warnings": [result.to_json() for result in verdict.warnings],
        "waived": [result.to_json() for result in verdict.waived],
        "expired_waivers": [_waiver(waiver) for waiver in verdict.expired],
        "unused_waivers": [_waiver(unused.waiver) | {"why": unused.why} for unused in verdict.unused],
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return waiver.model_dump(mode="json")


def _counts(counts: Mapping[Outcome, int]) -> dict[str, int]:
    return {outcome.value: counts[outcome] for outcome in Outcome}


def _target(target: TargetInfo, results: list[Result]) -> dict[str, Any]:
    own = Counter(result.outcome for result in results if result.target == target.name)
    return {
        "system": target.system,
        "environment": target.environment,
        "region": target.region,
        "account": target.account,
        "role": target.role,
        "counts": _counts(own),
    }
