"""GO, HOLD or NO-GO, and which results decided it?

Losing evidence never moves the verdict toward GO. Precisely:

* a pass or a skip that becomes unknown leaves the verdict as it is or makes it worse;
* a failure that becomes unknown may soften NO-GO to HOLD, because a known failure weighs more than a
  blind spot, but whatever was not GO stays not GO, however many results become unknown;
* if nothing was judged (every check unknown or skipped), the verdict is at best HOLD.

A check that left no result at all cannot be missed here: the caller hands in one result per selected
check, unknown if it was not run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.policy import RANK, STANDARD, Decision, Policy
from reports.results import Outcome, Result
from reports.waivers import Unused, Waiver

EXIT_CODES: Mapping[Decision, int] = {"GO": 0, "NO-GO": 1, "HOLD": 10}


@dataclass(frozen=True)
class Verdict:
    """The answer and what it rests on.

    `counts` has every outcome; a waived failure counts as failed. `reasons` are the results that kept the
    verdict from GO, `warnings` the failures and unknowns that did not; both worst first. `is_founded` is
    false when no check passed or failed, so that there was nothing to base a GO on.
    """

    verdict: Decision
    exit_code: int
    counts: Mapping[Outcome, int]
    reasons: tuple[Result, ...] = ()
    warnings: tuple[Result, ...] = ()
    waived: tuple[Result, ...] = ()
    expired: tuple[Waiver, ...] = ()
    unused: tuple[Unused, ...] = ()
    is_founded: bool = True


def decide(
    results: Iterable[Result],
    policy: Policy = STANDARD,
    by_target: Mapping[str, Policy] | None = None,
    expired: tuple[Waiver, ...] = (),
    unused: tuple[Unused, ...] = (),
) -> Verdict:
    """The verdict over all results of a run, in whatever order they come.

    `by_target` holds policies of single targets (`madrid_bus/prod`) that have one of their own; `expired` and
    `unused` come from `reports.waivers.apply`, which has to run before.

    Raises:
        ValueError: there are no results, hence no verdict.
    """
    ranked = sorted(results, key=_place)
    if not ranked:
        raise ValueError("no results, no verdict")
    own = by_target or {}
    decisions = [(own.get(result.target, policy).judge(result), result) for result in ranked]
    is_founded = any(result.outcome in (Outcome.PASSED, Outcome.FAILED) for result in ranked)
    floor: list[Decision] = ["GO" if is_founded else "HOLD"]
    verdict = max(floor + [decision for decision, _ in decisions], key=RANK.__getitem__)
    counts = Counter(result.outcome for result in ranked)
    stops = [(decision, result) for decision, result in decisions if decision != "GO"]
    stops.sort(key=lambda stop: -RANK[stop[0]])
    return Verdict(
        verdict=verdict,
        exit_code=EXIT_CODES[verdict],
        counts={outcome: counts[outcome] for outcome in Outcome},
        reasons=tuple(result for _, result in stops),
        warnings=tuple(result for decision, result in decisions if decision == "GO" and _is_warning(result)),
        waived=tuple(result for result in ranked if result.waiver),
        expired=expired,
        unused=unused,
        is_founded=is_founded,
    )


def _is_warning(result: Result) -> bool:
    return result.outcome in (Outcome.FAILED, Outcome.UNKNOWN) and not result.waiver


def _place(result: Result) -> tuple[object, ...]:
    """Worst first; what is equally bad goes by name, then by content, so that no order of arrival shows."""
    is_unknown = result.outcome == Outcome.UNKNOWN
    return result.severity, is_unknown, result.target, result.check, result.procedures, repr(result)
