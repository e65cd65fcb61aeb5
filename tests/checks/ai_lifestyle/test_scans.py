"""Is the table read to the end, and is what was left out not taken for what is not there?"""

from __future__ import annotations

from typing import Any

import pytest

from checks.ai_lifestyle.scans import BACK_OFFS, Reader
from fixtures.causes import CouldNotLookError
from fixtures.parts import Table
from fixtures.twins.clients import stock_client
from fixtures.twins.routing import Call
from tests.checks.ai_lifestyle.diaries import NOW
from tests.checks.ai_lifestyle.living import REGION, TABLE, A, Api


@pytest.fixture
def reader(seeded: Api) -> Reader:
    """The seeded table as it is read over the wire."""
    dynamodb = stock_client("dynamodb", seeded.world.aws.url, REGION)
    return Reader(dynamodb, Table(name=TABLE, hash_key="PK:S", range_key="SK:S"), unit_s=0)


def unprocessed(seeded: Api, times: int) -> list[int]:
    """Leave the last key of a batch unprocessed so many times; how many keys each batch asked for."""
    asked: list[int] = []

    def change(call: Call, answer: dict[str, Any]) -> dict[str, Any]:
        asked.append(len(call.params["RequestItems"][TABLE]["Keys"]))
        if len(asked) > times:
            return answer
        *came, last = answer["Responses"][TABLE]
        left = {"Keys": [{name: last[name] for name in ("PK", "SK")}]}
        return answer | {"Responses": {TABLE: came}, "UnprocessedKeys": {TABLE: left}}

    seeded.world.aws.rule("dynamodb", "BatchGetItem", change)
    return asked


def test_a_whole_sample_has_everything(reader: Reader) -> None:
    """A sample as large as the table is whole, with the goal of each activity in it."""
    sample = reader.sample(100_000, NOW)
    assert (sample.is_whole, sample.elsewhere) == (True, ())
    assert {row.goal_key for row in sample.activities} <= {(row.pk, row.sk) for row in sample.goals}
    assert {row.sk for row in reader.goals()} == {row.sk for row in sample.goals}


def test_a_part_asks_for_the_goals_it_is_about(reader: Reader) -> None:
    """Of a sample that is cut, the goals of its activities are asked for by key."""
    sample = reader.sample(3, NOW)
    assert (sample.is_whole, len(sample.rows), len(sample.activities)) == (False, 3, 3)
    assert {(row.pk, row.sk) for row in sample.elsewhere} == {row.goal_key for row in sample.rows}


def test_a_user_is_read_by_key(reader: Reader) -> None:
    """A user's goals come with the attributes asked for; of a goal's activities the newest come first."""
    items = [item for page in reader.of_user(A, ("goal_id", "title")) for item in page["Items"]]
    goal_id = next(i["goal_id"]["S"] for i in items if i["title"]["S"] == "gonogo-standing-limit")
    assert (len(items), {frozenset(item) for item in items}) >= (12, {frozenset({"goal_id", "title"})})
    newest, older = (row.said["logged_at"] for row in reader.newest(A, goal_id, 2))
    assert newest > older


def test_unprocessed_keys_are_asked_for_again(seeded: Api, reader: Reader) -> None:
    """What was not processed comes with a later try; each try asks for what is left only."""
    keys = [(row.pk, row.sk) for row in reader.goals()]
    asked = unprocessed(seeded, times=1)
    rows, never, tries = reader.batches(keys)
    assert (len(rows), never, tries, asked) == (len(keys), [], 2, [len(keys), 1])


def test_keys_that_stay_unprocessed_are_told(seeded: Api, reader: Reader) -> None:
    """A key that never comes is named after the last try, and a sample that needs it is none."""
    sample = reader.sample(3, NOW)
    unprocessed(seeded, times=100)
    rows, never, tries = reader.batches([(row.pk, row.sk) for row in sample.rows])
    assert (len(rows), len(never), tries) == (2, 1, len(BACK_OFFS))
    with pytest.raises(CouldNotLookError, match="1 goals were not processed"):
        reader.sample(3, NOW)
