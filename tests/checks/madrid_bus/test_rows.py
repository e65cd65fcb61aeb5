"""Are tables seen as they are: their age, their volume, whose rows they hold, and their rhythm?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checks.madrid_bus import day_statements, rows, statements
from checks.madrid_bus.twin.feeders import create_tables
from fixtures.probes.timestream import parse_time
from fixtures.twins.clock import Clock
from fixtures.twins.timestream import Timestream

TABLE, RELATION = "people_count", '"bus_simulator"."people_count"'
AGREED = {"S001": "L1", "S002": "L1"}


class Sql:
    """Statements answered by the twin's engine itself."""

    def __init__(self, store: Timestream) -> None:
        self._store = store

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """The rows as over the wire."""
        result = self._store.query(statement)
        names = [name for name, _ in result.columns]
        return [dict(zip(names, map(_aware, row), strict=True)) for row in result.rows]


def _aware(value: Any) -> Any:
    return parse_time(str(value)) if isinstance(value, datetime) else value


@pytest.fixture
def store() -> Timestream:
    """The three tables, empty."""
    made = Timestream(Clock(0))
    create_tables(made)
    return made


def write(
    store: Timestream, stop_id: str, seconds_ago: Iterable[float], line: str = "L1", count: int = 4
) -> None:
    now = datetime.now(UTC)
    store.append(
        TABLE,
        [
            {
                "stop_id": stop_id,
                "line_ids": line,
                "measure_name": "count",
                "time": now - timedelta(seconds=seconds),
                "measure_value::bigint": count,
            }
            for seconds in seconds_ago
        ],
    )


def sql(store: Timestream) -> Any:
    return Sql(store)


def test_the_span_of_a_table(store: Timestream) -> None:
    """Oldest, newest and a row dated in the future; an empty table has none and is not fresh."""
    empty = rows.see_span(sql(store), TABLE, RELATION)
    assert empty == rows.Span(TABLE, None, None, None)
    assert not empty.is_fresh(180)
    assert not empty.reaches(1)
    assert not empty.lies_within(-60, 3_000_000)
    write(store, "S001", [86_400, 30, -600])
    span = rows.see_span(sql(store), TABLE, RELATION)
    assert span.is_fresh(180)
    assert span.reaches(86_000)
    assert not span.reaches(87_000)
    assert not span.lies_within(-60, 90_000)
    assert span.lies_within(-700, 90_000)
    assert not span.lies_within(-700, 80_000)
    assert str(rows.Span(TABLE, 90_000, 30, -600)) == (
        "people_count: oldest 90,000 s old, newest 30 s old, latest -600 s old"
    )


def test_the_volume_of_an_hour(store: Timestream) -> None:
    """Rows and ticks of the last hour; each tick must be whole."""
    ticks = [60 * minute + 5 for minute in range(60)]
    times = [datetime.now(UTC) - timedelta(seconds=seconds) for seconds in ticks]
    for stop_id in AGREED:
        store.append(TABLE, [_row(stop_id, at) for at in times])
    volume = rows.see_volume(sql(store), TABLE, RELATION, 2)
    assert volume == rows.Volume(TABLE, 120, 60, 2)
    assert volume.is_complete((57, 122))
    assert not volume.is_complete((61, 122))
    assert not rows.Volume(TABLE, 119, 60, 2).is_complete((57, 122))
    assert not rows.Volume(TABLE, 0, 0, 2).is_complete((57, 122))


def _row(stop_id: str, at: datetime, count: int = 4) -> dict[str, Any]:
    return {
        "stop_id": stop_id,
        "line_ids": "L1",
        "measure_name": "count",
        "time": at,
        "measure_value::bigint": count,
    }


def test_entities_agreed_and_found(store: Timestream) -> None:
    """Whoever was agreed is there, found or not; whoever was not agreed is there, too."""
    write(store, "S001", [10])
    write(store, "S999", [200])
    seen = {one.entity_id: one for one in rows.see_entities(sql(store), TABLE, RELATION, AGREED)}
    assert list(seen) == ["S001", "S002", "S999"]
    assert seen["S001"].is_fresh(180)
    assert seen["S001"].is_as_agreed
    assert not seen["S002"].is_fresh(180)
    assert not seen["S002"].is_as_agreed
    assert seen["S999"].is_fresh(180)
    assert not seen["S999"].is_as_agreed
    assert str(seen["S002"]) == "people_count S002: no row in an hour, of nothing (agreed L1)"
    write(store, "S001", [20], line="L2")
    (first, *_) = rows.see_entities(sql(store), TABLE, RELATION, AGREED)
    assert (first.belongs_to, first.is_as_agreed) == ("2 different ones", False)


