"""What results, policies and waivers can there be? Hypothesis strategies for the properties of a verdict."""

from __future__ import annotations

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from reports.policy import SEVERITIES, STANDARD, Decision, Policy
from reports.results import Cause, Outcome, Result
from reports.waivers import Waiver

STEADY = settings(derandomize=True, database=None, deadline=None)
NOW = date(2026, 11, 20)
CHECKS = st.sampled_from(["a", "b", "c"])
ENVIRONMENTS = st.sampled_from(["dev", "prod"])


def results(outcomes: tuple[Outcome, ...] = tuple(Outcome)) -> st.SearchStrategy[Result]:
    """Results of few checks and targets, so that they meet."""
    return st.builds(
        Result,
        check=CHECKS,
        system=st.just("petty"),
        environment=ENVIRONMENTS,
        procedures=st.just(()),
        claim=st.just("It holds"),
        severity=st.sampled_from(SEVERITIES),
        kind=st.just("health"),
        occasions=st.just(()),
        outcome=st.sampled_from(outcomes),
        cause=st.sampled_from([None, *Cause]),
        waiver=st.just(""),
    )


def _table(cells: list[tuple[Decision, Decision]]) -> Policy:
    pairs = zip(SEVERITIES, cells, strict=True)
    return Policy({(s, o): d for s, (f, u) in pairs for o, d in ((Outcome.FAILED, f), (Outcome.UNKNOWN, u))})


_DECISIONS: st.SearchStrategy[Decision] = st.sampled_from(["GO", "HOLD", "NO-GO"])
_CELLS = st.tuples(_DECISIONS, _DECISIONS).filter(lambda cell: cell[0] == "GO" or cell[1] != "GO")
POLICIES = st.just(STANDARD) | st.lists(_CELLS, min_size=4, max_size=4).map(_table)
WAIVERS = st.builds(
    Waiver,
    check=CHECKS,
    target=ENVIRONMENTS.map("petty/{}".format),
    owner=st.just("ana"),
    reason=st.just("known"),
    expiry=st.sampled_from([date(2026, 1, 1), NOW, date(2027, 1, 1)]),
)
