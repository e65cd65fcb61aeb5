"""How do secrets, alarms, identity and permissions break?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_was_emptied(world: World) -> None:
    """The secrets hold none of the keys they should."""
    _bend_secrets(world, lambda _values: {"key": "its-name-has-changed-since"})


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_kept_its_placeholder(world: World) -> None:
    """Nobody ever set the secrets."""
    _bend_secrets(world, lambda values: dict.fromkeys(values, "change-me-change-me-change-me"))


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_was_cut_short(world: World) -> None:
    """Five characters are left of every secret."""
    _bend_secrets(world, lambda values: {key: value[:5] for key, value in values.items()})


def _bend_secrets(world: World, bend: Callable[[dict[str, str]], dict[str, str]]) -> None:
    def bent(_call: Call, answer: Answer) -> Answer:
        return answer | {"SecretString": json.dumps(bend(json.loads(answer["SecretString"])))}

    world.aws.rule("secretsmanager", "GetSecretValue", bent)


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_was_marked_for_deletion(world: World) -> None:
    """The secrets are scheduled for deletion, and cannot be read meanwhile."""
    yesterday = world.clock.ago(days=1)
    world.aws.rule(
        "secretsmanager", "DescribeSecret", lambda _call, answer: answer | {"DeletedDate": yesterday}
    )
    message = "You can't perform this operation on the secret because it was marked for deletion."
    world.aws.refuse("secretsmanager", "GetSecretValue", "InvalidRequestException", message)


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_vanished(world: World) -> None:
    """The secrets do not exist any more."""
    for operation in ("DescribeSecret", "GetSecretValue"):
        message = "Secrets Manager can't find the specified secret."
        world.aws.refuse("secretsmanager", operation, "ResourceNotFoundException", message)


def _bend_alarms(world: World, **values: Any) -> None:
    def bent(_call: Call, answer: Answer) -> Answer:
        return answer | {"MetricAlarms": [one | values for one in answer["MetricAlarms"]]}

    world.aws.rule("cloudwatch", "DescribeAlarms", bent)


@fault(notices=["alarms.quiet"], spares=["alarms.armed", "alarms.as_agreed"])
def an_alarm_rang(world: World) -> None:
    """The alarms have been in ALARM for ten minutes."""
    _bend_alarms(world, StateValue="ALARM", StateTransitionedTimestamp=world.clock.ago(minutes=10))


@fault(notices=["alarms.quiet"], spares=["alarms.armed", "alarms.as_agreed"])
def an_alarm_starved(world: World) -> None:
    """The alarms have had no data for three days."""
    since = world.clock.now() - timedelta(days=3)
    _bend_alarms(world, StateValue="INSUFFICIENT_DATA", StateTransitionedTimestamp=since)


@fault(notices=["alarms.armed"], spares=["alarms.quiet", "alarms.as_agreed"])
def an_alarm_lost_its_actions(world: World) -> None:
    """The alarms tell nobody."""
    _bend_alarms(world, AlarmActions=[])


@fault(notices=["alarms.armed"], spares=["alarms.quiet", "alarms.as_agreed"])
def an_alarm_was_switched_off(world: World) -> None:
    """The actions of the alarms are disabled."""
    _bend_alarms(world, ActionsEnabled=False)


@fault(notices=["alarms.armed"], spares=["alarms.quiet", "identity.permitted"])
def an_alarms_topic_vanished(world: World) -> None:
    """The topics that the alarms tell do not exist."""
    world.aws.refuse("sns", "ListSubscriptionsByTopic", "NotFound", "Topic does not exist", 404)


@fault(notices=["alarms.armed"], spares=["alarms.quiet"])
def an_alarms_subscriber_never_confirmed(world: World) -> None:
    """The topics that the alarms tell have subscribers, but none who confirmed."""

    def pending(_call: Call, answer: Answer) -> Answer:
        subscriptions = [one | {"SubscriptionArn": "PendingConfirmation"} for one in answer["Subscriptions"]]
        return answer | {"Subscriptions": subscriptions}

    world.aws.rule("sns", "ListSubscriptionsByTopic", pending)


@fault(notices=["alarms.as_agreed"], spares=["alarms.quiet", "alarms.armed"])
def an_alarms_threshold_was_raised(world: World) -> None:
    """The alarms ring at a million."""
    _bend_alarms(world, Threshold=1_000_000.0)


@fault(notices=["alarms.as_agreed", "alarms.quiet", "alarms.armed"], spares=["functions.error_rate"])
def an_alarm_was_deleted(world: World) -> None:
    """There are no alarms."""
    world.aws.rule("cloudwatch", "DescribeAlarms", lambda _call, answer: answer | {"MetricAlarms": []})


@fault(notices=["identity.expected"])
def another_account_answered(world: World) -> None:
    """The credentials belong to another account."""
    other = {"Account": "999999999999", "Arn": "arn:aws:iam::999999999999:user/moto"}
    world.aws.rule("sts", "GetCallerIdentity", lambda _call, answer: answer | other)


@fault(notices=["identity.permitted"], spares=["identity.expected", "functions.error_rate"])
def a_permission_was_missing(world: World) -> None:
    """The caller may not list functions."""
    world.aws.refuse("lambda", "ListFunctions", "AccessDeniedException", "User is not authorized", 403)
