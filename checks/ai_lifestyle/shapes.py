"""Of what form is each thing that the API tells? Its fields by type, range and words."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Shape(BaseModel):
    """A JSON object in camelCase; it may have further fields."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True)


def _is_moment(text: str) -> str:
    if "T" not in text or datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("is not a date-time of RFC 3339 with an offset")
    return text


def _is_day(text: str) -> str:
    datetime.fromisoformat(text)
    return text


Id = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
Moment = Annotated[str, AfterValidator(_is_moment)]
Day = Annotated[str, AfterValidator(_is_day)]
Share = Annotated[float, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]
Line = Annotated[str, Field(min_length=1, max_length=50)]
Trend = Literal["improving", "stable", "declining"]


class Entry(Shape):
    """A period that a goal looks back on."""

    period: str
    achieved: bool
    value: float


class Progress(Shape):
    """How far a goal is."""

    percent_complete: Share
    trend: Trend
    success_rate: Share
    last_activity_date: Day | None = None
    current_period_value: float | None = None
    period_history: list[Entry] | None = None
    total_accumulated: float | None = None
    remaining_to_goal: float | None = None
    current_streak: Count | None = None
    longest_streak: Count | None = None
    target_streak: float | None = None
    average_value: float | None = None
    days_over_limit: Count | None = None
    projected_completion: Day | None = None


class Target(Shape):
    """What is to be reached."""

    metric: Literal["count", "duration", "amount", "weight", "distance", "calories", "money", "custom"]
    value: Annotated[float, Field(gt=0)]
    unit: Line
    direction: Literal["increase", "decrease", "maintain"]
    target_type: Literal["minimum", "maximum", "exact", "range"] | None = None
    period: Literal["day", "week", "month", "quarter", "year"] | None = None
    target_date: Day | None = None
    start_value: float | None = None


class Goal(Shape):
    """A goal."""

    goal_id: Id
    user_id: Id
    title: Annotated[str, Field(min_length=1, max_length=200)]
    category: Line
    description: Annotated[str, Field(max_length=1000)] | None = None
    goal_pattern: Literal["recurring", "milestone", "target", "streak", "limit"]
    target: Target
    visibility: Literal["private", "friends", "public"] | None = None
    status: Literal["draft", "active", "paused", "completed", "archived"]
    created_at: Moment
    updated_at: Moment
    completed_at: Moment | None = None
    is_journal_linked: bool | None = None
    context: dict[str, Any]
    rewards: dict[str, Any]
    progress: Progress


class Activity(Shape):
    """An activity."""

    activity_id: Id
    goal_id: Id
    user_id: Id
    value: float
    unit: Line
    activity_type: Literal["progress", "completed", "skipped", "partial"]
    activity_date: Day
    logged_at: Moment
    timezone: Annotated[str, Field(min_length=1)]
    source: Literal["manual", "device", "integration", "import"] | None = None


class Pagination(Shape):
    """Where in a list a page stands."""

    page: Annotated[int, Field(ge=1)]
    limit: Annotated[int, Field(ge=1, le=100)]
    total: Count
    pages: Count


class Goals(Shape):
    """A page of goals."""

    goals: list[Goal]
    pagination: Pagination


class Activities(Shape):
    """A page of activities."""

    activities: list[Activity]
    pagination: Pagination


class Statistics(Shape):
    """What the activities of a period say as a whole."""

    total_activities: Count
    completed_activities: Count
    skipped_activities: Count
    average_value: float
    best_value: float
    worst_value: float
    consistency: Share


class Insights(Shape):
    """What stands out."""

    best_time_of_day: str | None = None
    best_day_of_week: str | None = None
    success_patterns: list[str]
    recommendations: Annotated[list[str], Field(max_length=3)]


class Told(Shape):
    """The answer about progress."""

    goal_id: Id
    period: Literal["current", "week", "month", "quarter", "year", "all"]
    progress: Progress
    statistics: Statistics
    insights: Insights


class Done(Shape):
    """Word that something was done."""

    message: str


class Error(BaseModel):
    """An error in the application's own words, which are not in camelCase."""

    model_config = ConfigDict(strict=True)

    error: Annotated[str, Field(pattern=r"^[A-Z_]+$")]
    message: str
    timestamp: Moment
    validation_errors: list[dict[str, Any]] | None = None
