"""Which looks does a fault leave as they were? Those are remembered from a healthy run, not made again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import pytest

from fixtures.causes import Unseen
from fixtures.observations import observer_key
from fixtures.replay import memory_key
from fixtures.selection import binding_key
from fixtures.sightings import Memory, Sighting
from fixtures.twins.watched import EVERYTHING

ANYWHERE = "web"
"""Behind looks that find their own way to an address, as sockets do."""


class Healthy:
    """A plugin that keeps what a run saw, and by look what stands behind it, directly or not: AWS
    services and paths on the web."""

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
    asked = set(sighting.asked)
    if "endpoints" in sighting.needs and sighting.look.name != "web":
        asked.add(ANYWHERE)
    return frozenset(asked).union(*(_behind(need) for need in sighting.needs.values()))


class Remembering:
    """A plugin that has a run judge only what looks at anything changed, and remember the other looks."""

    def __init__(self, healthy: Healthy, changes: Iterable[str]) -> None:
        self._healthy = healthy
        self._services = {one for one in changes if not one.startswith("web:")}
        self._paths = tuple(one for one in changes if one.startswith("web:"))

    def pytest_configure(self, config: pytest.Config) -> None:
        """Give the observer its memory, unless anything may have changed."""
        if EVERYTHING not in self._services:
            config.stash[memory_key] = Memory(self._recall, self._knows)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out the checks that would judge nothing but what is remembered: they pass as they did."""
        if EVERYTHING not in self._services:
            left_out = [item for item in items if self._is_known(item)]
            items[:] = [item for item in items if item not in left_out]
            config.hook.pytest_deselected(items=left_out)

    def _is_known(self, item: pytest.Item) -> bool:
        names = getattr(item, "fixturenames", ())
        keys = [(item.stash[binding_key].target.id, name) for name in names]
        seen = [key for key in keys if key in self._healthy.behind]
        return bool(seen) and all(self._knows(key) for key in seen)

    def _knows(self, key: Hashable) -> bool:
        behind = self._healthy.behind.get(key)
        return behind is not None and not any(self._has_changed(one) for one in behind)

    def _has_changed(self, asked: str) -> bool:
        return (
            asked in self._services
            or asked.startswith(self._paths)
            or (asked == ANYWHERE and bool(self._paths))
        )

    def _recall(self, sighting: Sighting) -> tuple[Any, Unseen | None]:
        return self._healthy.seen[sighting.key]
