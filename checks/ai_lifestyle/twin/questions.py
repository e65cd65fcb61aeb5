"""What does a caller of a list ask for? Filters, order and page, read from the query string."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, TypeVar, get_args

from starlette.datastructures import QueryParams

from checks.ai_lifestyle.twin.activities import ActivityType
from checks.ai_lifestyle.twin.goals import Pattern, Status
from checks.ai_lifestyle.twin.refusals import bad_request
from checks.ai_lifestyle.twin.rules import Rules
from checks.ai_lifestyle.twin.shapes import day_of

STATUSES: tuple[str, ...] = get_args(Status)
DEFAULT_STATUSES = tuple(status for status in STATUSES if status != "archived")
SORTS = {"created": "created_at", "updated": "updated_at", "title": "title"}
ORDERS = tuple(f"{field}_{order}" for field in SORTS for order in ("asc", "desc"))
PERIODS = ("current", "week", "month", "quarter", "year", "all")
LONGEST_PAGE = 100
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page:
    """The page of a list that is asked for, counted from 1."""

    number: int
    limit: int

    def of(self, items: Sequence[Item], rules: Rules) -> list[Item]:
        """The items that stand on the page."""
        start = (self.number - 1) * self.limit
        return list(items[max(0, start - rules.page_overlap) :][: self.limit])

    def told(self, total: int) -> dict[str, int]:
        """The page as the API tells it, out of `total` items."""
        pages = ceil(total / self.limit)
        return {"page": self.number, "limit": self.limit, "total": total, "pages": pages}


@dataclass(frozen=True)
class GoalsWanted:
    """Which goals, in which order."""

    statuses: tuple[str, ...]
    patterns: tuple[str, ...]
    categories: tuple[str, ...]
    order: str
    page: Page

    @classmethod
    def of(cls, query: QueryParams) -> GoalsWanted:
        """What the query string asks for.

        Raises:
            RefusedError: 400, it asks for something that there is not.
        """
        return cls(
            _choices(query, "status", STATUSES) or DEFAULT_STATUSES,
            _choices(query, "goalPattern", get_args(Pattern)),
            tuple(category.casefold() for category in _listed(query, "category")),
            _one(query, "sort", ORDERS, "updated_desc"),
            _page(query),
        )

    def choose(self, goals: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those of the goals that are wanted, in order; of two alike the lower id comes first."""
        chosen = [
            goal
            for goal in sorted(goals, key=lambda goal: str(goal["goal_id"]))
            if not self.patterns or goal["goal_pattern"] in self.patterns
            if not self.categories or goal["category"].casefold() in self.categories
        ]
        field, _, order = self.order.partition("_")
        return sorted(chosen, key=lambda goal: goal[SORTS[field]].casefold(), reverse=order == "desc")


@dataclass(frozen=True)
class ActivitiesWanted:
    """Which activities; the dates are the first and the last day."""

    start: str
    end: str
    types: tuple[str, ...]
    page: Page

    @classmethod
    def of(cls, query: QueryParams) -> ActivitiesWanted:
        """What the query string asks for.

        Raises:
            RefusedError: 400, it asks for something that there is not.
        """
        start, end = _day(query, "startDate", "0000-01-01"), _day(query, "endDate", "9999-12-31")
        if start > end:
            raise bad_request({"startDate": "is after endDate"})
        types = _choices(query, "activityType", get_args(ActivityType))
        return cls(start, end, types, _page(query))

    def choose(self, activities: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those of `activities`, which come in the order of logging, that are wanted: newest first."""
        return [
            activity
            for activity in reversed(activities)
            if self.start <= activity["activity_date"][:10] <= self.end
            if not self.types or activity["activity_type"] in self.types
        ]


def period_wanted(query: QueryParams) -> str:
    """The period that statistics are asked for.

    Raises:
        RefusedError: 400, there is no such period.
    """
    return _one(query, "period", PERIODS, "current")


def _page(query: QueryParams) -> Page:
    return Page(_count(query, "page", 1), min(_count(query, "limit", 20), LONGEST_PAGE))


def _count(query: QueryParams, name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= 1):
        raise bad_request({name: "should be a number from 1"})
    return int(text)


def _listed(query: QueryParams, name: str) -> list[str]:
    return [word.strip() for text in query.getlist(name) for word in text.split(",") if word.strip()]


def _choices(query: QueryParams, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(_listed(query, name)))
    if not set(asked) <= set(known):
        raise bad_request({name: f"should be of {', '.join(known)}"})
    return asked


def _one(query: QueryParams, name: str, known: tuple[str, ...], default: str) -> str:
    asked = query.get(name, default)
    if asked not in known:
        raise bad_request({name: f"should be one of {', '.join(known)}"})
    return asked


def _day(query: QueryParams, name: str, default: str) -> str:
    if name not in query:
        return default
    try:
        return day_of(query[name]).isoformat()
    except ValueError as error:
        raise bad_request({name: str(error)}) from error
