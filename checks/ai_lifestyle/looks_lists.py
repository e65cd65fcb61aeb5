"""What do the lists of user A's goals, and of the activities of one of them, say in every way of asking?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from checks.ai_lifestyle.answers import Said
from checks.ai_lifestyle.diary import GOALS, LONGEST_PAGE, MOST_AT_ONCE, Diary
from checks.ai_lifestyle.lists import (
    ORDERS,
    Item,
    Listing,
    Lists,
    activity_item,
    goal_item,
    page_of,
)
from checks.ai_lifestyle.samples import PATTERNS
from fixtures.causes import CouldNotLookError
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.targets import Target
from reports.results import Cause

STATUSES = ("draft", "active", "paused", "completed")
SHORT_PAGES = ("3", "4")
TYPES = ("progress", "skipped", "completed,partial")
MOST_PAGES = 40
TRIES = 3
AT_ONCE = 8


@observation(deadline_s=180)
def goal_lists(diary: Diary) -> Lists:
    """User A's goals while nothing changes them: on long and short pages, filtered, and in every order."""
    ask = partial(_listing, diary, GOALS, "goals", goal_item)
    with diary.places.take(MOST_AT_ONCE):
        for _ in range(TRIES):
            whole = ask({"limit": LONGEST_PAGE})
            lists = Lists(whole, *_goal_ways(whole, ask))
            if ask({"limit": LONGEST_PAGE}).items == whole.items:
                return lists
    raise CouldNotLookError(
        Cause.NO_DATA, "user A's goals changed whenever we looked", "look again when alone"
    )


@observation(deadline_s=120)
def activity_lists(diary: Diary, goal_lists: Lists, target: Target) -> Lists:
    """The activities of a standing goal, on long and short pages, and filtered by type and day."""
    title = target.settings.standing_goals["recurring"]
    goal_id = next((item.id for item in goal_lists.whole.items if item.words["title"] == title), None)
    if goal_id is None:
        raise LookupError(f"user A has no goal {title}")
    ask = partial(_listing, diary, f"{GOALS}/{goal_id}/activities", "activities", activity_item)
    today = diary.today()
    start, end = (str(today - timedelta(days=days)) for days in (12, 4))
    days = [{"startDate": start}, {"endDate": end}, {"startDate": start, "endDate": end}]
    filtered = [{"activityType": types} for types in TYPES] + days
    with diary.places.take(MOST_AT_ONCE):
        whole, short = ask({"limit": LONGEST_PAGE}), ask({"limit": "15"})
        return Lists(whole, (short,), tuple(ask(query | {"limit": LONGEST_PAGE}) for query in filtered))


def _goal_ways(whole: Listing, ask: Callable[[dict[str, str]], Listing]) -> Iterable[tuple[Listing, ...]]:
    categories = sorted({item.words["category"] for item in whole.items})
    words = [("status", status) for status in (*STATUSES, "paused,draft", "archived")]
    words += [("goalPattern", pattern) for pattern in PATTERNS]
    words += [("category", category.upper()) for category in categories]
    filtered = [{name: value, "limit": LONGEST_PAGE} for name, value in words]
    orders = [{"sort": f"{name}_{way}", "limit": LONGEST_PAGE} for name in ORDERS for way in ("asc", "desc")]
    for queries in ([{"limit": size} for size in SHORT_PAGES], filtered, orders):
        yield tuple(each(ask, queries, AT_ONCE))


def _listing(
    diary: Diary,
    path: str,
    name: str,
    item: Callable[[Mapping[str, Any]], Item],
    query: dict[str, str],
) -> Listing:
    """All pages of a list, as many as the first one says; of archived goals the first one is enough."""

    def page(number: int) -> Said:
        return diary.get(path, **query, **({"page": str(number)} if number > 1 else {}))

    first = page_of(page(1), name, item)
    count = min(int(first.told["pages"] or 1), MOST_PAGES)
    if query.get("status") == "archived":
        count = 1
    rest = [page_of(page(number), name, item) for number in range(2, count + 1)]
    return Listing(query, (first, *rest))
