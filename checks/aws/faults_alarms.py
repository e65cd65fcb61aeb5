"""How do alarms ring, and how do they fail to?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from checks.aws.aiming import aim
from fixtures.targets import Target
from fixtures.twins.alarm_records import Alarm
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]
AGREED, COMPOSITE = "alarms.as_agreed", "alarms.composite"


def _alarm(
    world: World, check: str, fits: Callable[[Any], object] = lambda _alarm: True, kind: str = "alarms"
) -> tuple[Target, Alarm]:
    """The first declared alarm that fits, as it stands in the twin, and its system."""
    target, declared = aim(world, check, kind, fits)
    return target, world.alarms.alarms[target.place.region, declared.name]


def _hold(world: World, alarm: Alarm, state: str, since: datetime) -> None:
    world.alarms.hold(alarm.name, state, since)


@fault(notices=["alarms.quiet"], spares=["alarms.armed", "alarms.as_agreed"])
def an_alarm_rang(world: World) -> None:
    """An alarm has been in ALARM for ten minutes."""
    _hold(world, _alarm(world, "alarms.quiet")[1], "ALARM", world.clock.ago(minutes=10))


@fault(notices=["alarms.quiet"], spares=["alarms.armed", "alarms.as_agreed"])
def an_alarm_starved(world: World) -> None:
    """An alarm has had no data for three days."""
    _hold(world, _alarm(world, "alarms.quiet")[1], "INSUFFICIENT_DATA", world.clock.ago(days=3))


@fault(notices=["alarms.fed"], spares=["alarms.quiet", "alarms.armed", "alarms.as_agreed"])
def an_alarm_had_no_data(world: World) -> None:
    """An alarm has had no data for an hour, although its function is invoked."""
    _, alarm = _alarm(world, "alarms.fed", lambda one: "FunctionName" in one.dimensions)
    _hold(world, alarm, "INSUFFICIENT_DATA", world.clock.ago(hours=1))


@fault(notices=["alarms.armed"], spares=["alarms.quiet", "alarms.as_agreed"])
def an_alarm_lost_its_actions(world: World) -> None:
    """An alarm tells nobody."""
    _alarm(world, "alarms.armed")[1].settings["AlarmActions"] = []


@fault(notices=["alarms.armed"], spares=["alarms.quiet", "alarms.as_agreed"])
def an_alarm_was_switched_off(world: World) -> None:
    """The actions of an alarm are disabled."""
    _alarm(world, "alarms.armed")[1].settings["ActionsEnabled"] = False


@fault(notices=["alarms.armed"], spares=["alarms.quiet", "alarms.as_agreed"])
def an_alarms_topic_vanished(world: World) -> None:
    """An alarm tells a topic that does not exist."""
    _, alarm = _alarm(world, "alarms.armed")
    alarm.settings["AlarmActions"] = [f"{one}-that-is-gone" for one in alarm.settings["AlarmActions"]]


@fault(notices=["alarms.armed"], spares=["alarms.quiet"])
def an_alarms_subscriber_never_confirmed(world: World) -> None:
    """The topic that an alarm tells has subscribers, but none who confirmed."""
    _, alarm = _alarm(world, "alarms.armed")
    topics = alarm.settings["AlarmActions"]

    def pending(call: Call, answer: Answer) -> Answer:
        if call.params["TopicArn"] not in topics:
            return answer
        subscriptions = [one | {"SubscriptionArn": "PendingConfirmation"} for one in answer["Subscriptions"]]
        return answer | {"Subscriptions": subscriptions}

    world.aws.rule("sns", "ListSubscriptionsByTopic", pending)


@fault(notices=["alarms.as_agreed"], spares=["alarms.quiet", "alarms.armed"])
def an_alarms_threshold_was_raised(world: World) -> None:
    """An alarm rings at a million."""
    _alarm(world, AGREED)[1].settings["Threshold"] = 1_000_000.0


@fault(notices=["alarms.as_agreed"], spares=["alarms.quiet", "alarms.armed", "functions.percentiles"])
def an_alarm_was_loosened(world: World) -> None:
    """The alarm on the p99 of a function rings at ten times the agreed duration."""
    _, alarm = _alarm(world, AGREED, lambda one: one.statistic.startswith("p"))
    alarm.settings["Threshold"] *= 10


@fault(notices=["alarms.as_agreed"], spares=["alarms.quiet", "alarms.armed"])
def an_alarm_lost_its_percentile(world: World) -> None:
    """The alarm on the p99 of a function watches the average."""
    _, alarm = _alarm(world, AGREED, lambda one: one.statistic.startswith("p"))
    del alarm.settings["ExtendedStatistic"]
    alarm.settings["Statistic"] = "Average"


@fault(notices=["alarms.as_agreed"], spares=["alarms.quiet", "alarms.armed"])
def an_alarm_watched_another_environment(world: World) -> None:
    """An alarm watches a function of another environment."""
    _, alarm = _alarm(world, AGREED, lambda one: "FunctionName" in one.dimensions)
    alarm.settings["Dimensions"] = [
        {"Name": one["Name"], "Value": f"{one['Value']}-dev"} for one in alarm.settings["Dimensions"]
    ]


@fault(notices=["alarms.as_agreed"], spares=["alarms.quiet", "alarms.armed"])
def an_alarm_was_made_to_wait(world: World) -> None:
    """An alarm rings only after an hour."""
    _, alarm = _alarm(world, AGREED)
    periods = 3600 // alarm.settings["Period"]
    alarm.settings |= {"EvaluationPeriods": periods, "DatapointsToAlarm": periods}


@fault(notices=["alarms.as_agreed"], spares=["alarms.armed"])
def an_alarm_took_silence_for_health(world: World) -> None:
    """An alarm treats missing data otherwise than agreed."""
    _, alarm = _alarm(world, AGREED, lambda one: one.treat_missing_data == "notBreaching")
    alarm.settings["TreatMissingData"] = "ignore"


@fault(notices=["alarms.as_agreed"], spares=["alarms.quiet", "alarms.armed"])
def the_throttle_alarm_was_redefined(world: World) -> None:
    """The alarm on a table rings at a hundred times the agreed number."""
    _, alarm = _alarm(world, AGREED, lambda one: one.namespace == "AWS/DynamoDB")
    alarm.settings["Threshold"] *= 100


@fault(notices=["alarms.as_agreed", "alarms.quiet", "alarms.armed"], spares=["functions.present"])
def an_alarm_was_deleted(world: World) -> None:
    """An alarm does not exist any more."""
    target, alarm = _alarm(world, AGREED)
    del world.alarms.alarms[target.place.region, alarm.name]


@fault(notices=["alarms.composites_quiet", "alarms.composite"], spares=["alarms.quiet", "alarms.as_agreed"])
def the_composite_was_removed(world: World) -> None:
    """A composite alarm does not exist any more."""
    target, alarm = _alarm(world, COMPOSITE, kind="composite_alarms")
    del world.alarms.alarms[target.place.region, alarm.name]


@fault(notices=["alarms.composites_quiet", "alarms.quiet"], spares=["alarms.as_agreed", "alarms.composite"])
def the_composite_fired(world: World) -> None:
    """A composite alarm has been in ALARM for ten minutes."""
    _, alarm = _alarm(world, COMPOSITE, kind="composite_alarms")
    _hold(world, alarm, "ALARM", world.clock.now() - timedelta(minutes=10))


def _name_children(world: World, change: Callable[[list[str]], list[str]]) -> None:
    _, alarm = _alarm(world, COMPOSITE, kind="composite_alarms")
    children = change(list(alarm.children))
    alarm.settings["AlarmRule"] = " OR ".join(f'ALARM("{name}")' for name in children)


@fault(notices=["alarms.composite"], spares=["alarms.composites_quiet", "alarms.as_agreed"])
def the_composite_forgot_an_endpoint(world: World) -> None:
    """A composite alarm does not name its last two alarms."""
    _name_children(world, lambda children: children[:-2])


@fault(notices=["alarms.composite"], spares=["alarms.composites_quiet", "alarms.as_agreed"])
def the_composite_named_a_ghost(world: World) -> None:
    """A composite alarm also names an alarm that does not exist."""
    _name_children(world, lambda children: [*children, "an-alarm-that-is-gone"])


@fault(notices=["alarms.composite"], spares=["alarms.as_agreed"])
def the_composite_asked_for_all(world: World) -> None:
    """A composite alarm rings only when all of its alarms do."""
    _, alarm = _alarm(world, COMPOSITE, kind="composite_alarms")
    alarm.settings["AlarmRule"] = alarm.settings["AlarmRule"].replace(" OR ", " AND ")
