"""Do lists hold all that is asked for, in order, whatever the size of their pages?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.checks.ai_lifestyle.living import Api, a_goal, a_log, today


@pytest.mark.parametrize("limit", [1, 3, 5, 100])
def test_pages_make_up_the_list(seeded: Api, limit: int) -> None:
    """Whatever the size of a page, all pages together are the list, no goal twice."""
    whole = seeded.all_ids()
    assert seeded.all_ids(limit=limit) == whole
    assert len(set(whole)) == len(whole) == 10
    told = seeded.get("/goals", limit=limit)["pagination"]
    assert told == {"page": 1, "limit": limit, "total": 10, "pages": -(-10 // limit)}


def test_a_page_has_at_most_a_hundred(seeded: Api) -> None:
    """A larger page is not given."""
    assert seeded.get("/goals", limit=5000)["pagination"]["limit"] == 100


@pytest.mark.parametrize(
    ("query", "field", "wanted"),
    [
        ({"status": "paused"}, "status", {"paused"}),
        ({"status": "paused,draft"}, "status", {"paused", "draft"}),
        ({"status": ["active", "archived"]}, "status", {"active", "archived"}),
        ({"goalPattern": "limit,streak"}, "goalPattern", {"limit", "streak"}),
        ({"category": "FITness,Learning"}, "category", {"fitness", "learning"}),
    ],
)
def test_a_filter_gives_all_that_match(seeded: Api, query: Any, field: str, wanted: set[str]) -> None:
    """A filter, repeated or with commas, gives exactly the goals of the whole list that match."""
    statuses = {} if "status" not in query else {"status": "draft,active,paused,archived"}
    whole = seeded.get("/goals", **statuses)["goals"]
    given = {goal["goalId"] for goal in seeded.get("/goals", **query)["goals"]}
    assert given == {goal["goalId"] for goal in whole if goal[field] in wanted}
    assert given


@pytest.mark.parametrize("field", ["created", "updated", "title"])
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_a_list_is_sorted(seeded: Api, field: str, order: str) -> None:
    """Each of the six orders is kept."""
    name = {"created": "createdAt", "updated": "updatedAt"}.get(field, field)
    told = [goal[name] for goal in seeded.get("/goals", sort=f"{field}_{order}")["goals"]]
    assert told == sorted(told, reverse=order == "desc")


def test_activities_come_newest_first(api: Api) -> None:
    """Activities are sorted by when they were logged, and filtered by day and type."""
    goal = api.create(a_goal())
    logged = api.log(goal, a_log(1), a_log(1), a_log(2, kind="skipped"), a_log(3, ago=2))
    path, day = f"/goals/{goal['goalId']}/activities", today().isoformat()
    ids = [activity["activityId"] for activity in reversed(logged)]
    whole = api.get(path)
    assert [activity["activityId"] for activity in whole["activities"]] == ids
    assert [api.get(path, limit=1, page=n)["activities"][0]["activityId"] for n in range(1, 5)] == ids
    assert len(set(ids)) == whole["pagination"]["total"] == 4
    for query, values in (
        ({"startDate": day}, [2, 1, 1]),
        ({"endDate": (today() - timedelta(days=1)).isoformat()}, [3]),
        ({"activityType": "skipped,partial"}, [2]),
        ({"startDate": day, "endDate": day, "activityType": "progress"}, [1, 1]),
    ):
        assert [activity["value"] for activity in api.get(path, **query)["activities"]] == values
