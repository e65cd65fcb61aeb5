"""How does the goal service come into a world, and how does a fault bend it there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.types import ASGIApp

from checks.ai_lifestyle.twin.operations import OPERATIONS
from checks.ai_lifestyle.twin.routes import Routes
from checks.ai_lifestyle.twin.seed import plant
from checks.ai_lifestyle.twin.service import GoalService
from checks.ai_lifestyle.twin.store import Store
from checks.ai_lifestyle.twin.trail import Trail
from fixtures.targets import Target
from fixtures.twins.items import Items
from fixtures.twins.world import World

NAME = "ai_lifestyle"


@dataclass(frozen=True)
class Place:
    """Where the service runs: `functions` maps each operation to the name of the function that serves it."""

    region: str
    environment: str
    table: str
    functions: Mapping[str, str]


def place_of(target: Target) -> Place:
    """Where the target declares it: its first table; functions named by operation, or one for all."""
    functions = [function.name for function in target.parts.functions]
    serving = {
        operation.name: next((name for name in functions if name.startswith(operation.name)), functions[0])
        for operation in OPERATIONS
    }
    return Place(target.place.region, target.environment, target.parts.tables[0].name, serving)


def open_service(world: World, place: Place, user_a: str, user_b: str) -> ASGIApp:
    """Seed the table, which must be there already, for two users given by their subs; the app over it.

    The app takes the caller from the ASGI scope key `routes.USER` and knows nothing of tokens.
    """
    items = Items(world.aws, place.region, place.table)
    world.keep(items)
    store = Store(items)
    plant(store, user_a, user_b, world.clock.now())
    service = GoalService(store, world.clock.now)
    world.apps[NAME] = service
    trail = Trail(world, place.functions)
    return Routes(service, trail, world.clock, place.environment, place.region).app


def bend(world: World, **changes: Any) -> None:
    """Let the service go by other `Rules` until the faults are lifted."""
    service: GoalService = world.apps[NAME]
    sound = service.rules
    service.rules = replace(sound, **changes)
    world.at_lift(lambda: setattr(service, "rules", sound))
