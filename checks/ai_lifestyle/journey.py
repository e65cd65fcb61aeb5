"""What becomes of one goal from its beginning to its end? The whole chain, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.ai_lifestyle.answers import Said, inner, number, objects, text
from checks.ai_lifestyle.diary import GOALS, LONGEST_PAGE, Diary, goal_id_of
from checks.ai_lifestyle.samples import READINGS, a_goal, a_log

FUNCTIONS = {
    "create": "create_goal",
    "get": "get_goal",
    "list": "list_goals",
    "update": "update_goal",
    "get again": "get_goal",
    "log": "log_activity",
    "list activities": "list_activities",
    "progress": "get_progress",
    "archive": "archive_goal",
    "list afterwards": "list_goals",
    "get at the end": "get_goal",
}
"""Every step, in order, and the function behind it."""
CREATED = ("create", "log")
NOTE = "walked more than planned"


@dataclass(frozen=True)
class Journey:
    """What was said at each step; a chain ends early when no goal came of it. Of lists only what is about the
    goal is kept. `left` are goals that could not be put away."""

    pattern: str
    goal_id: str
    titles: tuple[str, str]
    steps: dict[str, Said]
    left: tuple[str, ...]


def travel(diary: Diary, pattern: str) -> Journey:
    """Make the whole journey with a goal of a pattern; it is put away at the end, whatever happens."""
    titles = diary.title(pattern), diary.title(f"{pattern}-renamed")
    steps: dict[str, Said] = {}
    with diary.places.take():
        goal_id = ""
        try:
            steps["create"] = diary.begin(a_goal(pattern, titles[0], diary.today()))
            goal_id = goal_id_of(steps["create"])
            if goal_id:
                for name, said in _walk(diary, pattern, goal_id, titles[1]):
                    steps[name] = said
        finally:
            if diary.left([goal_id]):
                diary.archive(goal_id)
    return Journey(pattern, goal_id, titles, steps, diary.left([goal_id]))


def complaints(journey: Journey) -> list[str]:
    """What is wrong with a journey: the first step that failed names its function."""
    failed = [
        f"{journey.pattern}: {name} ({FUNCTIONS[name]}): {said}"
        for name, said in journey.steps.items()
        if not said.is_any([201 if name in CREATED else 200])
    ]
    missing = [name for name in FUNCTIONS if name not in journey.steps]
    not_reached = (
        [f"{journey.pattern}: {missing[0]} ({FUNCTIONS[missing[0]]}) was not reached"] if missing else []
    )
    wrong = [] if failed or missing else [f"{journey.pattern}: {one}" for one in _wrong(journey)]
    left = [f"{journey.pattern}: goal {one} was not archived" for one in journey.left]
    return [*failed, *not_reached, *wrong, *left]


def _walk(diary: Diary, pattern: str, goal_id: str, renamed: str) -> Iterator[tuple[str, Said]]:
    path = f"{GOALS}/{goal_id}"
    newest = {"sort": "created_desc", "limit": LONGEST_PAGE}

    def listed() -> Said:
        return diary.get(GOALS, **newest)

    yield "get", diary.get(path)
    yield "list", only(diary.until(listed, lambda said: is_listed(said, goal_id)), goal_id)
    yield "update", diary.ask("PUT", path, {"title": renamed, "description": NOTE})
    yield "get again", diary.get(path)
    yield "log", diary.ask("POST", f"{path}/activities", a_log(READINGS[pattern], diary.today()))
    yield "list activities", diary.until(lambda: diary.get(f"{path}/activities"), _has_any)
    yield "progress", diary.get(f"{path}/progress")
    yield "archive", diary.archive(goal_id)
    yield "list afterwards", only(diary.until(listed, lambda said: not is_listed(said, goal_id)), goal_id)
    yield "get at the end", diary.get(path)


def is_listed(said: Said, goal_id: str) -> bool:
    """Whether a list has a goal."""
    return goal_id in [text(goal, "goalId") for goal in objects(said.body, "goals")]


def only(said: Said, goal_id: str) -> Said:
    """The answer without what it tells of other goals."""
    mine = [goal for goal in objects(said.body, "goals") if text(goal, "goalId") == goal_id]
    body = said.body | {"goals": mine} if isinstance(said.body.get("goals"), list) else said.body
    return Said(said.asked, said.status, said.seconds, said.at, body, said.headers)


def _has_any(said: Said) -> bool:
    return bool(objects(said.body, "activities"))


def _wrong(journey: Journey) -> list[str]:
    """What a chain of good answers says that cannot be."""
    body = {name: said.body for name, said in journey.steps.items()}
    first, renamed = journey.titles
    statistics, block = inner(body["progress"], "statistics"), inner(body["progress"], "progress")
    logged, found = text(body["log"], "activityId"), objects(body["list activities"], "activities")
    percent = number(block, "percentComplete")
    kept = (text(body["get again"], "title"), text(body["get again"], "description"))
    is_right = {
        "get: another title than was created": text(body["get"], "title") == first,
        "list: the goal is not in it": is_listed(journey.steps["list"], journey.goal_id),
        "update: another title than was asked for": text(body["update"], "title") == renamed,
        f"get again: the update was not stored, the goal says {kept[0]!r}": kept == (renamed, NOTE),
        "list activities: not the one activity that was logged": logged
        and [text(one, "activityId") for one in found] == [logged],
        "progress: not one activity": number(statistics, "totalActivities") == 1,
        "progress: no percentage": percent is not None and 0 <= percent <= 100,
        "list afterwards: the goal is still in it": not is_listed(
            journey.steps["list afterwards"], journey.goal_id
        ),
        "get at the end: not archived": text(body["get at the end"], "status") == "archived",
    }
    return [complaint for complaint, is_so in is_right.items() if not is_so]
