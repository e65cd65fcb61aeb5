"""What do the tests of the simulation look at? Six days of history, and ninety ticks of a second or so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from checks.madrid_bus.twin.simulation import Tick, seed
from fixtures.twins.clock import Clock
from fixtures.twins.timestream import Timestream

NOW = datetime(2026, 3, 29, 9, 15, 4, 321_987, tzinfo=UTC)  # a few hours after Spain changed to summer time
LIVE_TICKS = 90
TABLES = {"people_count": ("stop_id", 51), "sensor_data": ("entity_id", 75), "bus_position": ("bus_id", 24)}
Lived = tuple[Timestream, list[Tick]]


class Stopped(Clock):
    """A clock that stands just after the last live tick."""

    def now(self) -> datetime:
        """That moment."""
        return NOW + timedelta(seconds=LIVE_TICKS)


def live() -> Lived:
    """The store that everything was written to, and the live ticks as they were told."""
    store = Timestream(Stopped())
    simulation = seed(store, NOW, seed=11)
    ticks = [
        simulation.tick(NOW + timedelta(seconds=n, milliseconds=7 * (n % 5))) for n in range(1, LIVE_TICKS)
    ]
    return store, ticks


def rows(store: Timestream, statement: str) -> list[tuple[Any, ...]]:
    """What a statement in Timestream's dialect finds."""
    return store.query(statement).rows
