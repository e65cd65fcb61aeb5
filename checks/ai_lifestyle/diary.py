"""How do we use the app? As one synthetic user, who puts away whatever he began."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from checks.ai_lifestyle.answers import Said, objects, text
from checks.ai_lifestyle.people import User
from fixtures.causes import CouldNotLookError
from fixtures.creations import Creation
from fixtures.probes.http import Ask
from fixtures.targets import Target
from fixtures.web import Web
from reports.results import Cause

API = "api"
JSON = {"Content-Type": "application/json"}
MOST_AT_ONCE = 9
"""Active goals of ours at a time: below ten."""
BACK_OFF = (1, 2, 4)
"""Sixtieths of the time that a write may take to show: seconds where that is a minute."""
GOALS, LONGEST_PAGE = "/goals", "100"
GOALS_TITLED = "goals titled"
"""The kind of creation that all goals of a user and a run are; its id is how their titles begin."""


class Places:
    """How many goals of ours may be active at a time: who begins one waits until there is a place."""

    def __init__(self, places: int = MOST_AT_ONCE) -> None:
        self._free = places
        self._changed = threading.Condition()

    @contextmanager
    def take(self, count: int = 1) -> Iterator[None]:
        """Have so many places, all at once: nobody waits for a second one with a first one in his hands."""
        with self._changed:
            self._changed.wait_for(lambda: self._free >= count)
            self._free -= count
        try:
            yield
        finally:
            with self._changed:
                self._free += count
                self._changed.notify_all()


class Diary:
    """The goal API in the hands of one user. `run` is in the title of every goal that he begins, which takes
    one of the `places`; `note` is what tells an activity of this run from others."""

    def __init__(self, web: Web, user: User, target: Target, clock_offset_s: float, run: str) -> None:
        self.user = user
        self.places = Places()
        self._run = run
        self._web = web
        self._target = target
        self._offset = timedelta(seconds=clock_offset_s)
        self._open: set[str] = set()
        self._uncertain = 0
        self._noting = threading.Lock()
        self._goals = Creation(target.id, GOALS_TITLED, self.title(""), user.name)
        self.began = self.now()
        self.note = f"by gonogo, run {run}"

    @property
    def patience_s(self) -> float:
        """How long a write may take to show everywhere."""
        return float(self._target.settings.settling_s)

    def now(self) -> datetime:
        """What AWS's clock says."""
        return datetime.now(UTC) + self._offset

    def today(self) -> date:
        """The UTC day."""
        return self.now().date()

    def days_ago(self, count: int) -> date:
        """The UTC day so many days before today."""
        return self.today() - timedelta(days=count)

    def title(self, label: str) -> str:
        """A title that no other goal has."""
        return f"gonogo-{self._run}-{label}"

    def is_ours(self, title: str) -> bool:
        """Whether a goal of that title was begun in this run."""
        return title.startswith(f"gonogo-{self._run}-")

    def ask(self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None) -> Said:
        """What the API says to a request; one that is throttled is made again, three times at most.

        Raises:
            CouldNotLookError: throttled, to the last.
        """
        headers = self.user.headers | (JSON if method in ("POST", "PUT") else {})
        ask = Ask(path, dict(query or {}), headers, method, body)
        asked = (
            f"{method} {path}{'?' if query else ''}{'&'.join(f'{k}={v}' for k, v in (query or {}).items())}"
        )
        for pause in (*BACK_OFF, None):
            said = Said.of(asked, self._web.ask(API, ask), self.now())
            if said.status != 429:
                return said
            if pause:
                time.sleep(pause * self.patience_s / 60)
        raise CouldNotLookError(Cause.THROTTLED, f"{asked}: HTTP 429, {len(BACK_OFF) + 1} times")

    def get(self, path: str, **query: str) -> Said:
        """What the API says to a GET."""
        return self.ask("GET", path, query=query)

    def begin(self, body: Any) -> Said:
        """Have a goal made; before it can be there, the run has noted that it may be."""
        with self._noting:
            if not (self._open or self._uncertain):
                self._target.run.creations.created(self._goals)
            self._uncertain += 1
        said = self.ask("POST", GOALS, body)
        goal_id, is_made = goal_id_of(said), 200 <= said.status < 300
        with self._noting:
            if is_made and goal_id:
                self._open.add(goal_id)
            if goal_id or not (is_made or said.status >= 500):
                self._uncertain -= 1
            self._note_if_none()
        return said

    def archive(self, goal_id: str) -> Said:
        """Put a goal away."""
        said = self.ask("DELETE", f"{GOALS}/{goal_id}")
        with self._noting:
            if 200 <= said.status < 300 and goal_id in self._open:
                self._open.remove(goal_id)
                self._note_if_none()
        return said

    def _note_if_none(self) -> None:
        if not (self._open or self._uncertain):
            self._target.run.creations.removed(self._goals)

    def left(self, ids: Collection[str]) -> tuple[str, ...]:
        """Which of these goals were begun and not put away."""
        return tuple(goal_id for goal_id in ids if goal_id in self._open)

    @contextmanager
    def goal(self, body: Any) -> Iterator[str]:
        """A goal by its id, put away at the end.

        Raises:
            CouldNotLookError: unreachable, when none could be made.
        """
        said = self.begin(body)
        goal_id = goal_id_of(said)
        if said.status != 201 or not goal_id:
            raise CouldNotLookError(
                Cause.UNREACHABLE,
                f"user {self.user.name} could make no goal: {said}",
                "look at LIFE-38 first",
            )
        try:
            yield goal_id
        finally:
            if self.left([goal_id]):
                self.archive(goal_id)

    def pages(self, path: str, name: str, **query: str) -> list[dict[str, Any]]:
        """Everything under `name` of all pages of a list.

        Raises:
            CouldNotLookError: no data, when a page is not told.
        """
        found: list[dict[str, Any]] = []
        number = pages = 1
        while number <= pages:
            said = self.get(path, **query, page=str(number))
            if not said.is_any([200]):
                raise CouldNotLookError(Cause.NO_DATA, f"{said}", "look at LIFE-38 first")
            found += objects(said.body, name)
            told = said.body.get("pagination")
            pages = int(told.get("pages", 1)) if isinstance(told, dict) else 1
            number += 1
        return found

    def until(self, look: Callable[[], Said], is_so: Callable[[Said], bool]) -> Said:
        """The answer in which something is so, or the last one when its time to show is over."""
        began = time.monotonic()
        said = look()
        while not is_so(said) and time.monotonic() - began < self.patience_s:
            time.sleep(self.patience_s / 5)
            said = look()
        return said


def goal_id_of(said: Said) -> str:
    """The id of the goal that was made, "" if the answer does not tell."""
    return text(said.body, "goalId") or said.headers.get("location", "").rpartition("/")[2]
