"""Is the verdict what the table says, and can it not be improved by looking away?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.policy import RANK, STANDARD, Decision, Policy, policy
from reports.results import Outcome, Result
from reports.verdict import Verdict, decide
from reports.waivers import Waiver, apply
from tests.reports.samples import DENIED, FAILED, PASSED, SKIPPED, STALE, WARNING
from tests.reports.strategies import NOW, POLICIES, STEADY, WAIVERS, results

SOME = st.lists(results(), min_size=1, max_size=8)


def _unknown(result: Result) -> Result:
    return replace(result, outcome=Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("given_results", "verdict", "exit_code"),
    [
        ([PASSED], "GO", 0),
        ([PASSED, WARNING], "GO", 0),
        ([PASSED, _unknown(WARNING)], "GO", 0),
        ([PASSED, SKIPPED], "GO", 0),
        ([PASSED, DENIED], "HOLD", 10),
        ([PASSED, FAILED], "NO-GO", 1),
        ([PASSED, FAILED, DENIED], "NO-GO", 1),
        ([replace(FAILED, waiver="until 2027-01-01, ana: known")], "GO", 0),
    ],
)
def test_verdict_and_exit_code(given_results: list[Result], verdict: Decision, exit_code: int) -> None:
    """GO is 0, NO-GO is 1 and outranks HOLD, which is 10."""
    answer = decide(given_results)
    assert (answer.verdict, answer.exit_code, answer.is_founded) == (verdict, exit_code, True)


def test_verdict_tells_what_it_rests_on() -> None:
    """Reasons come worst first, warnings and waived failures apart, and every outcome is counted."""
    waived = replace(FAILED, check="accepted", waiver="until 2027-01-01, ana: known")
    assert decide([PASSED, WARNING, DENIED, waived, STALE, SKIPPED, FAILED]) == Verdict(
        verdict="NO-GO",
        exit_code=1,
        counts={Outcome.PASSED: 1, Outcome.FAILED: 4, Outcome.UNKNOWN: 1, Outcome.SKIPPED: 1},
        reasons=(FAILED, STALE, DENIED),
        warnings=(WARNING,),
        waived=(waived,),
    )


@pytest.mark.parametrize("given_results", [[SKIPPED], [_unknown(WARNING)], [SKIPPED, _unknown(WARNING)]])
def test_nothing_judged_is_not_go(given_results: list[Result]) -> None:
    """If no check passed or failed, there is nothing to base a GO on."""
    answer = decide(given_results)
    assert (answer.verdict, answer.is_founded, answer.reasons) == ("HOLD", False, ())


def test_no_results_are_no_verdict() -> None:
    """An empty run is not judged at all."""
    with pytest.raises(ValueError, match="no results, no verdict"):
        decide([])


def test_a_target_may_have_a_policy_of_its_own() -> None:
    """The policy of a target decides about its results alone."""
    strict = policy({"p3_failed": "HOLD", "p3_unknown": "HOLD"})
    dev = replace(WARNING, environment="dev")
    assert decide([PASSED, dev], by_target={"madrid_bus/prod": strict}).verdict == "GO"
    assert decide([PASSED, WARNING, dev], by_target={"madrid_bus/prod": strict}).reasons == (WARNING,)


@STEADY
@given(SOME, POLICIES, st.randoms(use_true_random=False))
def test_order_does_not_matter(some: list[Result], rules: Policy, random: Random) -> None:
    """The same results in another order give the same verdict, with the same lists."""
    shuffled = list(some)
    random.shuffle(shuffled)
    assert decide(shuffled, rules) == decide(some, rules)


@STEADY
@given(SOME, POLICIES, st.data())
def test_passes_and_skips_that_become_unknown_never_help(
    some: list[Result], rules: Policy, data: st.DataObject
) -> None:
    """A pass or skip lost to unknown leaves the verdict as it is or makes it worse."""
    lost = data.draw(st.sets(st.sampled_from(range(len(some)))))
    after = [_unknown(it) if i in lost and it.outcome != Outcome.FAILED else it for i, it in enumerate(some)]
    assert _rank(after, rules) >= _rank(some, rules)


@STEADY
@given(SOME, POLICIES, st.data())
def test_no_loss_of_evidence_opens_the_way(some: list[Result], rules: Policy, data: st.DataObject) -> None:
    """Whatever was not GO stays not GO, however many results become unknown."""
    lost = data.draw(st.sets(st.sampled_from(range(len(some)))))
    after = [_unknown(it) if i in lost else it for i, it in enumerate(some)]
    assert _rank(after, rules) > 0 or _rank(some, rules) == 0


@STEADY
@given(st.lists(results((Outcome.UNKNOWN, Outcome.SKIPPED)), min_size=1), POLICIES)
def test_blindness_is_never_go(some: list[Result], rules: Policy) -> None:
    """With nothing but unknowns and skips there is no GO under any policy."""
    assert _rank(some, rules) > 0


@STEADY
@given(SOME, POLICIES)
def test_a_standing_failure_decides_at_least_as_its_cell_says(some: list[Result], rules: Policy) -> None:
    """The verdict is never better than what the worst single result allows."""
    assert _rank(some, rules) >= max(RANK[rules.judge(result)] for result in some)


@STEADY
@given(SOME, st.lists(WAIVERS, max_size=4), WAIVERS)
def test_a_waiver_affects_only_what_it_names(some: list[Result], waivers: list[Waiver], one: Waiver) -> None:
    """Adding a waiver changes no result but those of its check on its target, and never worsens a verdict."""
    others = [it for it in waivers if (it.check, it.target) != (one.check, one.target)]
    before = apply(others, some, NOW).results
    after = apply([*others, one], some, NOW).results
    changed = {(b.check, b.target) for a, b in zip(before, after, strict=True) if a != b}
    assert changed <= {(one.check, one.target)}
    assert _rank(after, STANDARD) <= _rank(before, STANDARD)


def _rank(some: Sequence[Result], rules: Policy) -> int:
    return RANK[decide(some, rules).verdict]
