"""Does progress obey its laws, whatever was logged? Complaints about trials that it does not (5.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import fsum, isclose
from typing import Any

from checks.ai_lifestyle.answers import number, objects
from checks.ai_lifestyle.numbers import Counted
from checks.ai_lifestyle.trials import Draw, Trial, retold

DERIVED = frozenset({"trend", "projectedCompletion", "lastActivityDate"})
PERCENTAGES = ("percentComplete", "successRate", "consistency")
EXACTLY, ALMOST = 1e-9, 1e-6
Block = Mapping[str, Any]


def broken(trial: Trial) -> list[str]:
    """The laws that a trial breaks, and how."""
    return [f"{trial.name}: {complaint}" for complaint in (*_general(trial), *_particular(trial))]


def numbers(block: Block) -> dict[str, Any]:
    """What is counted of progress: the rest is derived from it."""
    return {name: told for name, told in block.items() if name not in DERIVED}


def _general(trial: Trial) -> Iterator[str]:
    counted, drawn = trial.counted, trial.draw
    first, more = counted["first"], counted["more"]
    yield from _unlike("retold in another order", counted["retold"], first)
    yield from _unlike("with activities that do not count", counted["with_others"], first)
    many = len(drawn.logs) + len(drawn.others)
    due = {"first": len(drawn.logs), "with_others": many, "more": many + 1, "retold": len(retold(drawn))}
    for way, count in due.items():
        if (told := number(counted[way].statistics, "totalActivities")) != count:
            yield f"{way}: {count} activities were logged, {told} are counted"
    if counted["archived"] != more:
        yield "archiving changed its progress"
    one, two = ({**said.body, "updatedAt": ""} for said in trial.updates)
    if one != two or not trial.updates[0].is_any([200]):
        yield f"the same update twice: {trial.updates[0]}, {trial.updates[1]}"
    if "scaled" in counted and not _is_close(counted["scaled"].progress, first.progress, "percentComplete"):
        percents = [one.progress.get("percentComplete") for one in (first, counted["scaled"])]
        yield f"{percents[0]} % is {percents[1]} % in another unit"
    for way, block in counted.items():
        for name in PERCENTAGES:
            if not 0 <= (value := number(block.statistics | block.progress, name) or 0) <= 100:
                yield f"{way}: {name} is {value}"


def _particular(trial: Trial) -> list[str]:
    by_pattern: Mapping[str, Callable[[Draw, Block, Block], dict[str, bool]]] = {
        "recurring": _recurring,
        "limit": _limit,
        "milestone": _milestone,
        "target": _target,
        "streak": _streak,
    }
    first, more = (trial.counted[way].progress for way in ("first", "more"))
    kept = by_pattern[trial.draw.pattern](trial.draw, first, more)
    return [complaint for complaint, is_so in kept.items() if not is_so]


def _recurring(drawn: Draw, first: Block, more: Block) -> dict[str, bool]:
    total = fsum(log.value for log in drawn.logs)
    return {
        "one more log lowered the success rate": _of(more, "successRate") >= _of(first, "successRate"),
        f"the history adds up to {_sum(first)}, logged were {total}": isclose(_sum(first), total),
    }


def _limit(drawn: Draw, first: Block, more: Block) -> dict[str, bool]:
    count, over = len(objects(first, "periodHistory")) or 31, _of(first, "daysOverLimit")
    total = fsum(log.value for log in drawn.logs)
    return {
        "one more log raised the percentage": _of(more, "percentComplete") <= _of(first, "percentComplete"),
        f"{over} of {count} days over it are not {first.get('percentComplete')} %": isclose(
            _of(first, "percentComplete"), 100 * (count - over) / count, rel_tol=ALMOST
        ),
        f"the average of {count} days is {first.get('averageValue')}, logged were {total}": isclose(
            _of(first, "averageValue") * count, total, rel_tol=ALMOST
        ),
    }


def _milestone(drawn: Draw, first: Block, more: Block) -> dict[str, bool]:
    before, after = _of(first, "totalAccumulated"), _of(more, "totalAccumulated")
    rest = _of(first, "remainingToGoal")
    return {
        f"one more log of {drawn.more.value} made {after} of {before}": isclose(
            after, before + drawn.more.value
        ),
        "one more log lowered the percentage": _of(more, "percentComplete") >= _of(first, "percentComplete"),
        f"{before} and {rest} remaining are not {drawn.value}": before > drawn.value
        or isclose(before + rest, drawn.value, rel_tol=ALMOST),
    }


def _target(drawn: Draw, first: Block, more: Block) -> dict[str, bool]:
    newest = min(log.ago for log in drawn.logs)
    is_older = drawn.more.ago > newest
    same = first.get("percentComplete") == more.get("percentComplete")
    return {"an older reading changed the percentage": same or not is_older}


def _streak(drawn: Draw, first: Block, more: Block) -> dict[str, bool]:
    days = {log.ago for log in drawn.logs}
    current, longest = (_of(first, name) for name in ("currentStreak", "longestStreak"))
    grown = current + (0 not in days)
    return {
        f"a current streak of {current} is longer than any": longest >= current,
        f"a current streak of {current} on {len(days)} days": 0 <= current <= len(days),
        "one more day shortened the longest streak": _of(more, "longestStreak") >= longest,
        f"a streak of {current} is {more.get('currentStreak')} with today": more.get("currentStreak")
        == grown,
    }


def _unlike(what: str, one: Counted, other: Counted) -> list[str]:
    here, there = numbers(one.progress), numbers(other.progress)
    differing = [name for name in here | there if not _is_close(here, there, name)]
    told = [f"{name} {there.get(name)} is {here.get(name)}" for name in differing[:3]]
    return [f"{what}, {'; '.join(told)}"[:200]] if differing else []


def _is_close(block: Block, other: Block, name: str) -> bool:
    one, two = number(block, name), number(other, name)
    if one is None or two is None:
        return bool(block.get(name) == other.get(name))
    return isclose(one, two, rel_tol=ALMOST, abs_tol=EXACTLY)


def _of(block: Block, name: str) -> float:
    """A number; not a number where there is none, so that no law holds of it."""
    told = number(block, name)
    return float("nan") if told is None else told


def _sum(block: Block) -> float:
    return fsum(number(entry, "value") or 0 for entry in objects(block, "periodHistory"))
