"""Are the parts connected: viewers to the front end, events and messages to those who handle them?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inspections import Inspection


@named("distributions.serving")
def test_every_distribution_serves(distribution_services: list[Inspection]) -> None:
    """Every declared distribution is enabled and deployed, and its viewers use https with a modern TLS."""
    assert [one for one in distribution_services if one.faults] == []


@named("events.rule_leads_to_its_function")
def test_every_rule_leads_events_to_its_function(event_ways: list[Inspection]) -> None:
    """Every declared rule is enabled, lets its events through, and may call its function, which is its only
    target."""
    assert [one for one in event_ways if one.faults] == []


@named("queues.kept")
def test_every_queue_keeps_its_messages(queue_keepings: list[Inspection]) -> None:
    """Every declared queue keeps messages as long as agreed, and lets none wait for too long."""
    assert [one for one in queue_keepings if one.faults] == []
