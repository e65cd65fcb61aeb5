"""Which questions have no answer, and how is one told so?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from checks.madrid_bus.access import NOTHING_FOUND
from checks.madrid_bus.visits import LATEST

UNKNOWN_IDS = (
    "/people-count/S999",
    "/sensors/bus/B999",
    "/sensors/stop/S999",
    "/bus-position/B999",
    "/bus-position/line/L99",
    "/sensors/bus/S001",
)
ODD_IDS = ("S001'", "S001%", "S 001", "S001é", "S" * 200)
ODD_ROUTES = ("/people-count/", "/sensors/stop/", "/bus-position/", "/bus-position/line/")
ROUTES = ("/people-count/S001", "/sensors/bus/B001", "/bus-position/B001")
LONG_AGO = timedelta(days=60)
SHOWN = 50


@dataclass(frozen=True)
class Question:
    """A question without an answer: the statuses that say so, and words of which the message holds some.

    `words` are ("",) for any message, and () where none is asked for.
    """

    path: str
    query: dict[str, str]
    statuses: tuple[int, ...]
    words: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Refusal:
    """What became of such a question."""

    asked: str
    expected: tuple[int, ...]
    status: int
    message: str
    words: tuple[str, ...] = ("",)

    @property
    def is_right(self) -> bool:
        """Whether it is refused as agreed."""
        return self.status in self.expected and (not self.words or self._is_told)

    @property
    def _is_told(self) -> bool:
        return bool(self.message) and any(words in self.message for words in self.words)

    def __str__(self) -> str:
        asked = self.asked if len(self.asked) <= SHOWN else f"{self.asked[:SHOWN]}…"
        said = repr(self.message[:SHOWN]) if self.message else "without a message"
        wanted = "" if self.status in self.expected else f", not {' or '.join(map(str, self.expected))}"
        return f"{asked}: {self.status} {said}{wanted}"


def about_ids() -> list[Question]:
    """Ids that nothing has, ids of another kind, and ids that are none (BUS-58)."""
    unknown = [Question(path, LATEST, (404,), NOTHING_FOUND) for path in UNKNOWN_IDS]
    odd = [Question(route + quote(id_), LATEST, (400, 404), ()) for route in ODD_ROUTES for id_ in ODD_IDS]
    return unknown + odd


def about_moments(now: datetime) -> list[Question]:
    """Moments outside retention, texts that name none, and routes that want none (BUS-59)."""
    then = (now - LONG_AGO).isoformat(timespec="seconds").replace("+00:00", "Z")
    return [
        *(Question(path, {"timestamp": then}, (404,), NOTHING_FOUND) for path in ROUTES),
        *(Question(path, {"timestamp": "not-a-time"}, (400,)) for path in ROUTES),
        *(Question(path, {}, (400,)) for path in ROUTES),
        Question("/bus-position/line/L1", {"timestamp": then}, (400,)),
        Question("/sensors/tram/B001", LATEST, (400,)),
    ]
