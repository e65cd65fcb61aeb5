"""Are all examples tried with few goals, and is it noticed when one is counted otherwise?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from checks.ai_lifestyle.chains import Chain, chains
from checks.ai_lifestyle.numbers import (
    Agreement,
    Counted,
    Measured,
    Weeks,
    agree,
    measure,
    misses,
    week_of,
    weeks,
)
from checks.ai_lifestyle.samples import a_log
from checks.ai_lifestyle.twin.mounting import bend
from checks.ai_lifestyle.vectors import Logged, key_vectors, progress_vectors, statistics_vectors
from fixtures.causes import CouldNotLookError
from tests.checks.ai_lifestyle.diaries import NOW, a_diary, creations_of, said, with_body
from tests.checks.ai_lifestyle.living import Api, a_goal

VECTORS = {vector.id: vector for vector in progress_vectors() + statistics_vectors()}
LOGGED = said(201, loggedAt=NOW.isoformat())
GOAL = said(progress={"percentComplete": 25}, updatedAt=NOW.isoformat())
SOUND = Agreement("read", LOGGED, GOAL, said(progress={"percentComplete": 25}))


def test_every_example_is_on_one_chain() -> None:
    """Each is tried once, where its logs and no others were made, on fewer goals than examples."""
    found = chains(VECTORS.values())
    stops = [
        (chain, count, vector) for chain in found for count, some in chain.stops.items() for vector in some
    ]
    assert Counter(vector.id for _, _, vector in stops) == Counter(list(VECTORS))
    assert [v.id for chain, count, v in stops if chain.logs[:count] != v.logs or chain.goal != v.goal] == []
    assert len(found) < len(VECTORS)


def test_a_chain_takes_what_begins_alike() -> None:
    """An example of the same goal whose logs come first; not one of another goal, or in another order."""
    chain = Chain("target", VECTORS["T6"].goal, VECTORS["T6"].logs)
    assert [id_ for id_ in ("T0", "T1", "T6") if not chain.takes(VECTORS[id_])] == []
    assert [id_ for id_ in ("T2", "T5", "T7", "M0") if chain.takes(VECTORS[id_])] == []


def test_a_chain_is_measured_on_the_way(seeded: Api) -> None:
    """The service counts all examples of a chain as agreed, and its goal is put away."""
    diary = a_diary(seeded)
    chosen = [VECTORS[id_] for id_ in ("C1", "C6", "C9")]
    (chain,) = chains(chosen)
    assert misses(measure(diary, chain), chosen, "statistics") == []
    assert creations_of(diary).left == ()


def test_what_is_counted_otherwise_is_told(seeded: Api) -> None:
    """An example that gives another number is told with its id, and one that was not tried as well."""
    bend(seeded.world, limit_allows_equal=False)
    (chain,) = chains([VECTORS["L2"]])
    told = misses(measure(a_diary(seeded), chain), [VECTORS["L2"], VECTORS["L3"]])
    assert [one.split(" is ")[0] for one in told[:2]] == ["L2: percentComplete", "L2: daysOverLimit"]
    assert told[-1] == "L3: was not tried"


def test_a_log_that_is_refused_counts_for_nothing(seeded: Api) -> None:
    """Where a log is refused, nobody knows what would have been counted."""
    bend(seeded.world, closed_to_logs=frozenset({"active"}))
    diary = a_diary(seeded)
    with pytest.raises(CouldNotLookError, match="so that nothing is counted"):
        measure(diary, chains([VECTORS["M1"]])[0])
    assert creations_of(diary).left == ()


def test_what_was_counted_over_midnight_is_not_seen(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was counted on two days is compared with neither."""
    diary = a_diary(api)
    days = iter([diary.today() - timedelta(1)])
    usual = diary.today
    monkeypatch.setattr(diary, "today", lambda: next(days, None) or usual())
    with pytest.raises(CouldNotLookError, match="day ended"):
        measure(diary, Chain("milestone", {"value": 80_000}, (), {0: [VECTORS["M0"]]}))


def test_weeks_are_those_of_the_calendar() -> None:
    """The agreed days lie in the agreed weeks."""
    agreed = {day: keys["week"] for day, keys in key_vectors().items() if "week" in keys}
    assert {day: week_of(day) for day in agreed} == agreed
    assert len(agreed) >= 4


def test_a_week_begins_on_monday(seeded: Api) -> None:
    """A Sunday and the Monday after it lie in two weeks, unless weeks begin on Sunday."""
    assert weeks(a_diary(seeded)).complaints == []
    bend(seeded.world, week_shift=timedelta(days=1))
    assert len(weeks(a_diary(seeded)).complaints) == 2
    assert Weeks(date(2025, 12, 28), {"2025-W52": 2, "2026-W01": 3}).complaints == []
    assert Weeks(date(2025, 12, 28), {"2026-W01": 5}).complaints == [
        "2025-12-28 counts nothing in 2025-W52, not 2",
        "2025-12-29 counts 5 in 2026-W01, not 3",
    ]


def test_a_goal_agrees_with_its_progress(seeded: Api, api: Api) -> None:
    """After a log a goal says what is counted for it, unless it lags behind."""
    goal_id, diary = api.create(a_goal("milestone"))["goalId"], a_diary(api)
    log = a_log(5, diary.today())
    assert agree(diary, goal_id, "read", log).complaint == ""
    bend(seeded.world, progress_lag=1)
    assert "totalAccumulated 5, beside it 10" in agree(diary, goal_id, "read", log).complaint


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"logged": said(422, message="no")}, "read: GET /goals: HTTP 422 no"),
        ({"progress": said(500, message="no")}, "read: GET /goals: HTTP 500 no"),
        ({"goal": with_body(GOAL, progress={"percentComplete": 20})}, "percentComplete 20, beside it 25"),
        ({"goal": with_body(GOAL, progress={}), "progress": said(a=1)}, "read: says nothing"),
        ({"goal": with_body(GOAL, updatedAt="2026-02-22T11:59:59Z")}, "updated at 2026-02-22 11:59:59"),
        ({"goal": with_body(GOAL, updatedAt=None)}, "updated at None"),
    ],
)
def test_a_disagreement_is_told(broken: dict[str, Any], told: str) -> None:
    """Another number, no number, and a goal that was not updated by the log."""
    assert SOUND.complaint == ""
    assert told in replace(SOUND, **broken).complaint


def test_long_histories_are_not_told() -> None:
    """Of two histories it is told that they differ, not how."""
    one, two = (said(progress={"periodHistory": [value]}, updatedAt=NOW.isoformat()) for value in (1, 2))
    assert (
        replace(SOUND, goal=one, progress=two).complaint == "read: says another periodHistory than beside it"
    )


def test_numbers_of_one_part_are_not_taken_for_those_of_another() -> None:
    """Progress and statistics may have a number of the same name."""
    counted = Counted({"averageValue": 1}, {"averageValue": 2})
    vector = replace(VECTORS["L1"], expect={"averageValue": 1}, logs=(Logged(0, 1),))
    assert misses([Measured("L1", date(2026, 2, 22), counted)], [vector]) == []
    assert misses([Measured("L1", date(2026, 2, 22), counted)], [vector], "statistics") != []
