"""Which outcome, at which severity, stops us?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reports.results import OCCASIONS, Outcome, Result

Decision = Literal["GO", "HOLD", "NO-GO"]
Table = Mapping[tuple[int, Outcome], Decision]

SEVERITIES = (1, 2, 3, 4)
RANK: Mapping[Decision, int] = {"GO": 0, "HOLD": 1, "NO-GO": 2}
STANDARD_TABLE: Table = {
    **{(severity, Outcome.FAILED): "NO-GO" for severity in (1, 2)},
    **{(severity, Outcome.UNKNOWN): "HOLD" for severity in (1, 2)},
    **{(severity, outcome): "GO" for severity in (3, 4) for outcome in (Outcome.FAILED, Outcome.UNKNOWN)},
}
_KEY = re.compile(rf"(?:({'|'.join(OCCASIONS)})_)?p([1-4])_(failed|unknown)")


@dataclass(frozen=True)
class Policy:
    """A decision for each severity (1-4) and each of failed and unknown.

    Where a failure is not GO, not being able to look is not GO either: otherwise losing the evidence of a
    failure would open the way.

    Raises:
        ValueError: the table is incomplete, or rates an unknown GO where the failure is not.
    """

    table: Table

    def __post_init__(self) -> None:
        """Refuse a table that cannot be trusted."""
        if faults := [fault for severity in SEVERITIES if (fault := self._fault(severity))]:
            raise ValueError("; ".join(faults))

    def _fault(self, severity: int) -> str:
        failed = self.table.get((severity, Outcome.FAILED))
        unknown = self.table.get((severity, Outcome.UNKNOWN))
        if failed is None or unknown is None:
            return f"p{severity} lacks a decision for failed or unknown"
        if failed != "GO" and unknown == "GO":
            return (
                f"p{severity}_failed is {failed} and p{severity}_unknown is GO: losing evidence would move "
                f"the verdict toward GO; set p{severity}_unknown to HOLD"
            )
        return ""

    def judge(self, result: Result) -> Decision:
        """What this result alone allows; a waived failure, a pass and a skip allow everything."""
        if result.waiver or result.outcome in (Outcome.PASSED, Outcome.SKIPPED):
            return "GO"
        return self.table[result.severity, result.outcome]


STANDARD = Policy(STANDARD_TABLE)


def policy(overrides: Mapping[str, Decision], occasion: str = "") -> Policy:
    """The standard policy with an environment's changes.

    A key is `p3_failed` or `p3_unknown`, or the same for one occasion only: `pre_event_p3_unknown`. The key
    that names the occasion wins over the one that names none.

    Raises:
        ValueError: a key or decision that does not exist, or a table that `Policy` refuses.
    """
    general: dict[tuple[int, Outcome], Decision] = {}
    special: dict[tuple[int, Outcome], Decision] = {}
    faults = []
    for key, decision in overrides.items():
        match = _KEY.fullmatch(key)
        if match is None:
            faults.append(f"{key}: not a key such as p3_failed or pre_event_p3_unknown")
        elif decision not in RANK:
            faults.append(f"{key}: {decision!r} is none of GO, HOLD, NO-GO")
        elif match[1] is None:
            general[int(match[2]), Outcome(match[3])] = decision
        elif match[1] == occasion:
            special[int(match[2]), Outcome(match[3])] = decision
    if faults:
        raise ValueError("; ".join(faults))
    return Policy({**STANDARD_TABLE, **general, **special})
