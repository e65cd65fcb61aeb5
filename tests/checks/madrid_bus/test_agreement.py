"""Is agreement between REST, Timestream and MCP seen, and every difference named?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checks.madrid_bus import agreement
from checks.madrid_bus.contract import Reading

NOW = datetime(2026, 2, 22, 10, 31, 30, tzinfo=UTC)
AT = datetime(2026, 2, 22, 10, 31, 0, 123_000, tzinfo=UTC)
BODY = {"stop_id": "S001", "time": "2026-02-22T10:31:00.123Z", "count": 12, "line_ids": ["L1"]}
STORED = {"stop_id": "S001", "time": AT, "measure_value::bigint": 12, "line_ids": "L1"}
TOLD = {"stop_id": "S001", "time": "2026-02-22 10:31:00.123000000", "count": 12, "line_ids": "L1"}
SAID = Reading("/people-count/S001", 200, 0.1, NOW, BODY)


class Sql:
    """A store of one row per statement: the rows of a moment, then the newest of each entity."""

    def __init__(self, *answers: list[dict[str, Any]]) -> None:
        self._answers = list(answers)

    def rows(self, _statement: str) -> list[dict[str, Any]]:
        """The next answer."""
        return self._answers.pop(0)


def stored(reading: Reading, row: dict[str, Any] | None, newest: datetime = AT) -> tuple[str, ...]:
    sql: Any = Sql([row] if row else [], [{"entity": "S001", "time": newest}])
    (found,) = agreement.with_timestream(sql, "people_count", "t", {"S001": reading}, timedelta(seconds=60))
    return found.differences


def test_agreement_is_seen() -> None:
    """The same row at the same time is no difference, also when REST cuts off fractions of a second."""
    assert stored(SAID, STORED) == ()
    assert stored(replace(SAID, body=BODY | {"time": "2026-02-22T10:31:00Z"}), STORED) == ()
    assert agreement.with_mcp("people_count", SAID, [TOLD]).differences == ()


@pytest.mark.parametrize(
    ("body", "row", "difference"),
    [
        (BODY | {"count": 0}, STORED, "count: 0, not 12"),
        (BODY | {"line_ids": ["L2"]}, STORED, "line_ids: ['L2'], not 'L1'"),
        (BODY, STORED | {"time": AT + timedelta(seconds=1)}, "no row at 2026-02-22 10:31:00.123000+00:00"),
        (BODY, None, "no row at 2026-02-22 10:31:00.123000+00:00"),
    ],
)
def test_a_difference_is_named(body: dict[str, Any], row: dict[str, Any] | None, difference: str) -> None:
    """Another value, or no row at that time."""
    assert stored(replace(SAID, body=body), row) == (difference,)


def test_rest_that_fell_behind_is_named() -> None:
    """A true row is not enough when the store has had a newer one for a tick."""
    newer = AT + timedelta(seconds=10)
    assert stored(SAID, STORED, newer) == (f"time: {AT}, not {newer}",)


def test_no_answer_is_a_difference() -> None:
    """A refusal or a body without a time agrees with nothing."""
    sql: Any = Sql([{"entity": "S001", "time": AT}])
    failed = replace(SAID, status=404, body={"message": "No data found"})
    (found,) = agreement.with_timestream(sql, "people_count", "t", {"S001": failed}, timedelta(seconds=60))
    assert str(found) == "/people-count/S001, REST and Timestream: HTTP 404"
    assert agreement.with_mcp("people_count", failed, [TOLD]).differences == ("HTTP 404",)
    assert agreement.with_mcp("people_count", replace(SAID, body={"count": 1}), [TOLD]).differences == (
        "no time",
    )


def test_mcp_that_differs_is_named() -> None:
    """No row, another time, another value."""
    assert agreement.with_mcp("people_count", SAID, []).differences == ("0 rows, not 1",)
    other = TOLD | {"time": "2026-02-22 10:30:00.000000000", "count": 3}
    assert agreement.with_mcp("people_count", SAID, [other]).differences == (
        "time: 2026-02-22 10:31:00.123000+00:00, not 2026-02-22 10:30:00+00:00",
        "count: 12, not 3",
    )