def test_full_hours(store: Timestream) -> None:
    """Only whole hours count, and only those with enough ticks."""
    top = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    times = [top - timedelta(minutes=minute) for minute in range(1, 61)]
    times += [top - timedelta(hours=2) + timedelta(minutes=minute) for minute in range(0, 60, 2)]
    store.append(TABLE, [_row("S001", at) for at in [*times, top]])
    hours = rows.see_hours(sql(store), TABLE, RELATION)
    assert sorted(hours.ticks.values()) == [30, 60]
    assert (hours.full(55), hours.full(30)) == (1, 2)
    assert str(rows.Hours(TABLE, {})) == "people_count: 0 hours with rows, from none"


def test_the_rhythm_of_a_day(store: Timestream) -> None:
    """Gaps, repeated and incomplete ticks are counted; a restart's are excused."""
    now = datetime.now(UTC)
    times = [now - timedelta(seconds=60 * tick + 5) for tick in range(20)]
    store.append(TABLE, [_row(stop_id, at) for at in times for stop_id in AGREED])
    even = rows.see_rhythm(sql(store), TABLE, RELATION, 2, [])
    assert (even.ticks, even.median_s, even.longest_s) == (20, 60, 60)
    assert even.is_even((28, 62), 180)
    assert not even.is_even((28, 59), 180)
    late = now - timedelta(minutes=40)
    store.append(TABLE, [_row("S001", late), _row("S001", late)])
    uneven = rows.see_rhythm(sql(store), TABLE, RELATION, 2, [])
    assert (uneven.repeated, uneven.incomplete) == (1, 1)
    assert uneven.longest_s is not None
    assert uneven.longest_s > 1_200
    assert not uneven.is_even((28, 62), 180)
    excused = [(late - timedelta(minutes=1), now - timedelta(minutes=19))]
    assert rows.see_rhythm(sql(store), TABLE, RELATION, 2, excused).is_even((28, 62), 180)
    store.reshape(TABLE, "SELECT * FROM rows WHERE FALSE")
    assert not rows.see_rhythm(sql(store), TABLE, RELATION, 2, []).is_even((28, 62), 180)


def test_a_restart_is_excused_by_the_day(store: Timestream) -> None:
    """The steepest rise leaves out what happened in an exempt window."""
    now = datetime.now(UTC)
    counts = {300: 2, 240: 80, 180: 5, 120: 6}
    store.append(TABLE, [_row("S001", now - timedelta(seconds=ago), n) for ago, n in counts.items()])
    window = [(now - timedelta(seconds=250), now - timedelta(seconds=230))]

    def steepest(exempt: list[statements.Window]) -> int:
        found = sql(store).rows(day_statements.crowds(RELATION, exempt))
        return max(int(row["steepest"]) for row in found if row["steepest"] is not None)

    assert steepest([]) == 78
    assert steepest(window) == 1


def test_a_moment_is_written_in_utc() -> None:
    """Any zone becomes Z, to the millisecond; no window is nowhere."""
    at = datetime.fromisoformat("2026-02-22T12:00:00.123456+02:00")
    assert statements.moment(at) == "from_iso8601_timestamp('2026-02-22T10:00:00.123Z')"
    assert statements.within([]) == "(1 = 0)"
    assert statements.within([(at, at)]).count(statements.moment(at)) == 2


class Nothing(Sql):
    """Statements that get an answer without rows."""

    def rows(self, statement: str) -> list[dict[str, Any]]:  # noqa: ARG002  whatever it is
        """None."""
        return []


def test_an_aggregate_without_its_row_is_not_seen(store: Timestream) -> None:
    """Timestream always has one row for an aggregate; without it nothing is known of the table."""
    nothing: Any = Nothing(store)
    for see in (
        lambda: rows.see_span(nothing, TABLE, RELATION),
        lambda: rows.see_volume(nothing, TABLE, RELATION, 2),
        lambda: rows.see_rhythm(nothing, TABLE, RELATION, 2, []),
    ):
        with pytest.raises(LookupError, match="people_count: 0 rows where one was asked for"):
            see()
