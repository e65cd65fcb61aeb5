"""Which checks does a fault concern? Those that look at anything which it may have changed."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Hashable, Iterable
from urllib.parse import urlsplit

import pytest

from fixtures.observations import observer_key
from fixtures.selection import binding_key
from fixtures.sightings import Sighting
from fixtures.twins.watched import EVERYTHING


class Healthy:
    """A plugin that keeps what stands `behind` each look of a run, directly or not: operations of AWS and
    requests on the web."""

    def __init__(self) -> None:
        self.behind: dict[Hashable, frozenset[str]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Keep it for everything that was looked at."""
        for key, sighting in session.config.stash[observer_key].sightings.items():
            if not sighting.look.is_instrument:
                self.behind[key] = _behind(sighting)


def _behind(sighting: Sighting) -> frozenset[str]:
    asked = set(sighting.asked)
    if "endpoints" in sighting.needs and sighting.look.name != "web":
        # It finds its own way to an address, as sockets do.
        asked |= {f"web:GET {urlsplit(url).path}" for url in sighting.needs["endpoints"].value.values()}
    return frozenset(asked).union(*(_behind(need) for need in sighting.needs.values()))


class Concerned:
    """A plugin that has a run judge only the checks that look at anything changed, each with all its looks.

    The others pass as they did when the twin was healthy. None of a check's looks could be remembered from
    then: it may hold one against another.
    """

    def __init__(self, healthy: Healthy, changes: Iterable[str]) -> None:
        self._healthy = healthy
        self._changes = set(changes)
        self._changed = re.compile("|".join(map(fnmatch.translate, self._changes)))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        left_out = [item for item in items if not self._is_concerned(item)]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)

    def _is_concerned(self, item: pytest.Item) -> bool:
        names = getattr(item, "fixturenames", ())
        looks = [(item.stash[binding_key].target.id, name) for name in names]
        known = [look for look in looks if look in self._healthy.behind]
        return not known or any(self.may_have_changed(look) for look in known)

    def may_have_changed(self, look: Hashable) -> bool:
        """Whether a look might see something else than it saw of the healthy twin."""
        behind = self._healthy.behind.get(look)
        return behind is None or EVERYTHING in self._changes or any(map(self._changed.match, behind))
