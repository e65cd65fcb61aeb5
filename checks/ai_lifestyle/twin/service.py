"""What does the goal service do? The eight operations on a user's goals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from threading import Lock
from uuid import uuid4

from checks.ai_lifestyle.twin import activities, goals
from checks.ai_lifestyle.twin.activities import COUNTED, NewActivity, log_of
from checks.ai_lifestyle.twin.goals import GoalChange, NewGoal, aim_of
from checks.ai_lifestyle.twin.progress import FRESH, Block, progress
from checks.ai_lifestyle.twin.questions import ActivitiesWanted, GoalsWanted
from checks.ai_lifestyle.twin.refusals import bad_goal, closed, not_found, quota_exceeded
from checks.ai_lifestyle.twin.rules import HEALTHY, Rules
from checks.ai_lifestyle.twin.shapes import in_api_names, in_store_names, read
from checks.ai_lifestyle.twin.statistics import insights, statistics
from checks.ai_lifestyle.twin.store import Row, Store

TICK = timedelta(microseconds=1)
MERGED = ("target", "schedule", "context", "rewards")


class GoalService:
    """Goals and activities of all users, by the `rules` in force.

    Bodies are parsed JSON; answers are JSON in the API's names. Every method raises `RefusedError` for what
    is refused, and `botocore.exceptions.ClientError` when the store does not answer.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self.rules: Rules = HEALTHY
        self.store = store
        self._now = now
        self._writing = Lock()
        self._latest = now()

    def create(self, user_id: str, body: object) -> Block:
        """A new goal."""
        asked = read(NewGoal, body)
        with self._writing:
            moment = self._moment()
            goal = asked.stored() | {
                "goal_id": str(uuid4()),
                "user_id": user_id,
                "created_at": moment,
                "updated_at": moment,
                "is_journal_linked": False,
                "progress": in_store_names(FRESH),
            }
            self._refuse_nonsense(goal)
            if goals.is_due(goal, self._now().date()):
                raise bad_goal({"target.targetDate": "should be in the future"})
            self._refuse_one_too_many(goal)
            self.store.put_goal(goal)
        return self._shown(goal)

    def goals(self, user_id: str, wanted: GoalsWanted) -> Block:
        """A page of the user's goals."""
        chosen = wanted.choose(self.store.goals(user_id, wanted.statuses))
        page = wanted.page.of(chosen, self.rules)
        return {
            "goals": [self._shown(goal) for goal in page],
            "pagination": wanted.page.told(len(chosen)),
        }

    def goal(self, user_id: str, goal_id: str) -> Block:
        """One of the user's goals, archived ones included."""
        if self.rules.owners_only:
            return self._shown(self._found(user_id, goal_id))
        return self._shown(self.store.goal_of_anybody(goal_id) or self._found(user_id, goal_id))

    def update(self, user_id: str, goal_id: str, body: object) -> Block:
        """The goal after the change; without a change it stays as it was."""
        changes = read(GoalChange, body).said()
        with self._writing:
            before = self._found(user_id, goal_id)
            if before["status"] in goals.OVER:
                raise closed()
            if changes.get("status", "active") not in goals.SETTABLE:
                raise bad_goal({"status": "should be active or paused"})
            after = _merged(before, changes)
            if after == before:
                return self._shown(before)
            self._refuse_nonsense(after)
            self._refuse_one_too_many(after)
            after["updated_at"] = self._moment()
            if "counted_on" in before:
                after = self._counted(after)
            if self.rules.stores_updates:
                self.store.put_goal(after)
        return self._shown(after)

    def archive(self, user_id: str, goal_id: str) -> Block:
        """Put the goal away for good; doing so again changes nothing."""
        with self._writing:
            goal = self._found(user_id, goal_id)
            if goal["status"] != "archived":
                moment = self._moment()
                self.store.put_goal(
                    goal | {"status": "archived", "archived_at": moment, "updated_at": moment}
                )
        return {"message": "Goal archived"}

    def log(self, user_id: str, goal_id: str, body: object, timezone: str) -> Block:
        """A new activity, counted at once."""
        activity = read(NewActivity, body).stored()
        with self._writing:
            goal = self._found(user_id, goal_id)
            moment = self._moment()
            activity |= {
                "activity_id": str(uuid4()),
                "goal_id": goal_id,
                "user_id": user_id,
                "activity_date": activity.get("activity_date", moment)[:10],
                "logged_at": moment,
                "timezone": timezone,
            }
            if refusal := activities.refusal(goal, activity, self.rules):
                raise refusal
            self.store.put_activity(activity)
            self.store.put_goal(self._counted(goal) | {"updated_at": moment})
        return in_api_names(activity)

    def activities(self, user_id: str, goal_id: str, wanted: ActivitiesWanted) -> Block:
        """A page of the goal's activities, newest logged first."""
        self._found(user_id, goal_id)
        chosen = wanted.choose(self.store.activities(user_id, goal_id))
        page = wanted.page.of(chosen, self.rules)
        return {
            "activities": [in_api_names(activity) for activity in page],
            "pagination": wanted.page.told(len(chosen)),
        }

    def progress(self, user_id: str, goal_id: str, period: str) -> Block:
        """How far the goal is, and the statistics of the period."""
        goal = self._found(user_id, goal_id)
        logs = [log_of(activity) for activity in self.store.activities(user_id, goal_id, COUNTED)]
        aim, today = aim_of(goal), self._now().date()
        numbers = statistics(aim, logs, period, today, self.rules)
        return {
            "goalId": goal_id,
            "period": period,
            "progress": progress(aim, logs, today, self.rules),
            "statistics": numbers,
            "insights": insights(logs, numbers),
        }

    def _found(self, user_id: str, goal_id: str) -> Row:
        goal = self.store.goal(user_id, goal_id)
        if goal is None:
            raise not_found()
        return goal

    def _refuse_nonsense(self, goal: Row) -> None:
        if faults := goals.nonsense(goal):
            raise bad_goal(faults)

    def _refuse_one_too_many(self, goal: Row) -> None:
        if goal["status"] != "active":
            return
        others = self.store.active_titles(goal["user_id"])
        others.pop(goal["goal_id"], None)
        if goal["title"].casefold() in {title.casefold() for title in others.values()}:
            raise bad_goal({"title": "is the title of another active goal"})
        if len(others) >= self.rules.most_active:
            raise quota_exceeded(len(others), self.rules.most_active)

    def _shown(self, goal: Row) -> Block:
        """A goal as the API shows it; what was counted on an earlier day is counted anew."""
        if goal.get("counted_on", "") not in ("", self._now().date().isoformat()):
            goal = self._counted(goal)
        return goals.shown({name: value for name, value in goal.items() if name != "counted_on"})

    def _counted(self, goal: Row) -> Row:
        logged = self.store.activities(goal["user_id"], goal["goal_id"], COUNTED)
        seen = logged[: max(0, len(logged) - self.rules.progress_lag)]
        return counted(goal, seen, self._now().date(), self.rules)

    def _moment(self) -> str:
        """Now, later than any moment given before."""
        self._latest = max(self._now(), self._latest + TICK)
        return self._latest.isoformat(timespec="microseconds")


def counted(goal: Row, activities: Sequence[Row], today: date, rules: Rules = HEALTHY) -> Row:
    """A stored goal with how far its stored activities take it, and the day on which they were counted."""
    block = progress(aim_of(goal), [log_of(activity) for activity in activities], today, rules)
    return goal | {"progress": in_store_names(block), "counted_on": today.isoformat()}


def _merged(goal: Row, changes: Row) -> Row:
    deep = {name: goal.get(name, {}) | changes[name] for name in MERGED if name in changes}
    return goal | changes | deep
