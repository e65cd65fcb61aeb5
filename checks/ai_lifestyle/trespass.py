"""What can they do who should not: another user with somebody's goal, and a user who was shut out?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trespass:
    """One try to reach another user's goal: whether the answer showed the goal, or the try changed it."""

    way: str
    status: int
    expected: int
    shows: bool = False
    changed: bool = False

    @property
    def is_kept_out(self) -> bool:
        """Whether it was as if there were no such goal."""
        return self.status == self.expected and not self.shows and not self.changed

    def __str__(self) -> str:
        effects = [word for word, is_so in (("shown", self.shows), ("changed", self.changed)) if is_so]
        effect = f", the goal was {' and '.join(effects)}" if effects else ""
        return f"{self.way}: HTTP {self.status}{effect}"


@dataclass(frozen=True)
class Step:
    """One step of a drill: what was answered, and what may be."""

    name: str
    status: int
    expected: tuple[int, ...]

    @property
    def is_right(self) -> bool:
        """Whether it was answered as it may be."""
        return self.status in self.expected

    def __str__(self) -> str:
        return f"{self.name}: HTTP {self.status}, expected {' or '.join(map(str, self.expected))}"
