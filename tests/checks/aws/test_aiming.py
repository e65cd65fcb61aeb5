"""Does a fault break a system whose check can notice it, and no other?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.aws.aiming import aim
from fixtures.runbook import Procedure, Runbook
from fixtures.targets import Target
from fixtures.twins.world import World
from tests.fixtures.places import a_target


def _target(name: str, proved_by: str, *functions: str) -> Target:
    """A system whose only procedure is proved by a check."""
    target = a_target(parts={"functions": [{"name": one, "timeout_s": 3} for one in functions]})
    procedure = Procedure(
        "A-1", "It works", 1, None, "health", (), "read", {proved_by: None}, None, "", "", 1
    )
    system = target.system.model_copy(update={"name": name})
    declared = replace(target.declared, system=system, runbook=Runbook("", {"A-1": procedure}))
    return Target(declared, "local", target.run)


@pytest.fixture
def world() -> World:
    """Two systems, of which only the second has the check."""
    made = World()
    made.targets = [_target("blind", "logs.recent", "a"), _target("seeing", "functions.present", "b", "long")]
    return made


def test_the_first_part_of_a_system_with_the_check_is_hit(world: World) -> None:
    """And that system is touched."""
    target, function = aim(world, "functions.present", "functions")
    assert (target.system.name, function.name, world.touched) == ("seeing", "b", {"seeing"})


def test_a_part_must_fit(world: World) -> None:
    """The first one that does."""
    _, function = aim(world, "functions.present", "functions", lambda one: len(one.name) > 1)
    assert function.name == "long"


@pytest.mark.parametrize(
    ("check", "kind"), [("functions.active", "functions"), ("functions.present", "tables")]
)
def test_nothing_to_break_is_an_error(world: World, check: str, kind: str) -> None:
    """No system has the check, or none of them such a part."""
    with pytest.raises(LookupError, match=f"{check} declares such {kind}"):
        aim(world, check, kind)
    assert world.touched == set()
