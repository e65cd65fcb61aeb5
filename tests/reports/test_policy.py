"""Can the decision table be changed, and not be made dishonest?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from reports.policy import STANDARD, STANDARD_TABLE, Decision, Policy, policy
from reports.results import Outcome
from tests.reports.samples import FAILED, PASSED, SKIPPED


@pytest.mark.parametrize(
    ("severity", "failed", "unknown"),
    [(1, "NO-GO", "HOLD"), (2, "NO-GO", "HOLD"), (3, "GO", "GO"), (4, "GO", "GO")],
)
def test_standard_policy_is_the_agreed_table(severity: int, failed: Decision, unknown: Decision) -> None:
    """A failure of P1 or P2 is NO-GO, an unknown HOLD; P3 and P4 stop nothing."""
    assert STANDARD.judge(replace(FAILED, severity=severity)) == failed
    assert STANDARD.judge(replace(FAILED, severity=severity, outcome=Outcome.UNKNOWN)) == unknown


def test_passes_skips_and_waived_failures_stop_nothing() -> None:
    """Only failures nobody accepted, and unknowns, can stop anything."""
    assert [STANDARD.judge(it) for it in (PASSED, SKIPPED, replace(FAILED, waiver="known"))] == ["GO"] * 3


def test_an_override_changes_its_cell_only() -> None:
    """One key changes one cell of the table."""
    assert policy({"p3_unknown": "HOLD"}).table == {**STANDARD_TABLE, (3, Outcome.UNKNOWN): "HOLD"}


def test_the_occasion_wins_over_the_general_key_whatever_their_order() -> None:
    """A key for the occasion at hand outranks the one for all; those of other occasions do nothing."""
    overrides: dict[str, Decision] = {"pre_event_p3_unknown": "NO-GO", "p3_unknown": "HOLD"}
    assert policy(overrides, "pre_event").table[3, Outcome.UNKNOWN] == "NO-GO"
    assert policy(overrides, "daily").table[3, Outcome.UNKNOWN] == "HOLD"


def test_all_bad_keys_are_named_at_once() -> None:
    """Every misspelt key and decision is in the one error."""
    overrides = cast("dict[str, Any]", {"p5_failed": "HOLD", "sunday_p1_failed": "GO", "p1_failed": "MAYBE"})
    with pytest.raises(ValueError, match=r"p5_failed.*; sunday_p1_failed.*; p1_failed: 'MAYBE' is none of"):
        policy(overrides)


def test_a_table_that_rewards_not_looking_is_refused() -> None:
    """If a failure is not GO, its unknown may not be GO."""
    with pytest.raises(
        ValueError, match=r"^p3_failed is HOLD and p3_unknown is GO: .*set p3_unknown to HOLD$"
    ):
        policy({"p3_failed": "HOLD"})


def test_an_incomplete_table_is_refused() -> None:
    """Every severity has a decision for failed and for unknown."""
    with pytest.raises(ValueError, match="p4 lacks a decision"):
        Policy({key: decision for key, decision in STANDARD_TABLE.items() if key != (4, Outcome.FAILED)})
