"""How is the table read? In samples, by key, and many keys at once, with nothing left out unnoticed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checks.ai_lifestyle.rows import ACTIVITY_ATTRIBUTES, GOAL_ATTRIBUTES, Row, Sample, row_of
from fixtures.causes import CouldNotLookError
from fixtures.parts import Table
from fixtures.probes.answers import member
from reports.results import Cause

KEYS_AT_ONCE = 100
PAGE = 500
BACK_OFFS = (1, 2, 4)


@dataclass(frozen=True)
class Batches:
    """Many goals asked for by their keys at once: which came of `asked`, after how many tries of a batch at
    most, and the keys that never came."""

    asked: int
    came: tuple[str, ...]
    tries: int
    never: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question by key: what DynamoDB read, what it gave, and the attributes that it gave beyond the
    wanted ones."""

    scanned: int
    count: int
    surplus: tuple[str, ...]


class Reader:
    """Reads one table. `unit_s` is how long it waits before it asks again for what was not processed."""

    def __init__(self, dynamodb: Any, table: Table, unit_s: float = 1.0) -> None:
        self._dynamodb = dynamodb
        self._name = table.name
        self._unit_s = unit_s
        hash_key, range_key = table.hash_key, table.range_key or ""
        self.keys = hash_key.partition(":")[0], range_key.partition(":")[0]

    def sample(self, most: int, at: datetime) -> Sample:
        """Up to so many rows, and the goals that they are about.

        Raises:
            CouldNotLookError: no data, some of those goals were not processed.
            LookupError: there is no row.
        """
        pages = self._pages("scan", PaginationConfig={"MaxItems": most, "PageSize": PAGE}, **_only(self.keys))
        rows = [row_of(item, self.keys) for page in pages for item in member(page, "Items")]
        if not rows:
            raise LookupError(f"{self._name}: no row")
        known = {(row.pk, row.sk) for row in rows}
        wanted = dict.fromkeys(row.goal_key for row in rows if row.kind == "ACTIVITY")
        elsewhere, never, _ = self.batches([key for key in wanted if key not in known])
        if never:
            raise CouldNotLookError(
                Cause.NO_DATA, f"{len(never)} goals were not processed", "look again later"
            )
        return Sample(tuple(rows), tuple(elsewhere), pages.resume_token is None, at)

    def goals(self) -> list[Row]:
        """Every goal of the table."""
        prefix = {
            "FilterExpression": "begins_with(#range, :prefix)",
            "ExpressionAttributeValues": {":prefix": {"S": "GOAL#"}},
        }
        only = _only(self.keys)
        only["ExpressionAttributeNames"] |= {"#range": self.keys[1]}
        pages = self._pages("scan", **prefix, **only)
        return [row_of(item, self.keys) for page in pages for item in member(page, "Items")]

    def of_user(self, user_id: str, attributes: Sequence[str], prefix: str = "GOAL#") -> list[dict[str, Any]]:
        """The pages of what a user has whose key begins with a prefix, with some attributes only."""
        names = {f"#{name}": name for name in attributes} | {"#hash": self.keys[0], "#range": self.keys[1]}
        return list(
            self._pages(
                "query",
                KeyConditionExpression="#hash = :user AND begins_with(#range, :prefix)",
                ProjectionExpression=", ".join(f"#{name}" for name in attributes),
                ExpressionAttributeNames=names,
                ExpressionAttributeValues={":user": {"S": f"USER#{user_id}"}, ":prefix": {"S": prefix}},
            )
        )

    def newest(self, user_id: str, goal_id: str, most: int) -> list[Row]:
        """The last logged activities of a goal, the newest first."""
        found = self._dynamodb.query(
            TableName=self._name,
            KeyConditionExpression="#hash = :user AND begins_with(#range, :prefix)",
            ExpressionAttributeNames={"#hash": self.keys[0], "#range": self.keys[1]},
            ExpressionAttributeValues={
                ":user": {"S": f"USER#{user_id}"},
                ":prefix": {"S": f"ACTIVITY#{goal_id}#"},
            },
            ScanIndexForward=False,
            Limit=most,
        )
        return [row_of(item, self.keys) for item in member(found, "Items")]

    def batches(self, keys: Sequence[tuple[str, str]]) -> tuple[list[Row], list[tuple[str, str]], int]:
        """The rows of these keys, the keys that were never processed, and the tries that it took at most."""
        rows: list[Row] = []
        never: list[tuple[str, str]] = []
        most = 0
        for start in range(0, len(keys), KEYS_AT_ONCE):
            some, left, tries = self._batch(keys[start:][:KEYS_AT_ONCE])
            rows, never, most = rows + some, never + left, max(most, tries)
        return rows, never, most

    def _batch(self, keys: Sequence[tuple[str, str]]) -> tuple[list[Row], list[tuple[str, str]], int]:
        rows: list[Row] = []
        left = [dict(zip(self.keys, ({"S": one} for one in key), strict=True)) for key in keys]
        for tries, pause in enumerate(BACK_OFFS, 1):  # noqa: B007  it is told how many there were
            asked = {self._name: {"Keys": left, **_only(self.keys)}}
            found = self._dynamodb.batch_get_item(RequestItems=asked)
            rows += [row_of(item, self.keys) for item in member(found, "Responses").get(self._name, [])]
            left = found.get("UnprocessedKeys", {}).get(self._name, {}).get("Keys", [])
            if not left:
                break
            time.sleep(pause * self._unit_s)
        return rows, [(key[self.keys[0]]["S"], key[self.keys[1]]["S"]) for key in left], tries

    def _pages(self, operation: str, **asked: Any) -> Any:
        return self._dynamodb.get_paginator(operation).paginate(TableName=self._name, **asked)


def _only(keys: tuple[str, str]) -> dict[str, Any]:
    """What makes DynamoDB give the attributes that `rows` looks at, and no others."""
    attributes = (*keys, *GOAL_ATTRIBUTES, *ACTIVITY_ATTRIBUTES)
    names = {f"#{name}": name for name in (*attributes, "target", "progress")}
    paths = [f"#{name}" for name in attributes]
    paths += ["#target.#value", "#target.#unit", "#progress.percent_complete", "#progress.success_rate"]
    return {"ProjectionExpression": ", ".join(paths), "ExpressionAttributeNames": names}
