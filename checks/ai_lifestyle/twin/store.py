"""How do goals and activities lie in DynamoDB, and how are they read?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from checks.ai_lifestyle.twin.attributes import from_item, to_item
from fixtures.twins.items import Items

Row = dict[str, Any]
"""An item as JSON, without its keys."""

KEYS = ("PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK", "TTL")
STATUS_INDEX = "GSI1"
DRAFTS_LIVE, ACTIVITIES_LIVE = timedelta(days=30), timedelta(days=365)


class Store:
    """The goals table. What DynamoDB raises (`botocore.exceptions.ClientError`) is let through."""

    def __init__(self, items: Items) -> None:
        self.items = items

    def goal(self, user_id: str, goal_id: str) -> Row | None:
        """A goal of a user."""
        found = self.items.get(_user(user_id), f"GOAL#{goal_id}")
        return None if found is None else _row(found)

    def goal_of_anybody(self, goal_id: str) -> Row | None:
        """A goal, whoever owns it."""
        found = self.items.where(SK=f"GOAL#{goal_id}")
        return _row(found[0]) if found else None

    def goals(self, user_id: str, statuses: Iterable[str]) -> list[Row]:
        """The goals of a user in any of the statuses, read from the status index."""
        return [_row(item) for status in statuses for item in self._with_status(user_id, status)]

    def active_titles(self, user_id: str) -> dict[str, str]:
        """The titles of the user's active goals, by goal id."""
        found = self._with_status(user_id, "active", ("goal_id", "title"))
        return {item["goal_id"]["S"]: item["title"]["S"] for item in found}

    def _with_status(self, user_id: str, status: str, only: Sequence[str] = ()) -> list[Row]:
        return self.items.where(STATUS_INDEX, only, within=_user(user_id), GSI1PK=f"STATUS#{status}")

    def activities(self, user_id: str, goal_id: str, only: Sequence[str] = ()) -> list[Row]:
        """The activities of a goal, oldest log first; `only` some attributes of them."""
        return [_row(item) for item in self.items.of(_user(user_id), f"ACTIVITY#{goal_id}#", only)]

    def put_goal(self, goal: Row) -> None:
        """Keep a goal in place of what it was."""
        self.items.put([goal_item(goal)])

    def put_activity(self, activity: Row) -> None:
        """Keep an activity."""
        self.items.put([activity_item(activity)])

    def put_all(self, items: Iterable[Row]) -> None:
        """Keep items made by `goal_item` and `activity_item`."""
        self.items.put(items)

    def table(self) -> Row:
        """What DynamoDB says of the table."""
        return self.items.describe()


def goal_item(goal: Row) -> Row:
    """A goal with its keys, as DynamoDB takes it; a draft dies after 30 days."""
    keys = {
        "PK": _user(goal["user_id"]),
        "SK": f"GOAL#{goal['goal_id']}",
        "GSI1PK": f"STATUS#{goal['status']}",
        "GSI1SK": goal["created_at"],
        "GSI2PK": f"{_user(goal['user_id'])}#CATEGORY#{goal['category']}",
        "GSI2SK": goal["created_at"],
    }
    death = {"TTL": _epoch_s(goal["created_at"], DRAFTS_LIVE)} if goal["status"] == "draft" else {}
    return to_item(goal | keys | death | {"progress": _packed(goal["progress"])})


def activity_item(activity: Row) -> Row:
    """An activity with its keys, as DynamoDB takes it; it dies after a year."""
    user, logged_at = _user(activity["user_id"]), activity["logged_at"]
    keys = {
        "PK": user,
        "SK": f"ACTIVITY#{activity['goal_id']}#{logged_at}",
        "GSI2PK": f"{user}#DATE#{activity['activity_date'][:10]}",
        "GSI2SK": logged_at,
        "TTL": _epoch_s(logged_at, ACTIVITIES_LIVE),
    }
    return to_item(activity | keys)


def _user(user_id: str) -> str:
    return f"USER#{user_id}"


def _row(item: Row) -> Row:
    row = from_item({name: attribute for name, attribute in item.items() if name not in KEYS})
    return row | {"progress": _unpacked(row["progress"])} if "progress" in row else row


def _packed(progress: Row) -> Row:
    # Its hundred and more nested attributes would make every read of a goal several times slower.
    return progress | {"period_history": json.dumps(progress["period_history"])}


def _unpacked(progress: Row) -> Row:
    return progress | {"period_history": json.loads(progress.get("period_history", "[]"))}


def _epoch_s(moment: str, lapse: timedelta) -> int:
    return int((datetime.fromisoformat(moment) + lapse).timestamp())
