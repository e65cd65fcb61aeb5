"""What came of a drill? It changes the system on purpose, and puts everything back."""

from __future__ import annotations

from dataclasses import dataclass

from checks.ai_lifestyle import health, journey
from checks.ai_lifestyle.answers import Said
from checks.ai_lifestyle.journey import Journey
from fixtures.probes.tables import MISSING, Table

MOST_DIFFERENT = 0.01


@dataclass(frozen=True)
class Smoke:
    """How well the app was at a stage of a drill: what it said of itself, and one goal's whole chain."""

    when: str
    health: Said
    journey: Journey

    def complaints(self, max_skew_s: float) -> list[str]:
        """What was not well."""
        found = [*health.complaints(self.health, max_skew_s), *journey.complaints(self.journey)]
        return [f"{self.when}: {one}" for one in found]


@dataclass(frozen=True)
class Rollback:
    """A function's alias led back to the version before and forward again; `ended` is where it leads now."""

    function: str
    live: str
    previous: str
    ended: str
    smokes: tuple[Smoke, ...]

    def complaints(self, max_skew_s: float) -> list[str]:
        """What was not well on either version, and that the alias is not back."""
        found = [complaint for smoke in self.smokes for complaint in smoke.complaints(max_skew_s)]
        is_back = self.ended == self.live
        return found if is_back else [*found, f"{self.function}: leads to {self.ended}, not to {self.live}"]


@dataclass(frozen=True)
class Restoration:
    """A table restored under another name, seen beside the original, and removed; the copy was ACTIVE after
    so many seconds, None if not in time."""

    original: Table
    copy: Table
    active_after_s: float | None
    original_items: int
    copied_items: int
    is_removed: bool

    @property
    def complaints(self) -> list[str]:
        """What the copy lacks, and that it is still there."""
        if self.active_after_s is None or self.copy.status == MISSING:
            return [f"{self.copy.name}: not ACTIVE in time, but {self.copy.status}", *self._remains]
        different = abs(self.copied_items - self.original_items)
        there = {index.name: index for index in self.copy.indexes}
        is_right = {
            f"is keyed by {self.copy.keys}": self.copy.keys == self.original.keys,
            f"is encrypted: {self.copy.encryption}": self.copy.encryption == self.original.encryption,
            f"has {self.copied_items} items, not {self.original_items}": different
            <= MOST_DIFFERENT * self.original_items,
        }
        wrong = [complaint for complaint, is_so in is_right.items() if not is_so]
        wrong += [f"lacks {one}" for one in self.original.indexes if there.get(one.name) != one]
        return [*(f"{self.copy.name}: {one}" for one in wrong), *self._remains]

    @property
    def _remains(self) -> list[str]:
        return [] if self.is_removed else [f"{self.copy.name}: is still there"]
