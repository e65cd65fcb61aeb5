"""How does a goal live: draft, active, paused, and archived for good? And how many may live at a time?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from checks.ai_lifestyle.answers import Said, inner, number, objects, text
from checks.ai_lifestyle.diary import GOALS, LONGEST_PAGE, Diary, goal_id_of
from checks.ai_lifestyle.journey import is_listed, only
from checks.ai_lifestyle.samples import a_goal, a_log
from fixtures.causes import CouldNotLookError
from fixtures.concurrency import each
from reports.results import Cause

QUOTA = 50
AT_ONCE = 8
CLOSED = (422,)
EXPECTED: dict[str, tuple[int, ...]] = {
    "create as draft": (201,),
    "log on draft": CLOSED,
    "activate": (200,),
    "pause": (200,),
    "log on paused": (201,),
    "resume": (200,),
    "change the pattern": (200, 400, 409, 422),
    "get": (200,),
    "progress before": (200,),
    "archive": (200,),
    "archive again": (200,),
    "get archived": (200,),
    "update archived": CLOSED,
    "log on archived": CLOSED,
    "activities of archived": (200,),
    "progress of archived": (200,),
    "list": (200,),
    "list archived": (200,),
    "create by the same title": (201,),
}
"""By step, in order: what may be answered."""


@dataclass(frozen=True)
class Life:
    """What was said at each step of a goal's life; of lists only what is about the goal is kept."""

    goal_id: str
    steps: dict[str, Said]


@dataclass(frozen=True)
class Quota:
    """How many goals were active when one more was refused, and what was said: to it, and, when one of the
    others was archived, to the next. An environment where that is not to be tried has a `why_not`."""

    active: int = 0
    refused: Said | None = None
    freed: Said | None = None
    why_not: str = ""


def live(diary: Diary) -> Life:
    """Lead a goal through its life; it and its namesake are put away."""
    steps: dict[str, Said] = {}
    with diary.places.take(2):
        body = a_goal("recurring", diary.title("life"), diary.today()) | {"status": "draft"}
        steps["create as draft"] = diary.begin(body)
        goal_id = goal_id_of(steps["create as draft"])
        namesake = ""
        try:
            for name, said in _steps(diary, goal_id) if goal_id else ():
                steps[name] = said
            if goal_id:
                again = steps["create by the same title"] = diary.begin(body | {"status": "active"})
                namesake = goal_id_of(again)
        finally:
            for one in diary.left([goal_id, namesake]):
                diary.archive(one)
    return Life(goal_id, steps)


def complaints(life: Life) -> list[str]:
    """What breaks the rules of a goal's life."""
    steps = life.steps
    refused = [f"{name}: {said}" for name, said in steps.items() if not said.is_any(EXPECTED[name])]
    missing = [f"{name}: was not reached" for name in EXPECTED if name not in steps][:1]
    if refused or missing:
        return [*refused, *missing]
    before, after = (inner(steps[f"progress {when}"].body, "progress") for when in ("before", "of archived"))
    is_right = {
        "create as draft: is no draft": text(steps["create as draft"].body, "status") == "draft",
        "pause: is not paused": text(steps["pause"].body, "status") == "paused",
        "resume: is not active": text(steps["resume"].body, "status") == "active",
        "change the pattern: it is another now": text(steps["get"].body, "goalPattern") == "recurring",
        "get archived: is not archived": text(steps["get archived"].body, "status") == "archived",
        "activities of archived: not the one": len(
            objects(steps["activities of archived"].body, "activities")
        )
        == 1,
        "progress of archived: it changed": before == after and bool(before),
        "list: the archived goal is in it": not is_listed(steps["list"], life.goal_id),
        "list archived: the goal is not in it": is_listed(steps["list archived"], life.goal_id),
    }
    return [complaint for complaint, is_so in is_right.items() if not is_so]


def about_quota(quota: Quota) -> list[str]:
    """What is wrong with how many goals may be active."""
    if quota.refused is None or quota.freed is None:
        return ["it was not tried"]
    details = inner(quota.refused.body, "details")
    told = number(details, "current_count"), number(details, "max_allowed")
    is_right = {
        f"{quota.active + 1} goals: {quota.refused}": quota.refused.is_any([422])
        and quota.refused.code == "GOAL_QUOTA_EXCEEDED",
        f"{quota.active + 1} goals: details {details}": told == (QUOTA, QUOTA),
        f"one archived, one more: {quota.freed}": quota.freed.is_any([201]),
    }
    return [complaint for complaint, is_so in is_right.items() if not is_so]


def fill(diary: Diary) -> Quota:
    """Begin goals until as many are active as may be, and one more; all are put away.

    Raises:
        CouldNotLookError: unreachable, when not so many could be begun.
    """
    page = diary.get(GOALS, status="active", limit="1").body
    active = int(number(inner(page, "pagination"), "total") or 0)
    ids: list[str] = []

    def begin(place: int) -> Said:
        said = diary.begin(a_goal("milestone", diary.title(f"quota-{place}"), diary.today()))
        if goal_id := goal_id_of(said):
            ids.append(goal_id)
        return said

    try:
        begun = each(begin, range(active, QUOTA), AT_ONCE)
        if refused := [said for said in begun if not said.is_any([201])]:
            raise CouldNotLookError(
                Cause.UNREACHABLE, f"no {QUOTA} goals: {refused[0]}", "look at LIFE-38 first"
            )
        one_more = begin(QUOTA)
        diary.archive(ids[0])
        freed = begin(QUOTA + 1)
    finally:
        each(diary.archive, diary.left(ids), AT_ONCE)
    return Quota(QUOTA, one_more, freed)


def _steps(diary: Diary, goal_id: str) -> Iterator[tuple[str, Said]]:
    path, log = f"{GOALS}/{goal_id}", a_log(12, diary.today())
    activities = f"{path}/activities"
    listed = partial(diary.get, GOALS, sort="updated_desc", limit=LONGEST_PAGE)

    def put(**changes: str) -> Said:
        return diary.ask("PUT", path, changes)

    yield "log on draft", diary.ask("POST", activities, log)
    yield "activate", put(status="active")
    yield "pause", put(status="paused")
    yield "log on paused", diary.ask("POST", activities, log)
    yield "resume", put(status="active")
    yield "change the pattern", put(goalPattern="streak")
    yield "get", diary.get(path)
    yield "progress before", diary.get(f"{path}/progress")
    yield "archive", diary.archive(goal_id)
    yield "archive again", diary.archive(goal_id)
    yield "get archived", diary.get(path)
    yield "update archived", put(description="gonogo")
    yield "log on archived", diary.ask("POST", activities, log)
    yield "activities of archived", diary.get(activities)
    yield "progress of archived", diary.get(f"{path}/progress")
    yield "list", only(diary.until(listed, lambda said: not is_listed(said, goal_id)), goal_id)
    over = partial(listed, status="archived")
    yield "list archived", only(diary.until(over, lambda said: is_listed(said, goal_id)), goal_id)
