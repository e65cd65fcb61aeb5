"""Does a diary keep its places, wait when it is told to, and put away whatever was begun?"""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from checks.ai_lifestyle.diary import BACK_OFF, Places, goal_id_of
from fixtures.causes import CouldNotLookError
from fixtures.probes.http import Reply
from reports.results import Cause
from tests.checks.ai_lifestyle.diaries import Wire, a_diary, creations_of, said
from tests.checks.ai_lifestyle.living import Api, a_goal


def reply(status: int, headers: dict[str, str] | None = None, **body: Any) -> Reply:
    kind = {"content-type": "application/json"}
    return Reply("/goals", status, 0.01, kind | (headers or {}), json.dumps(body))


@pytest.fixture
def wire(api: Api) -> Wire:
    """The way to the service, on which answers can be made up."""
    return Wire(api)


def test_places_are_given_while_there_are_some() -> None:
    """Whoever wants all of them waits for the last one, and has them alone."""
    places, order, inside = Places(2), list[str](), threading.Event()

    def alone() -> None:
        inside.set()
        with places.take(2):
            order.append("alone")

    with places.take(), places.take():
        waiting = threading.Thread(target=alone)
        waiting.start()
        inside.wait(5)
        order.append("first")
    waiting.join(5)
    assert order == ["first", "alone"]


def test_a_goal_is_put_away_whatever_happens(wire: Wire) -> None:
    """An error on the way leaves no goal, and the run knows of none."""
    diary = a_diary(wire.api, wire)
    with pytest.raises(StopIteration), diary.goal(a_goal()):
        next(iter(()))
    assert (wire.api.all_ids(), creations_of(diary).left) == ([], ())


def test_goals_are_left_until_the_last_is_put_away(wire: Wire) -> None:
    """What was not archived is still the run's: how its title begins is noted before it is there."""
    diary = a_diary(wire.api, wire)
    first, second = (goal_id_of(diary.begin(a_goal(title=diary.title(name)))) for name in "ab")
    assert diary.archive(first).status == 200
    wire.instead = [reply(500)]
    diary.archive(second)
    assert [(one.kind, one.id, one.owner) for one in creations_of(diary).left] == [
        ("goals titled", "gonogo-test-", "A")
    ]
    assert diary.left([first, second, "other"]) == (second,)
    diary.archive(second)
    assert creations_of(diary).left == ()


@pytest.mark.parametrize("answer", [reply(502), reply(201)])
def test_a_goal_that_may_be_there_is_ours(wire: Wire, answer: Reply) -> None:
    """A failed answer does not say that nothing was made, and one without an id not what."""
    wire.instead = [answer]
    diary = a_diary(wire.api, wire)
    diary.begin(a_goal())
    assert len(creations_of(diary).left) == 1


def test_a_refused_goal_is_not_ours(wire: Wire) -> None:
    """Whoever needs a goal and gets none cannot look."""
    wire.instead = [reply(403, message="Forbidden")]
    diary = a_diary(wire.api, wire)
    with pytest.raises(CouldNotLookError, match="HTTP 403 Forbidden"), diary.goal(a_goal()):
        pass
    assert creations_of(diary).left == ()


def test_the_id_may_be_in_the_location_only() -> None:
    """A goal whose answer does not name it can still be found, and put away."""
    located = reply(201, {"location": "/goals/42"})
    assert goal_id_of(said(201, goalId="1")) == "1"
    assert goal_id_of(type(said()).of("POST /goals", located, said().at)) == "42"


def test_who_is_throttled_waits_and_asks_again(wire: Wire) -> None:
    """One refusal is waited for; when they do not end, the look could not be made."""
    diary = a_diary(wire.api, wire)
    wire.instead = [reply(429)]
    assert diary.get("/goals").status == 200
    wire.instead = [reply(429)] * (len(BACK_OFF) + 1)
    with pytest.raises(CouldNotLookError) as error:
        diary.get("/goals")
    assert (error.value.unseen.cause, wire.instead) == (Cause.THROTTLED, [])


def test_all_pages_are_read(wire: Wire) -> None:
    """Every page that the first one speaks of, and none where one is refused."""
    diary = a_diary(wire.api, wire)
    for _ in range(3):
        wire.api.create(a_goal())
    assert len(diary.pages("/goals", "goals", limit="2")) == 3
    wire.instead = [reply(502)]
    with pytest.raises(CouldNotLookError, match="HTTP 502"):
        diary.pages("/goals", "goals")


def test_a_look_is_repeated_until_its_time_is_over(wire: Wire) -> None:
    """What is so at once is asked for once; what never is, more than once."""
    diary, times = a_diary(wire.api, wire), list[int]()

    def look() -> Any:
        times.append(1)
        return said()

    diary.until(look, lambda _: True)
    assert len(times) == 1
    diary.until(look, lambda _: False)
    assert len(times) > 2


def test_titles_tell_whose_they_are(wire: Wire) -> None:
    """A title of this run is known again."""
    diary = a_diary(wire.api, wire)
    assert diary.is_ours(diary.title("read"))
    assert not diary.is_ours("gonogo-standing-limit")
