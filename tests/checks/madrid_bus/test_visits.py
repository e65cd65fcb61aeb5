"""Are URLs joined, samples spread and limits scaled as they should be?"""

from __future__ import annotations

import pytest

from checks.madrid_bus.limits import (
    kept_ticks_an_hour,
    max_age_s,
    median_gap_s,
    percentile,
    ticks_an_hour,
    updates_s,
)
from checks.madrid_bus.settings import Cadence
from checks.madrid_bus.visits import Visit, sampled, socket_url

REAL = Cadence(
    slowest_tick_s=60,
    fastest_tick_s=30,
    live_tick_s=60,
    update_slack_s=15,
    unsubscribe_grace_s=5,
    idle_s=30,
    e2e_budget_s=900,
    log_delay_s=300,
)


@pytest.mark.parametrize(
    ("endpoint", "url"),
    [
        (
            "abc.execute-api.eu-west-1.amazonaws.com",
            "wss://abc.execute-api.eu-west-1.amazonaws.com/production",
        ),
        ("wss://host/production", "wss://host/production"),
        ("wss://host/production/", "wss://host/production"),
        ("ws://127.0.0.1:80/madrid_bus/websocket", "ws://127.0.0.1:80/madrid_bus/websocket/production"),
    ],
)
def test_scheme_and_stage_are_added_where_they_lack(endpoint: str, url: str) -> None:
    """A bare host, a whole URL, and the twin's."""
    assert socket_url(endpoint, {}) == url


def test_a_key_is_encoded_in_the_query() -> None:
    """Keys made with base64 may contain + / and =."""
    url = socket_url("host", {"api_key": "a+b/c=", "group_name": "team ñ"})
    assert url == "wss://host/production?api_key=a%2Bb%2Fc%3D&group_name=team+%C3%B1"


def test_a_sample_is_spread_and_begins_with_the_first() -> None:
    """At most so many, in order; all when there are no more or no limit."""
    assert sampled(range(9), 3) == [0, 3, 6]
    assert sampled(range(51), 3) == [0, 17, 34]
    assert sampled(range(2), 3) == [0, 1]
    assert sampled(range(4), None) == [0, 1, 2, 3]


def test_limits_at_the_real_pace() -> None:
    """At ticks of 60 to 30 s the limits are those of the runbook."""
    assert max_age_s(REAL) == 180
    assert ticks_an_hour(REAL) == (57, 122)
    assert kept_ticks_an_hour(REAL) == 55
    assert median_gap_s(REAL) == (28, 62)
    assert updates_s(REAL) == 75


def test_a_percentile_is_one_of_the_values() -> None:
    """95 of 100 are not above it."""
    assert percentile(95, range(1, 101)) == 95
    assert percentile(95, [7.0]) == 7.0
    assert percentile(95, [1.0, 9.0]) == 9.0


def test_the_key_is_not_in_the_text_of_a_visit() -> None:
    """Whoever prints it does not print the key."""
    assert "s3cret" not in repr(Visit("s3cret", "team", 0.0))
