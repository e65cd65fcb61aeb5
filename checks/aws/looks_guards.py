"""Who watches, and who are we? Secrets, alarms, identity and permissions."""

from __future__ import annotations

from checks.aws.questions import agreed, now_of, reads
from fixtures.aws import Aws, Caller
from fixtures.causes import explain, iam_action
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes import alarms, identity, secrets
from fixtures.targets import Target
from reports.results import Cause


@observation
def secret_shapes(aws: Aws, target: Target) -> list[secrets.SecretShape]:
    """The shape of every declared secret, never its value."""
    client = aws.client("secretsmanager")
    return each(lambda one: secrets.shape(client, one.name, one.keys, one.min_length), target.parts.secrets)


@observation
def alarm_states(aws: Aws, target: Target, caller: Caller) -> list[alarms.Alarm]:
    """Every alarm with the system's prefix, every declared one, and every composite one there is of those."""
    declared = [alarm.name for alarm in target.parts.alarms]
    composite = [alarm.name for alarm in target.parts.composite_alarms]
    client, prefix = aws.client("cloudwatch"), target.parts.alarm_prefix
    found = alarms.alarms(client, prefix, [*declared, *composite], now_of(caller))
    return [one for one in found if one.state != alarms.MISSING or one.name in declared]


@observation
def alarm_armaments(aws: Aws, alarm_states: list[alarms.Alarm]) -> list[alarms.Armament]:
    """Whether each of them would reach somebody."""
    client, topics = aws.client("sns"), alarms.topics_of(alarm_states)
    counts = each(lambda topic: alarms.confirmed_subscriptions(client, topic), topics)
    subscribers = dict(zip(topics, counts, strict=True))
    return [alarms.armament(alarm, subscribers) for alarm in alarm_states]


@observation
def alarm_agreements(target: Target, alarm_states: list[alarms.Alarm]) -> list[alarms.Agreement]:
    """Where each declared alarm differs from what was agreed."""
    there = {alarm.name: alarm for alarm in alarm_states}
    return [alarms.agreement(there[one.name], agreed(one)) for one in target.parts.alarms]


@observation
def identity_facts(caller: Caller, target: Target) -> list[identity.Fact]:
    """Account and region, as AWS and the system's own URLs tell them, beside the expected ones."""
    region = target.place.region
    facts = [
        identity.Fact("account", caller.account, target.account),
        identity.Fact("region", caller.region, region),
    ]
    for name in target.system.endpoints:
        text = target.place.endpoints[name]
        told = identity.region_of(target.resolve(text) if text.startswith("env:") else text)
        facts += [identity.Fact(f"region of {name}", told, region)] if told else []
    return facts


@observation
def permissions(aws: Aws, target: Target) -> list[identity.Permission]:
    """One read of each AWS service that the system's parts need."""

    def ask(read: identity.Read) -> identity.Permission:
        action = iam_action(read.service, read.operation)
        try:
            identity.attempt(aws.client(read.service), read)
        except Exception as error:
            unseen = explain(error)
            # A part that is not there was permitted to be looked for.
            is_answered = unseen.cause is Cause.NO_DATA
            cause = "" if is_answered else unseen.cause.value
            return identity.Permission(action, cause, unseen.detail.removeprefix(f"{action}: "))
        return identity.Permission(action)

    return each(ask, list(reads(target)))
