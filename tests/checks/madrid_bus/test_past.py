"""Do the rules of historical reads hold of true answers, and break of false ones?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checks.madrid_bus import past
from checks.madrid_bus.past import Edge, Past, Question, Subject, Transcript

AT = datetime(2026, 2, 22, 10, 30, tzinfo=UTC)
ROW = AT - timedelta(seconds=20, milliseconds=-123)
STOP = Subject("/people-count/S001", "people_count", "S001", "count")
TRUE = Past(STOP.path, AT, "Z", 200, ROW, 4.0, ROW, 4.0)
LATER = replace(TRUE, at=AT + timedelta(minutes=1), time=ROW + timedelta(minutes=1))
EDGE = Edge(STOP.path, ROW, ROW, ROW, ROW)


def about(*answers: Past, again: tuple[Past, ...] = (), edges: tuple[Edge, ...] = (EDGE,)) -> list[str]:
    return past.complaints(Transcript(1, answers, again, edges), 180, 60)


def test_true_answers_are_accepted() -> None:
    """The newest row at or before each moment, the same in every zone and when asked again."""
    later = replace(LATER, stored_time=LATER.time)
    same = replace(TRUE, at=ROW)
    assert about(TRUE, replace(TRUE, zone="+05:30"), later, again=(same,)) == []


def test_a_time_to_the_second_is_accepted() -> None:
    """An API that cuts fractions off still names the same row."""
    assert about(replace(TRUE, time=ROW.replace(microsecond=0))) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"status": 404, "time": None}, "HTTP 404"),
        ({"time": AT + timedelta(seconds=9)}, "9 s after that moment"),
        ({"time": AT - timedelta(seconds=200)}, "200 s before that moment"),
        ({"stored_time": ROW + timedelta(seconds=5)}, "Timestream's newest is"),
        ({"stored_time": None}, "Timestream's newest is None"),
        ({"value": 0.0}, "0.0, Timestream has 4.0"),
        ({"value": None}, "None, Timestream has 4.0"),
    ],
)
def test_a_false_answer_is_complained_of(change: dict[str, Any], complaint: str) -> None:
    """A refusal, a row of another time, and another value are each named."""
    (found,) = about(replace(TRUE, **change))
    assert found.startswith("/people-count/S001 at 02-22 10:30:00: ")
    assert complaint in found


def test_a_later_moment_never_gives_an_earlier_row() -> None:
    """Order in time is kept, and zones agree."""
    back = replace(LATER, time=ROW - timedelta(seconds=60), stored_time=ROW - timedelta(seconds=60))
    (found,) = about(TRUE, back)
    assert found == "/people-count/S001 at 02-22 10:30:00 was later than /people-count/S001 at 02-22 10:31:00"
    shifted = replace(
        TRUE, zone="+05:30", time=ROW - timedelta(seconds=60), stored_time=ROW - timedelta(seconds=60)
    )
    assert len(about(TRUE, shifted)) == 1
    assert len(about(shifted, TRUE)) == 1


def test_asking_for_the_time_of_an_answer_gives_it_again() -> None:
    """Reading twice changes nothing."""
    earlier = replace(TRUE, at=ROW, time=ROW - timedelta(minutes=1))
    assert len(about(TRUE, again=(earlier,))) == 1
    assert len(about(TRUE, again=(replace(TRUE, at=ROW, time=None),))) == 1


@pytest.mark.parametrize(
    "edge",
    [
        replace(EDGE, now=None),
        replace(EDGE, ahead=ROW - timedelta(seconds=1)),
        replace(EDGE, ahead=ROW + timedelta(seconds=1)),
        replace(EDGE, now=ROW - timedelta(seconds=61)),
    ],
)
def test_now_and_the_far_future_are_the_newest_row(edge: Edge) -> None:
    """What is asked between two looks at the newest row lies between them; now may be a tick behind."""
    assert len(about(TRUE, edges=(edge,))) == 1
    assert about(TRUE, edges=(replace(EDGE, now=ROW - timedelta(seconds=59)),)) == []


def test_moments_are_drawn_again_from_their_seed() -> None:
    """A seed stands for its moments; none is nearer than two hours or older than the table."""
    spans = {"people_count": 86_400.0}
    drawn = past.draw([STOP], 7)
    assert drawn == past.draw([STOP], 7)
    assert drawn.moments != past.draw([STOP], 8).moments
    assert len(drawn.within(spans)) >= 20
    assert all(7_200 <= back <= 86_400 for _, back in drawn.within(spans))
    assert drawn.within({"people_count": 60.0}) == []


def test_a_question_is_written_in_its_zone() -> None:
    """One instant, three texts."""
    texts = [Question(STOP, AT, zone).timestamp for zone in past.ZONES]
    assert texts == [
        "2026-02-22T10:30:00.000Z",
        "2026-02-22T10:30:00.000+00:00",
        "2026-02-22T16:00:00.000+05:30",
    ]
