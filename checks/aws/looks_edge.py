"""What is before and between the parts? Distributions, event rules and queues."""

from __future__ import annotations

from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import EventRule
from fixtures.probes import callers, distributions, events, queues
from fixtures.probes.inspections import Inspection
from fixtures.probes.metrics import Measurements
from fixtures.targets import Target

EVENTS = "events.amazonaws.com"


@observation
def distribution_services(aws: Aws, target: Target) -> list[Inspection]:
    """Whether every declared distribution serves."""
    there = distributions.distributions(aws.client("cloudfront"))
    return [
        distributions.service(there, one.comment, one.alias, one.min_tls)
        for one in target.parts.distributions
    ]


@observation
def event_ways(aws: Aws, target: Target, caller: Caller) -> list[Inspection]:
    """Whether the events of every declared rule lead to its function."""
    bridge, functions = aws.client("events"), aws.client("lambda")

    def way(one: EventRule) -> Inspection:
        found = events.rule(bridge, one.name, one.bus)
        admitted = callers.admissions(functions, one.target)
        event = events.sample(one.source, one.detail_type, one.detail, caller.account, caller.region)
        is_admitted = callers.admits(admitted, EVENTS, found.arn, caller.account)
        return events.way(found, event, one.target, is_admitted)

    return each(way, target.parts.event_rules)


@observation
def queue_facts(aws: Aws, target: Target) -> list[queues.Queue]:
    """Every declared queue."""
    client = aws.client("sqs")
    return each(lambda one: queues.queue(client, one.name), target.parts.queues)


@observation
def queue_keepings(
    queue_facts: list[queues.Queue], metrics: Measurements, target: Target
) -> list[Inspection]:
    """Whether every declared queue keeps its messages, and is read."""
    return [
        queues.keeping(found, metrics, one.retention_s, one.max_age_s)
        for found, one in zip(queue_facts, target.parts.queues, strict=True)
    ]
