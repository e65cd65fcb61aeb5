"""Is refused what must be, and does nothing come of it?"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from checks.ai_lifestyle.answers import Said, objects, text
from checks.ai_lifestyle.diary import GOALS, LONGEST_PAGE, Diary
from checks.ai_lifestyle.samples import a_goal
from checks.ai_lifestyle.validation import REFUSED_CATEGORY, Case, Cases
from fixtures.concurrency import each

BASES = ("recurring", "streak", "limit", "milestone")
AT_ONCE = 8


@dataclass(frozen=True)
class Refusal:
    """What was said to a request that must be refused; see `Case` for what was agreed."""

    label: str
    statuses: tuple[int, ...]
    code: str
    names: str
    said: Said

    @property
    def complaint(self) -> str:
        """What is wrong with it, "" if nothing is."""
        said = self.said
        if said.status not in self.statuses:
            return f"{self.label}: {said}, not {' or '.join(map(str, self.statuses))}"
        if self.code and said.status == self.statuses[0] and said.code != self.code:
            return f"{self.label}: {said}, not {self.code}"
        is_named = not self.names or any(self.names in name.split(".") for name in said.fields_named)
        return "" if is_named else f"{self.label}: names {', '.join(said.fields_named) or 'nothing'}"


@dataclass(frozen=True)
class Refusals:
    """Everything that was refused, and what is there all the same: goals by title, and what became of the
    sound goals that were asked to take what they must not, by pattern (None: unharmed)."""

    refusals: tuple[Refusal, ...]
    stored: tuple[str, ...]
    harmed: dict[str, str | None]

    @property
    def complaints(self) -> list[str]:
        """What was not refused, and what came of it."""
        return [
            *(one.complaint for one in self.refusals if one.complaint),
            *(f"stored: {title[:80]}" for title in self.stored),
            *(f"{pattern}: {harm}" for pattern, harm in self.harmed.items() if harm),
        ]


def try_all(diary: Diary) -> Refusals:
    """Make every request of the table; sound goals and whatever was stored are put away."""
    today, titles = diary.today(), {pattern: diary.title(f"v-{pattern}") for pattern in BASES}
    with diary.places.take(len(BASES)), ExitStack() as kept:
        ids = {
            pattern: kept.enter_context(diary.goal(a_goal(pattern, title, today)))
            for pattern, title in titles.items()
        }
        cases = Cases(today, ids, lambda label: diary.title(f"v-{label}")).all()
        refusals = each(lambda case: _try(diary, case), cases, AT_ONCE)
        harmed = {pattern: _harm(diary, ids[pattern], titles[pattern]) for pattern in BASES}
        stored = diary.pages(GOALS, "goals", category=REFUSED_CATEGORY, limit=LONGEST_PAGE)
        for goal in stored:
            diary.archive(text(goal, "goalId"))
    return Refusals(tuple(refusals), tuple(text(goal, "title") for goal in stored), harmed)


def _try(diary: Diary, case: Case) -> Refusal:
    is_new = (case.method, case.path) == ("POST", GOALS)
    said = diary.begin(case.body) if is_new else diary.ask(case.method, case.path, case.body, case.query)
    return Refusal(case.label, case.statuses, case.code, case.names, said)


def _harm(diary: Diary, goal_id: str, title: str) -> str | None:
    """What is otherwise than before with a goal that refused everything."""
    goal, logged = diary.get(f"{GOALS}/{goal_id}"), diary.get(f"{GOALS}/{goal_id}/activities")
    if not (goal.is_any([200]) and logged.is_any([200])):
        return f"{goal}, {logged}"
    kept = text(goal.body, "title"), text(goal.body, "status")
    if kept != (title, "active"):
        return f"became {' '.join(kept)}"
    count = len(objects(logged.body, "activities"))
    return f"took {count} activities" if count else None
