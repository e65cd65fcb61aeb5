"""Which looks does a fault leave as they were? Those are remembered from a healthy run, not made again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import pytest

from fixtures.causes import Unseen
from fixtures.observations import observer_key
from fixtures.replay import memory_key
from fixtures.sightings import Memory, Sighting
from fixtures.twins.watched import EVERYTHING


class Healthy:
    """A plugin that keeps what a run saw, and by look which AWS services stand behind it, directly or not."""

    def __init__(self) -> None:
        self.seen: dict[Hashable, tuple[Any, Unseen | None]] = {}
        self.behind: dict[Hashable, frozenset[str]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Keep everything that was looked at."""
        for key, sighting in session.config.stash[observer_key].sightings.items():
            if not sighting.look.is_instrument:
                self.seen[key] = sighting.value, sighting.unseen
                self.behind[key] = _behind(sighting)


def _behind(sighting: Sighting) -> frozenset[str]:
    return frozenset(sighting.asked).union(*(_behind(need) for need in sighting.needs.values()))


class Remembering:
    """A plugin that has a run remember all looks that none of the changed services stands behind."""

    def __init__(self, healthy: Healthy, changes: Iterable[str]) -> None:
        self._healthy = healthy
        self._changes = frozenset(changes)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Give the observer its memory, unless anything may have changed."""
        if EVERYTHING not in self._changes:
            config.stash[memory_key] = Memory(self._recall, self._knows)

    def _knows(self, key: Hashable) -> bool:
        behind = self._healthy.behind.get(key)
        return behind is not None and not behind & self._changes

    def _recall(self, sighting: Sighting) -> tuple[Any, Unseen | None]:
        return self._healthy.seen[sighting.key]
