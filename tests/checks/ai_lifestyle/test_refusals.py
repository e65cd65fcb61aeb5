"""Is it noticed when something bad is taken, refused in the wrong way, or stored all the same?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checks.ai_lifestyle.refusals import BASES, Refusal, Refusals, try_all
from checks.ai_lifestyle.twin.mounting import bend
from checks.ai_lifestyle.validation import Cases
from fixtures.causes import CouldNotLookError
from tests.checks.ai_lifestyle.diaries import a_diary, creations_of, said, with_body
from tests.checks.ai_lifestyle.living import Api

FIELDS = [{"field": "title", "message": "too long"}]
REFUSED = said(400, "POST /goals", error="VALIDATION_ERROR", message="no", validation_errors=FIELDS)
SOUND = Refusal("V01 no title", (400,), "VALIDATION_ERROR", "title", REFUSED)
ALL = Refusals((SOUND,), (), dict.fromkeys(BASES))


def test_the_service_refuses_the_whole_table(seeded: Api) -> None:
    """Every bad request is refused as agreed, nothing is stored, and nothing of ours is left."""
    diary = a_diary(seeded)
    assert try_all(diary).complaints == []
    assert creations_of(diary).left == ()


def test_every_row_has_its_cases() -> None:
    """V01 to V22 are tried, but for those rows that are about a goal's life; no two cases look alike."""
    cases = Cases(date(2026, 2, 22), dict.fromkeys(BASES, "1"), lambda label: f"gonogo-{label}").all()
    life = {"V11", "V13", "V14", "V19"}
    assert {case.row for case in cases} == {f"V{number:02}" for number in range(1, 23)} - life
    assert len({case.label for case in cases}) == len(cases)


def test_without_sound_goals_nothing_is_seen(seeded: Api) -> None:
    """Where no goal can be made, nobody knows what would be refused of it."""
    bend(seeded.world, most_active=0)
    with pytest.raises(CouldNotLookError, match="could make no goal"):
        try_all(a_diary(seeded))


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (replace(SOUND, said=said(201, "POST /goals", goalId="1")), "POST /goals: HTTP 201, not 400"),
        (
            replace(SOUND, said=with_body(REFUSED, error="INVALID_JSON")),
            "INVALID_JSON no, not VALIDATION_ERROR",
        ),
        (replace(SOUND, said=with_body(REFUSED, validation_errors=None)), "V01 no title: names nothing"),
        (replace(SOUND, names="icon"), "V01 no title: names title"),
    ],
)
def test_a_wrong_refusal_is_told(broken: Refusal, told: str) -> None:
    """Another status, another code, and a field that is not named are told apart."""
    assert SOUND.complaint == ""
    assert told in broken.complaint


def test_a_second_status_needs_no_code() -> None:
    """A status that is merely tolerated comes with whatever code it has."""
    assert replace(SOUND, statuses=(422, 400), names="").complaint == ""


def test_what_came_of_it_is_told() -> None:
    """Goals that were stored, and sound goals that were harmed, are complaints."""
    assert ALL.complaints == []
    broken = replace(ALL, stored=("bad",), harmed={"streak": "took 1 activities", "limit": None})
    assert broken.complaints == ["stored: bad", "streak: took 1 activities"]
