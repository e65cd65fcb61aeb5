"""What is a goal? Its fields, what they default to, and which goals make no sense."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from checks.ai_lifestyle.twin.progress import FRESH, Aim, Block
from checks.ai_lifestyle.twin.shapes import (
    ClockTime,
    Color,
    Day,
    Flag,
    Line,
    Number,
    Paragraph,
    Positive,
    Shape,
    Whole,
    api_name,
    day_of,
    in_api_names,
)

Pattern = Literal["recurring", "milestone", "target", "streak", "limit"]
Status = Literal["draft", "active", "paused", "completed", "archived"]
Period = Literal["day", "week", "month", "quarter", "year"]
Metric = Literal["count", "duration", "amount", "weight", "distance", "calories", "money", "custom"]
Visibility = Literal["private", "friends", "public"]
Turn = Literal["daily", "weekly", "monthly"]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Description = Annotated[str, Field(max_length=1000)]
Icon = Annotated[str, Field(max_length=50)]

LONGEST_STREAK = 365
REQUIRED: Mapping[str, frozenset[str]] = {
    "recurring": frozenset({"period"}),
    "limit": frozenset({"period"}),
    "streak": frozenset({"period"}),
    "milestone": frozenset({"target_date"}),
    "target": frozenset({"target_date", "start_value"}),
}
FORBIDDEN: Mapping[str, frozenset[str]] = {
    "recurring": frozenset({"target_date"}),
    "milestone": frozenset({"period"}),
}
SETTABLE = frozenset({"active", "paused"})
"""Statuses that an update may ask for."""
OVER = frozenset({"completed", "archived"})
"""Statuses in which a goal takes no update."""


class TargetChange(Shape):
    """What an update may change of a target."""

    value: Positive | None = None
    target_date: Day | None = None
    current_value: Number | None = None
    min_value: Number | None = None
    max_value: Number | None = None


class Target(TargetChange):
    """What is to be reached."""

    value: Positive
    metric: Metric
    unit: Line
    direction: Literal["increase", "decrease", "maintain"]
    target_type: Literal["minimum", "maximum", "exact", "range"] = "exact"
    period: Period | None = None
    start_value: Number | None = None


class Schedule(Shape):
    """When the user means to work at a goal."""

    frequency: Literal["daily", "weekly", "monthly", "custom"] | None = None
    days_of_week: list[Annotated[Whole, Field(ge=0, le=6)]] | None = None
    preferred_times: list[ClockTime] | None = None
    check_in_frequency: Turn = "daily"
    allow_skip_days: Annotated[Whole, Field(ge=0)] | None = None
    catch_up_allowed: Flag = True


class Context(Shape):
    """Why a goal matters, and what stands around it."""

    motivation: Paragraph | None = None
    importance_level: Annotated[Whole, Field(ge=1, le=5)] = 3
    supporting_goals: list[str] | None = None
    conflicting_goals: list[str] | None = None
    obstacles: list[str] | None = None
    success_factors: list[str] | None = None
    preferred_activities: list[str] | None = None
    avoid_activities: list[str] | None = None


class MilestoneReward(Shape):
    """What the user gets on the way."""

    value: Number
    reward: str
    unlocked_at: Day | None = None


class Rewards(Shape):
    """What the user gets for it."""

    points_per_activity: Annotated[Number, Field(ge=0)] = 10
    milestone_rewards: tuple[MilestoneReward, ...] = ()
    badges: tuple[str, ...] = ()


class GoalChange(Shape):
    """The body of an update: only what changes."""

    title: Title | None = None
    description: Description | None = None
    category: Line | None = None
    icon: Icon | None = None
    color: Color | None = None
    target: TargetChange | None = None
    schedule: Schedule | None = None
    context: Context | None = None
    rewards: Rewards | None = None
    metadata: dict[str, Any] | None = None
    visibility: Visibility | None = None
    status: Status | None = None


class NewGoal(GoalChange):
    """The body of a creation."""

    title: Title
    category: Line
    goal_pattern: Pattern
    target: Target
    visibility: Visibility = "private"
    status: Literal["draft", "active"] = "active"


def nonsense(goal: Block) -> dict[str, str]:
    """What makes no sense in a goal as it is stored: the API's name of each field, and why."""
    pattern, target = goal["goal_pattern"], goal["target"]
    missing = sorted(REQUIRED[pattern] - target.keys())
    surplus = sorted(FORBIDDEN.get(pattern, frozenset()) & target.keys())
    faults = dict.fromkeys(missing, f"is required for a {pattern} goal")
    faults |= dict.fromkeys(surplus, f"has no place in a {pattern} goal")
    if pattern == "streak" and target["value"] > LONGEST_STREAK:
        faults["value"] = f"should be at most {LONGEST_STREAK}"
    return {f"target.{api_name(name)}": why for name, why in faults.items()}


def is_due(goal: Block, today: date) -> bool:
    """Whether the goal was to be reached by today or earlier."""
    text = goal["target"].get("target_date")
    return text is not None and day_of(text) <= today


def default_schedule(pattern: str) -> Block:
    """The schedule of a goal for which none was given, in the API's names."""
    if pattern == "recurring":
        return _schedule("daily", catches_up=True, frequency="daily", allowSkipDays=2)
    if pattern == "streak":
        return _schedule("daily", catches_up=False, frequency="daily", allowSkipDays=0)
    return _schedule("weekly", catches_up=True)


def shown(goal: Block) -> Block:
    """A goal as the API shows it; whatever an old one lacks has its default."""
    told = in_api_names(goal)
    told["target"] = {"targetType": "exact"} | told["target"]
    defaults = {
        "schedule": default_schedule(goal["goal_pattern"]),
        "context": {"importanceLevel": 3},
        "rewards": {"pointsPerActivity": 10, "milestoneRewards": [], "badges": []},
        "metadata": {},
        "visibility": "private",
        "isJournalLinked": False,
        "progress": FRESH,
    }
    return defaults | told


def aim_of(goal: Block) -> Aim:
    """What progress needs to know of a stored goal."""
    target = goal["target"]
    schedule = goal.get("schedule") or default_schedule(goal["goal_pattern"])
    return Aim(
        goal["goal_pattern"],
        target["value"],
        target.get("period", "day"),
        target.get("start_value", 0),
        schedule.get("frequency"),
    )


def _schedule(check_in: Turn, *, catches_up: bool, **more: object) -> Block:
    return {"checkInFrequency": check_in, "catchUpAllowed": catches_up, **more}
