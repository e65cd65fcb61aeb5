"""How do the ways to and between the parts break?"""

from __future__ import annotations

from typing import Any

from checks.aws.aiming import aim
from fixtures.parts import Distribution, EventRule
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


def _bend_distribution(world: World, **changes: Any) -> None:
    """Let a declared distribution be listed otherwise."""
    _, declared = aim(world, "distributions.serving", "distributions")

    def bent(_call: Call, answer: Answer) -> Answer:
        listed = answer["DistributionList"]
        items = [_changed(one, declared, changes) for one in listed["Items"]]
        return {"DistributionList": listed | {"Items": items}}

    world.aws.rule("cloudfront", "ListDistributions", bent)


def _changed(one: dict[str, Any], declared: Distribution, changes: dict[str, Any]) -> dict[str, Any]:
    is_it = one["Comment"] == declared.comment or declared.alias in one["Aliases"].get("Items", ())
    for key, value in changes.items() if is_it else ():
        one[key] = one[key] | value if isinstance(value, dict) else value
    return one


@fault(notices=["distributions.serving"], spares=["apis.deployed"])
def the_distribution_was_disabled(world: World) -> None:
    """A distribution is switched off."""
    _bend_distribution(world, Enabled=False)


@fault(notices=["distributions.serving"], spares=["apis.deployed"])
def the_distribution_stayed_in_progress(world: World) -> None:
    """A change of a distribution has not reached all places yet."""
    _bend_distribution(world, Status="InProgress")


@fault(notices=["distributions.serving"], spares=["apis.deployed"])
def the_distribution_allowed_plain_http(world: World) -> None:
    """Viewers of a distribution may do without encryption."""
    _bend_distribution(world, DefaultCacheBehavior={"ViewerProtocolPolicy": "allow-all"})


@fault(notices=["distributions.serving"], spares=["apis.deployed"])
def the_distribution_allowed_an_old_tls(world: World) -> None:
    """Viewers of a distribution may use a TLS of 2006."""
    _bend_distribution(world, ViewerCertificate={"MinimumProtocolVersion": "TLSv1.1_2016"})


def _rule(world: World) -> tuple[Any, EventRule]:
    """A client for the first declared event rule, and the rule."""
    target, rule = aim(world, "events.rule_leads_to_its_function", "event_rules")
    return world.aws.client("events", target.place.region), rule


def _put_pattern(world: World, pattern: str) -> None:
    client, rule = _rule(world)
    place = {"Name": rule.name, "EventBusName": rule.bus}
    before = client.describe_rule(**place)
    client.put_rule(**place, EventPattern=pattern, State=before["State"])
    world.at_lift(
        lambda: client.put_rule(**place, EventPattern=before["EventPattern"], State=before["State"])
    )


@fault(notices=["events.rule_leads_to_its_function"], spares=["functions.active"])
def an_event_rule_listened_for_something_else(world: World) -> None:
    """The pattern of a rule lets none of the events through that are sent."""
    _put_pattern(world, '{"source": ["somebody.else"]}')


@fault(notices=["events.rule_leads_to_its_function"], spares=["functions.active"])
def an_event_rule_lost_its_target(world: World) -> None:
    """A rule leads nowhere."""
    client, rule = _rule(world)
    place = {"Rule": rule.name, "EventBusName": rule.bus}
    targets = client.list_targets_by_rule(**place)["Targets"]
    client.remove_targets(**place, Ids=[one["Id"] for one in targets])
    world.at_lift(lambda: client.put_targets(**place, Targets=targets))


@fault(notices=["events.rule_leads_to_its_function"], spares=["functions.active"])
def a_function_shut_its_door_to_events(world: World) -> None:
    """The function that a rule leads to does not let events call it."""
    _, rule = _rule(world)
    policies = world.functions.function(rule.target).policies
    policies[""] = [one for one in policies[""] if one["service"] != "events.amazonaws.com"]


@fault(notices=["events.rule_leads_to_its_function"], spares=["functions.active"])
def an_event_rule_vanished(world: World) -> None:
    """A rule does not exist any more."""
    _, rule = _rule(world)
    message = f"Rule {rule.name} does not exist."
    for operation in ("DescribeRule", "ListTargetsByRule"):
        world.aws.refuse("events", operation, "ResourceNotFoundException", message)
