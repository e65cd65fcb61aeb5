"""Which part does a fault break? The first that fits, of a system that has the check which is to notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fixtures.targets import Target
from fixtures.twins.world import World


def aim(
    world: World, check: str, kind: str, fits: Callable[[Any], object] = lambda _part: True
) -> tuple[Target, Any]:
    """The first declared part of a kind that fits, and its system, which is thereby touched.

    Raises:
        LookupError: no system with that check declares such a part.
    """
    for target in world.targets:
        for part in getattr(target.parts, kind) if target.wants(check) else ():
            if fits(part):
                world.touched.add(target.system.name)
                return target, part
    raise LookupError(f"no system of this world that has {check} declares such {kind}")
