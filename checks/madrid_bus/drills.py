"""What came of a drill? It changes the system on purpose, and puts everything back."""

from __future__ import annotations

from dataclasses import dataclass

from checks.madrid_bus.access import Attempt


@dataclass(frozen=True)
class Restart:
    """One service restarted: after how long it was stable, and how long after that its data were fresh.

    None where that did not happen in time.
    """

    service: str
    stable_after_s: float | None
    fresh_after_s: float | None

    @property
    def complaints(self) -> list[str]:
        """What did not happen in time."""
        if self.stable_after_s is None:
            return [f"{self.service}: not stable in time"]
        return [f"{self.service}: no fresh data in time"] if self.fresh_after_s is None else []


@dataclass(frozen=True)
class Scaling:
    """One service scaled up by a task and back; `wrong` are answers that were not right meanwhile."""

    service: str
    up_after_s: float | None
    down_after_s: float | None
    asked: int
    wrong: tuple[str, ...]

    @property
    def complaints(self) -> list[str]:
        """What did not happen in time, and what went wrong meanwhile."""
        late = [way for way, s in (("up", self.up_after_s), ("down", self.down_after_s)) if s is None]
        return [*(f"{self.service}: not scaled {way} in time" for way in late), *self.wrong]


@dataclass(frozen=True)
class Rotation:
    """A key replaced: who got in at once with the new one, and at the end with the old one."""

    with_new: tuple[Attempt, ...]
    with_old: tuple[Attempt, ...]
    refused_after_s: float
    is_restored: bool

    @property
    def complaints(self) -> list[str]:
        """Where the new key did not open, the old one still did, or the old one is not back."""
        wrong = [attempt for attempt in (*self.with_new, *self.with_old) if not attempt.is_right]
        waited = f"after {self.refused_after_s:.0f} s"
        return [f"{attempt}, {waited}" for attempt in wrong] + (
            [] if self.is_restored else ["the secret does not hold the key it held before"]
        )
