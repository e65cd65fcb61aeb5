"""Which twin do the tests of Madrid Bus talk to?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checks.madrid_bus.twin import build
from fixtures.systems import read_systems
from fixtures.targets import Run, Target
from fixtures.twins.world import World
from tests.checks.madrid_bus.living import TICK_S, Twin

CHECKS = Path(__file__).parents[3] / "checks"


@pytest.fixture(scope="session")
def living() -> Iterator[Twin]:
    """The twin of the local environment, built as for a run, with quicker feeders."""
    declared = read_systems(CHECKS, None)["madrid_bus"]
    settings = declared.settings["local"]
    quick = settings.model_copy(
        update={"cadence": settings.cadence.model_copy(update={"live_tick_s": TICK_S})}
    )
    world = World()
    run = Run(exports=world.exports)
    target = Target(replace(declared, settings={**declared.settings, "local": quick}), "local", run)
    world.start()
    build(world, target)
    twin = Twin(world)
    twin.session.trust_env = False
    yield twin
    world.stop()


@pytest.fixture
def twin(living: Twin) -> Iterator[Twin]:
    """The living twin, whose faults are lifted afterwards."""
    yield living
    living.world.undo()
