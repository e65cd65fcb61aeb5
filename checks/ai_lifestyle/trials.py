"""What is logged when nobody thought it out? Activities drawn at random, told to goals in three ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from checks.ai_lifestyle.answers import Said
from checks.ai_lifestyle.diary import GOALS, Diary
from checks.ai_lifestyle.numbers import Counted, ask, note, same_day
from checks.ai_lifestyle.samples import Body, a_goal, a_log
from checks.ai_lifestyle.vectors import Logged

OLDEST, MOST_LOGS, MOST_OTHERS = 25, 4, 2
SCALES = (0.5, 2, 3)
DAILY = ("recurring", "limit", "streak")
OTHER_TYPES = ("completed", "skipped", "partial")


@dataclass(frozen=True)
class Draw:
    """A goal and what is logged for it: `logs` at first, then `others` that do not count, then one `more`.

    `scale` and `shift` tell the same in another unit, `order` in another order.
    """

    pattern: str
    value: float
    start: float
    logs: tuple[Logged, ...]
    others: tuple[Logged, ...]
    more: Logged
    scale: float
    shift: int
    order: int


@dataclass(frozen=True)
class Trial:
    """What was counted of a draw: at `first`, `with_others`, with one `more`, when `archived`, `retold` in
    another order and in parts, and `scaled`. `updates` are the answers to the same update made twice."""

    seed: int
    draw: Draw
    counted: dict[str, Counted]
    updates: tuple[Said, Said]

    @property
    def name(self) -> str:
        """What was tried, and how it is drawn again."""
        return f"{self.draw.pattern} of seed {self.seed}"


def draw(pattern: str, at: int) -> Draw:
    """A draw for a pattern, always the same for the same seed."""
    drawn: list[Draw] = []

    # The first example is always the simplest one: it is drawn over.
    @seed(at)
    @settings(
        max_examples=2,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(_draws(pattern))
    def collect(one: Draw) -> None:
        drawn[:] = [one]

    collect()
    return drawn[0]


def attempt(diary: Diary, at: int, drawn: Draw) -> Trial:
    """Log what was drawn to three goals of ours, one after the other."""
    today = diary.today()
    counted: dict[str, Counted] = {}
    with diary.places.take(), diary.goal(_goal(diary, drawn, "first")) as goal_id:
        _log(diary, goal_id, drawn.logs)
        counted["first"] = ask(diary, goal_id, "all")
        _log(diary, goal_id, drawn.others)
        counted["with_others"] = ask(diary, goal_id, "all")
        _log(diary, goal_id, [drawn.more])
        counted["more"] = ask(diary, goal_id, "all")
        change = {"description": "told twice"}
        one, two = (diary.ask("PUT", f"{GOALS}/{goal_id}", change) for _ in range(2))
        diary.archive(goal_id)
        counted["archived"] = ask(diary, goal_id, "all")
    counted["retold"] = _told(diary, drawn, "retold", retold(drawn))
    if drawn.pattern != "streak":
        counted["scaled"] = _told(diary, scaled(drawn), "scaled", scaled(drawn).logs)
    same_day(diary, today)
    return Trial(at, drawn, counted, (one, two))


def retold(drawn: Draw) -> list[Logged]:
    """The same logs in another order, the first of them in two parts; on a streak each is told twice."""
    logs = list(drawn.logs)
    if drawn.pattern == "streak":
        logs *= 2
    elif drawn.pattern != "target":
        first = logs.pop(0)
        parts = (first.value - first.value // 2, first.value // 2)
        logs += [Logged(first.ago, part) for part in parts if part]
    Random(drawn.order).shuffle(logs)
    return logs


def scaled(drawn: Draw) -> Draw:
    """The same draw in another unit, whose zero is elsewhere if that matters to nobody."""
    shift = drawn.shift if drawn.pattern == "target" else 0

    def told(value: float) -> float:
        return value * drawn.scale + shift

    logs = tuple(Logged(log.ago, told(log.value), log.type) for log in drawn.logs)
    return Draw(
        drawn.pattern,
        told(drawn.value),
        told(drawn.start),
        logs,
        drawn.others,
        drawn.more,
        drawn.scale,
        shift,
        drawn.order,
    )


def _draws(pattern: str) -> st.SearchStrategy[Draw]:
    agos = st.integers(0, OLDEST)
    values = st.just(1) if pattern == "streak" else st.integers(1, 40)
    logs = st.lists(
        st.builds(Logged, agos, values),
        min_size=1,
        max_size=MOST_LOGS,
        unique_by=(lambda log: log.ago) if pattern == "target" else None,
    ).map(tuple)
    others = st.lists(
        st.builds(Logged, agos, values, st.sampled_from(OTHER_TYPES)), min_size=1, max_size=MOST_OTHERS
    ).map(tuple)
    return st.builds(
        Draw,
        st.just(pattern),
        st.integers(2, 60),
        st.integers(61, 90) if pattern == "target" else st.just(0),
        logs,
        st.just(()) if pattern == "streak" else others,
        st.builds(Logged, st.just(0) if pattern == "streak" else agos, values),
        st.sampled_from(SCALES),
        st.integers(1, 40),
        st.integers(0, 2**16),
    )


def _goal(diary: Diary, drawn: Draw, way: str) -> Body:
    target: Body = {"value": drawn.value}
    target |= {"period": "day"} if drawn.pattern in DAILY else {}
    target |= {"startValue": drawn.start} if drawn.pattern == "target" else {}
    return a_goal(drawn.pattern, diary.title(f"{way}-{drawn.pattern}-{drawn.order}"), diary.today(), target)


def _told(diary: Diary, drawn: Draw, way: str, logs: Sequence[Logged]) -> Counted:
    with diary.places.take(), diary.goal(_goal(diary, drawn, way)) as goal_id:
        _log(diary, goal_id, logs)
        return ask(diary, goal_id, "all")


def _log(diary: Diary, goal_id: str, logs: Sequence[Logged]) -> None:
    for log in logs:
        day = diary.days_ago(log.ago)
        note(diary, goal_id, a_log(log.value, day, log.type))
