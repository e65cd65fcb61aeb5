"""Can every check fail, for the right reason, and only then?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from fixtures.systems import read_systems
from fixtures.twins.__main__ import known_systems
from fixtures.twins.faults import Fault, faults_of
from reports.results import Outcome, Result
from tests.catalogue import collect
from tests.concerning import Concerned, Healthy
from tests.judging import ROOT, Judgement, a_twin, broken, judge
from tests.matrix import read, row

FAULTS = faults_of(known_systems())
DRILLS = {
    procedure.id
    for declared in read_systems(ROOT / "checks", None).values()
    for procedure in declared.runbook.procedures.values()
    if procedure.mode == "drill"
}
GOLDEN = Path(ROOT / "golden" / "faults.txt")


@pytest.fixture(scope="session")
def twin() -> Iterator[str]:
    """One healthy twin of every system, broken and mended again by each test."""
    with a_twin() as url:
        yield url


@pytest.fixture(scope="session")
def healthy(twin: str) -> Healthy:
    """What its looks ask of the healthy twin; nothing is known of one that does not get well."""
    tries = 0 if "GONOGO_LOOK_AGAIN" in os.environ else 3
    for _ in range(tries):
        seen = Healthy()
        if not judge(twin, plugins=[seen]).not_passed():
            return seen
    return Healthy()


def said(results: list[Result]) -> list[str]:
    return [
        f"{one.check}: {one.outcome} {one.cause or ''} {one.detail} {one.offenders[:3]}" for one in results
    ]


@pytest.mark.parametrize("system", known_systems())
def test_a_healthy_twin_is_go(twin: str, system: str) -> None:
    """With no fault nothing fails, nothing is unknown, what is skipped says why; and what CloudWatch measured
    of a system is asked in three calls."""
    before = _metric_calls(twin)
    judgement = judge(twin, "-m", system)
    assert _metric_calls(twin) - before <= 3
    assert said(judgement.not_passed()) == []
    assert judgement.exit_code == 0
    assert [one.check for one in judgement.results if one.outcome is Outcome.SKIPPED and not one.detail] == []
    assert [
        one.check for one in judgement.results if one.outcome is Outcome.PASSED and one.looked_at == 0
    ] == []


def _metric_calls(twin: str) -> int:
    calls: dict[str, int] = requests.get(f"{twin}/_twin/calls", timeout=5).json()
    return calls.get("cloudwatch:GetMetricData", 0)


def test_every_drill_succeeds() -> None:
    """On a healthy twin of their own all drills pass, and put everything back."""
    with a_twin() as url:
        judgement = judge(url, "--allow-drills")
        assert said(judgement.not_passed()) == []
        assert {id for one in judgement.results for id in one.procedures} == DRILLS
        assert said(judge(url).not_passed()) == []


@pytest.mark.parametrize("fault", [pytest.param(FAULTS[name], id=name) for name in sorted(FAULTS)])
def test_a_fault_trips_what_it_should(twin: str, healthy: Healthy, fault: Fault) -> None:
    """What must notice does not pass, what must stay green does, and the whole row is the agreed one.

    Judged are the systems that the fault touches, of them the checks of what it may have changed, and if a
    drill must notice their drills.
    """
    drilling = ["--allow-drills"] if DRILLS.intersection(fault.notices) else []
    with broken(twin, fault.name) as broke:
        concerned = Concerned(healthy, broke.changes)
        judgement = judge(twin, "-m", " or ".join(broke.touches), *drilling, plugins=[concerned])
    assert missed(judgement, fault) == []
    assert tripped(judgement, fault) == []
    if "GONOGO_MATRIX" in os.environ:
        Path(os.environ["GONOGO_MATRIX"], fault.name).write_text(row(fault.name, judgement.results))
    else:
        assert row(fault.name, judgement.results) == read(GOLDEN).get(fault.name)


def missed(judgement: Judgement, fault: Fault) -> list[str]:
    """Of what must notice, what did not."""
    return [
        key
        for key in fault.notices
        if not any(one.outcome in (Outcome.FAILED, Outcome.UNKNOWN) for one in judgement.about(key))
    ]


def tripped(judgement: Judgement, fault: Fault) -> list[str]:
    """Of what must stay green, what did not."""
    seen = [one for key in fault.spares for one in judgement.about(key)]
    return said([one for one in seen if one.outcome is not Outcome.PASSED])


def test_every_check_has_a_fault_that_makes_it_fail() -> None:
    """In the agreed matrix each check fails at least once; being unknown does not count."""
    failing = {
        line.split()[1] for text in read(GOLDEN).values() for line in text.splitlines() if " failed " in line
    }
    checks = {one.check for one in collect()}
    assert checks
    assert sorted(checks - failing) == []


def test_the_agreed_matrix_knows_every_fault() -> None:
    """No fault without a row, no row without a fault."""
    assert sorted(read(GOLDEN)) == sorted(FAULTS)
