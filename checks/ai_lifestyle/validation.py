"""Which requests must be refused, and with what? The validation table V01 to V22."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from checks.ai_lifestyle.diary import GOALS
from checks.ai_lifestyle.samples import Body, a_goal, a_log

REFUSED_CATEGORY = "gonogo-refused"
BAD, NONSENSE = (400,), (422, 400)
VALIDATION, NOT_FOUND = "VALIDATION_ERROR", "GOAL_NOT_FOUND"
ABSENT = object()
"""Stands for a field that is left out."""


@dataclass(frozen=True)
class Case:
    """A request that must be refused: row and wording, the statuses that will do, and, where one was agreed
    for the first of them, the code and the field that it must name."""

    row: str
    what: str
    method: str
    path: str
    statuses: tuple[int, ...]
    body: Any = None
    query: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    names: str = ""

    @property
    def label(self) -> str:
        """How it is called."""
        return f"{self.row} {self.what}"


class Cases:
    """Every case, given four active goals of ours, by pattern, and titles that nothing else has."""

    def __init__(self, today: date, goals: Mapping[str, str], title: Callable[[str], str]) -> None:
        self._today = today
        self._goals = goals
        self._title = title

    def all(self) -> list[Case]:
        """The whole table, but for its life-cycle rows, which are a story of their own."""
        rows = (self._texts, self._words, self._numbers, self._bodies, self._nonsense, self._updates)
        return [
            *(case for row in rows for case in row()),
            *self._logs(),
            *self._queries(),
            *self._strangers(),
        ]

    def _texts(self) -> Iterator[Case]:
        long = self._title("V01-").ljust(201, "t")
        for what, title in (("no title", ABSENT), ("empty title", ""), ("title of 201", long)):
            yield self._create("V01", what, {"title": title}, code=VALIDATION, names="title")
        for name, value in (
            ("description", "d" * 1001),
            ("category", ABSENT),
            ("category", "c" * 51),
            ("icon", "i" * 51),
            ("color", "red"),
        ):
            what = f"no {name}" if value is ABSENT else f"{name} {_shortly(value)}"
            yield self._create("V02", what, {name: value}, code=VALIDATION)

    def _words(self) -> Iterator[Case]:
        for name in ("goalPattern", "visibility"):
            yield self._create("V03", f"unknown {name}", {name: "gonogo"}, code=VALIDATION)
        for name in ("metric", "direction"):
            yield self._create("V03", f"unknown {name}", {}, {name: "gonogo"}, code=VALIDATION)

    def _numbers(self) -> Iterator[Case]:
        yield self._create("V04", "value -1", {}, {"value": -1}, code=VALIDATION)
        yield self._create("V04", "value abc", {}, {"value": "abc"}, code=VALIDATION)
        yield self._create("V04", "no unit", {}, {"unit": ABSENT}, code=VALIDATION)
        yield self._create("V04", "no target", {"target": ABSENT}, code=VALIDATION)
        for name, within in (
            ("importanceLevel 6", {"context": {"importanceLevel": 6}}),
            ("motivation of 501", {"context": {"motivation": "m" * 501}}),
            ("preferredTimes 25:00", {"schedule": {"preferredTimes": ["25:00"]}}),
            ("daysOfWeek 7", {"schedule": {"daysOfWeek": [7]}}),
            ("allowSkipDays -1", {"schedule": {"allowSkipDays": -1}}),
        ):
            yield self._create("V05", name, within, code=VALIDATION)

    def _bodies(self) -> Iterator[Case]:
        for what, body in (("not JSON", b"{title"), ("empty", b""), ("an array", [])):
            yield Case("V06", f"body {what}", "POST", GOALS, BAD, body)

    def _nonsense(self) -> Iterator[Case]:
        for pattern in ("recurring", "limit", "streak"):
            yield self._create("V07", f"{pattern} without period", {}, {"period": ABSENT}, pattern, NONSENSE)
        for pattern in ("milestone", "target"):
            yield self._create(
                "V07", f"{pattern} without date", {}, {"targetDate": ABSENT}, pattern, NONSENSE
            )
        due, past = (str(self._today + timedelta(days=days)) for days in (30, -1))
        for what, pattern, target in (
            ("target without startValue", "target", {"startValue": ABSENT}),
            ("recurring with targetDate", "recurring", {"targetDate": due}),
            ("milestone with period", "milestone", {"period": "day"}),
        ):
            yield self._create("V08", what, {}, target, pattern, NONSENSE)
        yield self._create("V09", "targetDate yesterday", {}, {"targetDate": past}, "milestone", NONSENSE)
        yield self._create("V09", "streak of 366", {}, {"value": 366}, "streak", NONSENSE)
        again = {"title": self._title("recurring").upper()}
        yield self._create("V10", "title of an active goal", again, statuses=(422, 409))

    def _updates(self) -> Iterator[Case]:
        path = f"{GOALS}/{self._goals['recurring']}"
        for status in ("completed", "archived", "draft"):
            yield Case("V12", f"status {status}", "PUT", path, NONSENSE, {"status": status})
        yield Case("V12", "empty title", "PUT", path, BAD, {"title": ""}, code=VALIDATION)

    def _logs(self) -> Iterator[Case]:
        sound = a_log(1, self._today)
        for what, change in (
            ("no value", {"value": ABSENT}),
            ("no unit", {"unit": ABSENT}),
            ("activityType done", {"activityType": "done"}),
            ("note of 501", {"note": "n" * 501}),
            ("energyLevel 11", {"context": {"energyLevel": 11}}),
        ):
            yield self._log("V15", what, "recurring", change, BAD, code=VALIDATION)
        unit = {"unit": "gonogo"}
        yield self._log("V16", "another unit", "recurring", unit, (422,), code="ACTIVITY_VALIDATION_ERROR")
        yield self._log("V17", "two on a streak", "streak", {"value": 2}, NONSENSE)
        yield self._log("V17", "skipped on a streak", "streak", {"activityType": "skipped"}, (400, 422))
        yield self._log("V18", "-1 on a limit", "limit", {"value": -1}, NONSENSE)
        yield self._log("V18", "0 on a milestone", "milestone", {"value": 0}, NONSENSE)
        yield self._log("V18", "-1 on a milestone", "milestone", {"value": -1}, NONSENSE)
        late = {"activityDate": str(self._today + timedelta(days=800))}
        yield self._log("V20", "after the target date", "milestone", late, NONSENSE)
        yield self._log("V20", "not-a-date", "recurring", sound | {"activityDate": "not-a-date"}, (400, 422))

    def _queries(self) -> Iterator[Case]:
        path = f"{GOALS}/{self._goals['recurring']}"
        for where, query in (
            (GOALS, {"status": "bogus"}),
            (GOALS, {"goalPattern": "bogus"}),
            (f"{path}/activities", {"startDate": "2024-02-02", "endDate": "2024-02-01"}),
            (f"{path}/activities", {"startDate": "x"}),
            (f"{path}/activities", {"activityType": "bogus"}),
            (f"{path}/progress", {"period": "decade"}),
        ):
            what = "&".join(f"{name}={value}" for name, value in query.items())
            yield Case("V21", what, "GET", where, BAD, query=query)

    def _strangers(self) -> Iterator[Case]:
        path = f"{GOALS}/{uuid4()}"
        sound = a_log(1, self._today)
        for method, where, body in (
            ("GET", path, None),
            ("PUT", path, {"description": "gonogo"}),
            ("DELETE", path, None),
            ("POST", f"{path}/activities", sound),
            ("GET", f"{path}/activities", None),
            ("GET", f"{path}/progress", None),
        ):
            what = f"{method} {where.replace(path, 'unknown goal')}"
            yield Case("V22", what, method, where, (404,), body, code=NOT_FOUND)
        yield Case("V22", "GET an id that is none", "GET", f"{GOALS}/gonogo", (404, 400))

    def _create(
        self,
        row: str,
        what: str,
        change: Mapping[str, Any],
        target: Mapping[str, Any] | None = None,
        pattern: str = "recurring",
        statuses: tuple[int, ...] = BAD,
        code: str = "",
        names: str = "",
    ) -> Case:
        sound = a_goal(pattern, self._title(f"{row}-{uuid4().hex[:6]}"), self._today)
        sound["category"] = REFUSED_CATEGORY
        sound["target"] = _changed(sound["target"], target or {})
        body = _changed(sound, change)
        return Case(row, what, "POST", GOALS, statuses, body, code=code, names=names)

    def _log(
        self,
        row: str,
        what: str,
        pattern: str,
        change: Mapping[str, Any],
        statuses: tuple[int, ...],
        code: str = "",
    ) -> Case:
        path = f"{GOALS}/{self._goals[pattern]}/activities"
        return Case(row, what, "POST", path, statuses, _changed(a_log(1, self._today), change), code=code)


def _changed(sound: Body, change: Mapping[str, Any]) -> Body:
    return {name: value for name, value in (sound | dict(change)).items() if value is not ABSENT}


def _shortly(value: Any) -> str:
    return f"of {len(value)}" if len(value) > 10 else str(value)
