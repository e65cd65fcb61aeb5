"""Are the APIs there, and do they answer fast and without errors?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.answers import require_seen
from fixtures.probes.apis import Deployment, ErrorShare, Latency


@named("apis.deployed")
def test_every_api_is_deployed(deployed_apis: list[Deployment]) -> None:
    """Every declared API exists exactly once, and its stage is deployed."""
    assert [one for one in deployed_apis if not one.is_deployed] == []


@named("apis.latency")
def test_apis_answer_in_time(api_latencies: list[Latency]) -> None:
    """No latency percentile of the last hour's requests is above its limit."""
    assert [one for one in api_latencies if one.is_slow] == []
    require_seen(api_latencies)


@named("apis.error_rate")
def test_few_requests_fail(api_errors: list[ErrorShare]) -> None:
    """Few of the last hour's requests ended in a 5xx, in no five minutes many, and not half in a 4xx."""
    assert [one for one in api_errors if one.is_high] == []
    require_seen(api_errors)
