"""How are all agreed examples tried with few goals? Those of one goal that begin alike share it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from checks.ai_lifestyle.vectors import Logged, Vector


@dataclass
class Chain:
    """A goal, everything that is logged for it in this order, and the examples that hold after so many."""

    pattern: str
    goal: Mapping[str, Any]
    logs: tuple[Logged, ...]
    stops: dict[int, list[Vector]] = field(default_factory=dict)

    def takes(self, vector: Vector) -> bool:
        """Whether an example is of the same goal and its logs come first here."""
        is_same = (self.pattern, _key(self.goal)) == (vector.pattern, _key(vector.goal))
        return is_same and self.logs[: len(vector.logs)] == vector.logs

    def add(self, vector: Vector) -> None:
        """Have an example tried on the way."""
        self.stops.setdefault(len(vector.logs), []).append(vector)


def chains(vectors: Iterable[Vector]) -> list[Chain]:
    """All examples on as few chains as will do, the longest ones first."""
    found: list[Chain] = []
    for vector in sorted(vectors, key=lambda one: -len(one.logs)):
        chain = next((one for one in found if one.takes(vector)), None)
        if chain is None:
            chain = Chain(vector.pattern, vector.goal, vector.logs)
            found.append(chain)
        chain.add(vector)
    return found


def _key(goal: Mapping[str, Any]) -> str:
    return json.dumps(goal, sort_keys=True)
