"""Is what the REST API says about the past true? Moments drawn at random, and the rules of the answers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

MOMENTS = 25
NEAREST_DRAWN_S = 7_200.0
FIXED = (
    timedelta(minutes=5),
    timedelta(minutes=10),
    timedelta(minutes=15),
    timedelta(days=1),
    timedelta(days=4),
)
ZONES = {"Z": UTC, "+00:00": UTC, "+05:30": timezone(timedelta(hours=5, minutes=30))}


@dataclass(frozen=True)
class Subject:
    """Something whose past can be asked about: its route, its table, and the field that is compared."""

    path: str
    table: str
    entity_id: str
    field: str


@dataclass(frozen=True)
class Question:
    """What was, at a moment written in one of the `ZONES`."""

    subject: Subject
    at: datetime
    zone: str = "Z"

    @property
    def timestamp(self) -> str:
        """The moment as it is sent."""
        text = self.at.astimezone(ZONES[self.zone]).isoformat(timespec="milliseconds")
        return text.replace("+00:00", "Z") if self.zone == "Z" else text


@dataclass(frozen=True)
class Past:
    """An answer: the row's own time and value, and the newest row that Timestream has for that moment."""

    path: str
    at: datetime
    zone: str
    status: int
    time: datetime | None
    value: float | None
    stored_time: datetime | None = None
    stored_value: float | None = None

    @property
    def name(self) -> str:
        """What was asked."""
        return f"{self.path} at {self.at:%m-%d %H:%M:%S}"


@dataclass(frozen=True)
class Edge:
    """What the newest row was before and after asking for now and for a moment far ahead."""

    path: str
    before: datetime | None
    now: datetime | None
    ahead: datetime | None
    after: datetime | None

    def __str__(self) -> str:
        times = (self.before, self.now, self.ahead, self.after)
        return f"{self.path}: {' → '.join(f'{at:%H:%M:%S.%f}' if at else 'none' for at in times)}"


@dataclass(frozen=True)
class Transcript:
    """Everything that was asked about the past; `seed` draws the same moments again. `again` are the answers
    when the very time that an answer gave is asked for."""

    seed: int
    answers: tuple[Past, ...]
    again: tuple[Past, ...]
    edges: tuple[Edge, ...]

    @property
    def requests(self) -> int:
        """How many requests it took."""
        return len(self.answers) + len(self.again) + 4 * len(self.edges)


@dataclass(frozen=True)
class Drawn:
    """Subjects, each with how far back to ask as a share of its history; `seed` draws the same again."""

    seed: int
    moments: tuple[tuple[Subject, float], ...]

    def within(self, spans_s: Mapping[str, float]) -> list[tuple[Subject, float]]:
        """How many seconds back to ask about each: never further than its table reaches (`spans_s`), and not
        nearer than two hours, where `FIXED` is."""
        return [
            (one, NEAREST_DRAWN_S + share * (spans_s[one.table] - NEAREST_DRAWN_S))
            for one, share in self.moments
            if spans_s[one.table] > NEAREST_DRAWN_S
        ]


def draw(subjects: Sequence[Subject], at: int) -> Drawn:
    """Subjects and moments, drawn with the seed `at`; the first three subjects as often as all others."""
    drawn: list[tuple[Subject, float]] = []
    subject = st.one_of(st.sampled_from(subjects[:3]), st.sampled_from(subjects))

    # The first example is always the simplest one: it is drawn over.
    @seed(at)
    @settings(
        max_examples=2,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.tuples(subject, st.floats(0, 1)), min_size=MOMENTS, max_size=MOMENTS))
    def collect(moments: list[tuple[Subject, float]]) -> None:
        drawn[:] = moments

    collect()
    return Drawn(at, tuple(drawn))


def resolution(moment: datetime) -> timedelta:
    """How exactly a time was told: to the second when it has no fraction, otherwise to the millisecond."""
    return timedelta(milliseconds=1) if moment.microsecond else timedelta(seconds=1)


def complaints(transcript: Transcript, max_gap_s: float, tick_s: float) -> list[str]:
    """Every breach of the rules of historical reads (BUS-44).

    The row is at or before the moment, at most `max_gap_s` earlier, and the one Timestream has; later moments
    never give earlier rows; zones and repetition change nothing; now is the newest row or the one before.
    """
    return [
        *(complaint for past in transcript.answers for complaint in _about(past, max_gap_s)),
        *(f"{a.name} was later than {b.name}" for a, b in _in_order(transcript.answers) if _is_later(a, b)),
        *(f"{past.name}: asked again, it was {past.time}" for past in transcript.again if not _is_same(past)),
        *(
            f"now and far ahead are not the newest: {edge}"
            for edge in transcript.edges
            if not _holds(edge, tick_s)
        ),
    ]


def _about(past: Past, max_gap_s: float) -> list[str]:
    if past.status != 200 or past.time is None:
        return [f"{past.name}: HTTP {past.status}"]
    earlier_s = (past.at - past.time).total_seconds()
    if earlier_s < 0:
        return [f"{past.name}: {-earlier_s:.0f} s after that moment"]
    if earlier_s > max_gap_s:
        return [f"{past.name}: {earlier_s:.0f} s before that moment"]
    if past.stored_time is None or abs(past.stored_time - past.time) >= resolution(past.time):
        return [f"{past.name}: {past.time}, Timestream's newest is {past.stored_time}"]
    if (
        past.value is None
        or past.stored_value is None
        or not math.isclose(past.value, past.stored_value, abs_tol=1e-6)
    ):
        return [f"{past.name}: {past.value}, Timestream has {past.stored_value}"]
    return []


def _in_order(answers: Sequence[Past]) -> list[tuple[Past, Past]]:
    """Neighbours in time of the same subject; the same moment in two zones both ways round."""
    ordered = sorted(answers, key=lambda past: (past.path, past.at))
    pairs = [(a, b) for a, b in pairwise(ordered) if a.path == b.path]
    return [*pairs, *((b, a) for a, b in pairs if a.at == b.at)]


def _is_later(a: Past, b: Past) -> bool:
    return a.time is not None and b.time is not None and a.time > b.time


def _is_same(past: Past) -> bool:
    return past.time is not None and past.at - resolution(past.time) < past.time <= past.at


def _holds(edge: Edge, tick_s: float) -> bool:
    if edge.before is None or edge.now is None or edge.ahead is None or edge.after is None:
        return False
    return (
        edge.before - timedelta(seconds=tick_s) <= edge.now <= edge.after
        and edge.before <= edge.ahead <= edge.after
    )
