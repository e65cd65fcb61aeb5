"""May the roles do what they must, and no more?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inspections import Inspection


@named("roles.granted")
def test_every_role_may_do_what_it_must(role_grants: list[Inspection]) -> None:
    """Every declared role exists and is allowed every declared action on its resources."""
    assert [one for one in role_grants if one.faults] == []


@named("roles.modest")
def test_no_role_may_do_more_than_it_should(role_modesty: list[Inspection]) -> None:
    """No role may do everything or what it never should, nor anything with data that is not the system's."""
    assert [one for one in role_modesty if one.faults] == []


@named("roles.declared_only")
def test_there_is_no_undeclared_role(role_namesakes: list[Inspection]) -> None:
    """Every role that is named like the system's is declared."""
    assert [one for one in role_namesakes if one.faults] == []
