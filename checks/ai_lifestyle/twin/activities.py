"""What is an activity? Its fields, and which activities do not fit their goal."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from checks.ai_lifestyle.twin.progress import Block, Log
from checks.ai_lifestyle.twin.refusals import RefusedError, bad_activity, closed
from checks.ai_lifestyle.twin.rules import Rules
from checks.ai_lifestyle.twin.shapes import Day, Flag, Line, Number, Paragraph, Shape, Whole, day_of

ActivityType = Literal["progress", "completed", "skipped", "partial"]
OneToTen = Annotated[Whole, Field(ge=1, le=10)]
OneToFive = Annotated[Whole, Field(ge=1, le=5)]
COUNTED = ("activity_date", "value", "activity_type", "context")
"""What of a stored activity `log_of` looks at."""
NEVER_NEGATIVE = frozenset({"limit", "milestone"})


class Weather(Shape):
    """What it was like outside."""

    condition: str | None = None
    temperature: Number | None = None
    humidity: Annotated[Number, Field(ge=0, le=100)] | None = None


class Circumstances(Shape):
    """What the user was like, and with whom."""

    time_of_day: Literal["early-morning", "morning", "afternoon", "evening", "night"] | None = None
    day_of_week: str | None = None
    is_weekend: Flag | None = None
    is_holiday: Flag | None = None
    weather: Weather | None = None
    energy_level: OneToTen | None = None
    stress_level: OneToTen | None = None
    sleep_hours: Annotated[Number, Field(ge=0, le=24)] | None = None
    with_others: Flag | None = None
    social_context: Literal["alone", "partner", "friends", "group", "online"] | None = None
    previous_activity: str | None = None
    next_activity: str | None = None
    duration: Number | None = None
    difficulty: OneToFive | None = None
    enjoyment: OneToFive | None = None
    mood: str | None = None


class Location(Shape):
    """Where it was; coordinates are longitude, latitude."""

    type: Literal["home", "work", "gym", "outdoors", "travel"] | None = None
    city: str | None = None
    coordinates: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None


class Attachment(Shape):
    """What belongs to it."""

    type: Literal["image", "link", "reference"]
    url: str | None = None
    entity_id: str | None = None


class NewActivity(Shape):
    """The body of a log."""

    value: Number
    unit: Line
    activity_type: ActivityType = "progress"
    activity_date: Day | None = None
    location: Location | None = None
    context: Circumstances | None = None
    note: Paragraph | None = None
    attachments: list[Attachment] | None = None
    source: Literal["manual", "device", "integration", "import"] = "manual"
    device_info: dict[str, Any] | None = None


def refusal(goal: Block, activity: Block, rules: Rules) -> RefusedError | None:
    """Why a goal does not take an activity, both as they are stored; None when it does."""
    if goal["status"] in rules.closed_to_logs:
        return bad_activity({"status": "is draft"}) if goal["status"] == "draft" else closed()
    pattern, target = goal["goal_pattern"], goal["target"]
    value, kind = activity["value"], activity["activity_type"]
    if pattern == "streak" and kind != "progress":
        code = "INVALID_GOAL_PATTERN_OPERATION"
        return RefusedError(400, code, "A streak takes progress only", {"activityType": f"is {kind}"})
    last = target.get("target_date")
    checks = {
        "unit": activity["unit"] != target["unit"],
        "value": (
            (pattern == "streak" and value != 1)
            or (pattern in NEVER_NEGATIVE and value < 0)
            or (pattern == "milestone" and kind == "progress" and value == 0)
        ),
        "activityDate": last is not None and day_of(activity["activity_date"]) > day_of(last),
    }
    wrong = {field: f"does not fit a {pattern} goal" for field, is_wrong in checks.items() if is_wrong}
    return bad_activity(wrong) if wrong else None


def log_of(activity: Block) -> Log:
    """What progress needs to know of a stored activity."""
    return Log(
        day_of(activity["activity_date"]),
        activity["value"],
        activity["activity_type"],
        (activity.get("context") or {}).get("time_of_day"),
    )
