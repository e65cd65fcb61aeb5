"""Are the people whom the simulated feeder counts at the stops plausible?"""

from __future__ import annotations

from fixtures.twins.timestream import Timestream
from tests.checks.madrid_bus.twin.six_days import rows


def test_people_counts_are_plausible(store: Timestream) -> None:
    """Never negative, never three hundred, never twenty-five more at once, and always somebody somewhere."""
    (low, high, jump) = rows(
        store,
        """WITH steps AS (SELECT measure_value::bigint AS people, measure_value::bigint -
               LAG(measure_value::bigint) OVER (PARTITION BY stop_id ORDER BY time) AS step
           FROM bus_simulator.people_count WHERE time > ago(5d))
           SELECT min(people), max(people), max(step) FROM steps""",
    )[0]
    assert (low, high <= 300, 0 < jump <= 25) == (0, True, True)
    nobody = """SELECT time FROM bus_simulator.people_count WHERE time > ago(5d)
                GROUP BY time HAVING sum(measure_value::bigint) = 0"""
    assert rows(store, nobody) == []


def test_people_come_by_the_daily_pattern(store: Timestream) -> None:
    """The first busy hour of the morning brings at least three times what the night does."""
    (morning, night) = rows(
        store,
        """WITH steps AS (SELECT hour(time) AS h, greatest(0, measure_value::bigint -
               LAG(measure_value::bigint) OVER (PARTITION BY stop_id ORDER BY time)) AS step
           FROM bus_simulator.people_count WHERE time > ago(24h))
           SELECT avg(IF(h = 6, step)), avg(IF(h >= 22 OR h < 3, step)) FROM steps""",
    )[0]
    assert morning >= 3 * night > 0


def test_people_come_and_go_at_every_stop(store: Timestream) -> None:
    """In any three hours of the day every count both rises and falls."""
    windows = rows(
        store,
        """WITH steps AS (SELECT stop_id, time, measure_value::bigint -
               LAG(measure_value::bigint) OVER (PARTITION BY stop_id ORDER BY time) AS step
           FROM bus_simulator.people_count WHERE time > ago(5d))
           SELECT stop_id, bin(time, 3h), max(step), min(step) FROM steps
           WHERE hour(time) BETWEEN 6 AND 17 GROUP BY 1, 2 HAVING count(*) > 100""",
    )
    assert len(windows) > 51 * 12
    assert [window for window in windows if not window[2] > 0 > window[3]] == []
