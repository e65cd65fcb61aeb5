"""Do the runbooks and the checks know each other, both ways?"""

from __future__ import annotations

import pytest

from fixtures.binding import Binding
from fixtures.systems import read_systems
from tests.catalogue import GOLDEN, catalogue, collect
from tests.judging import ROOT

SYSTEMS = read_systems(ROOT / "checks", None)


@pytest.fixture(scope="module")
def bindings() -> list[Binding]:
    """Every check at the twin of every system."""
    return collect()


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_procedure_has_a_check_or_says_why_not(bindings: list[Binding], system: str) -> None:
    """A procedure is proven by at least one check, or states its reason; never both."""
    proven = {
        procedure.id for one in bindings if one.target.system.name == system for procedure in one.procedures
    }
    procedures = SYSTEMS[system].runbook.procedures.values()
    assert [one.id for one in procedures if not one.not_checked and one.id not in proven] == []
    assert [one.id for one in procedures if one.not_checked and one.id in proven] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_generic_check_a_runbook_names_exists(bindings: list[Binding], system: str) -> None:
    """`proved by` names checks that are there."""
    known = {one.check for one in bindings if one.target.system.name == system}
    wanted = {name for one in SYSTEMS[system].runbook.procedures.values() for name in one.proved_by}
    assert sorted(wanted - known) == []


def test_check_names_are_unique(bindings: list[Binding]) -> None:
    """No two checks of a target have one name."""
    names = [(one.target.id, one.check) for one in bindings]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_catalogue_of_claims_is_the_agreed_one(bindings: list[Binding]) -> None:
    """What the suite claims changes only by a diff of golden/catalogue.txt; `make golden` writes it."""
    assert catalogue(bindings) == GOLDEN.read_text(encoding="utf-8")
