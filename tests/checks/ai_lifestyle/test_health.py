"""Is it noticed when the app says that it is not well, or takes its time to say so?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checks.ai_lifestyle.health import Timed, complaints, environment
from tests.checks.ai_lifestyle.diaries import NOW, said, with_body

BODY: dict[str, Any] = {
    "status": "healthy",
    "timestamp": NOW.isoformat(),
    "services": {"database": "connected"},
    "system": {"environment": "dev"},
}
WELL = replace(said(asked="GET /health"), body=BODY)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"services": None, "checks": {"dynamodb": {"status": "healthy"}}},
        {"timestamp": None, "system": {"timestamp": "2026-02-22T12:04:59"}},
    ],
)
def test_a_healthy_app_is_well(changes: dict[str, Any]) -> None:
    """The database part may have either shape, the clock either place, and no offset means UTC."""
    assert complaints(with_body(WELL, **changes), 300) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": "degraded"}, "status is 'degraded'"),
        ({"services": {"database": "disconnected"}}, "the database is 'disconnected'"),
        ({"checks": {"dynamodb": {"status": "unhealthy"}}}, "the database is 'unhealthy'"),
        ({"services": None}, "the database is ''"),
        ({"timestamp": "2026-02-22T12:06:00Z"}, "its clock says 2026-02-22 12:06:00+00:00"),
        ({"timestamp": "noon"}, "its clock says None"),
    ],
)
def test_whatever_is_not_well_is_told(changes: dict[str, Any], told: str) -> None:
    """A status, a database in either shape, or a clock that is wrong or missing."""
    assert complaints(with_body(WELL, **changes), 300) == [told]


def test_an_answer_that_is_none_is_told() -> None:
    """An error, and a web page with 200."""
    assert complaints(said(503, "GET /health", message="no"), 300) == ["GET /health: HTTP 503 no"]
    page = replace(WELL, headers={"content-type": "text/html"})
    assert complaints(page, 300) == ["GET /health: HTTP 200 no JSON object"]


def test_the_environment_is_what_it_says() -> None:
    """The system's part names it, or nobody does."""
    assert (environment(WELL), environment(with_body(WELL, system=None))) == ("dev", "")


def test_one_slow_answer_is_no_complaint() -> None:
    """One of four may take too long, the first or another; two may not."""
    assert Timed("/goals", 3.0, (0.1, 0.1, 0.2)).slow(1000) == []
    assert Timed("/goals", 0.1, (0.1, 3.0, 0.2)).slow(1000) == []
    assert Timed("/goals", 3.0, (0.1, 1.1, 0.2)).slow(1000) == [
        "/goals: at first: 3000 ms",
        "/goals: warm, 2: 1100 ms",
    ]
