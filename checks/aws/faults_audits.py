"""How does an account go unwatched, and a network open?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from checks.aws.aiming import aim
from fixtures.parts import SecurityGroup
from fixtures.targets import Target
from fixtures.twins.audits import Detector, SecretRead, Trail
from fixtures.twins.faults import fault
from fixtures.twins.security_groups import SecurityGroup as Group
from fixtures.twins.world import World


def _group(world: World, check: str, fits: Callable[[SecurityGroup], object] = lambda _: True) -> Group:
    target, group = aim(world, check, "security_groups", fits)
    return world.groups.find(target.place.region, group.name)


def _admit(group: Group, port: int, **source: Any) -> None:
    group.inbound.append({"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source})


@fault(notices=["network.closed"], spares=["network.admits"])
def a_group_was_opened_to_the_world(world: World) -> None:
    """A security group admits ssh from anywhere."""
    _admit(_group(world, "network.closed", lambda one: one.port), 22, IpRanges=[{"CidrIp": "0.0.0.0/0"}])


@fault(notices=["network.closed"], spares=["network.admits"])
def a_group_was_opened_over_ipv6(world: World) -> None:
    """A security group admits https from anywhere that has an IPv6 address."""
    _admit(_group(world, "network.closed", lambda one: one.port), 443, Ipv6Ranges=[{"CidrIpv6": "::/0"}])


@fault(notices=["network.closed"], spares=["network.admits"])
def a_group_lost_its_tags(world: World) -> None:
    """A security group does not say whose it is."""
    _group(world, "network.closed").tags.clear()


@fault(notices=["network.closed", "network.admits"], spares=["network.targets_healthy"])
def a_group_was_deleted(world: World) -> None:
    """A security group does not exist any more."""
    world.groups.groups.remove(_group(world, "network.closed"))


@fault(notices=["network.admits"], spares=["network.closed"])
def a_group_lost_its_rule(world: World) -> None:
    """A security group admits nobody to its port."""
    _group(world, "network.admits", lambda one: one.port).inbound.clear()


@fault(notices=["network.admits"], spares=["network.closed"])
def a_group_admitted_another_port_only(world: World) -> None:
    """A security group admits whom it should, but one port further."""
    (rule,) = _group(world, "network.admits", lambda one: one.port).inbound
    rule |= {"FromPort": rule["FromPort"] + 1, "ToPort": rule["ToPort"] + 1}


@fault(notices=["network.admits"], spares=["network.closed"])
def a_group_admitted_somebody(world: World) -> None:
    """A security group that should admit nobody lets a network in."""
    _admit(
        _group(world, "network.admits", lambda one: one.port is None),
        5432,
        IpRanges=[{"CidrIp": "192.168.0.0/16"}],
    )


@fault(notices=["network.admits"], spares=["network.closed"])
def a_group_was_cut_off(world: World) -> None:
    """A security group lets nothing out."""
    _group(world, "network.admits", lambda one: one.reaches).outbound.clear()


def _audited(world: World, check: str) -> Target:
    """The first system that has a check of its audit.

    Raises:
        LookupError: none has.
    """
    for target in world.targets:
        if target.parts.audit and target.wants(check):
            world.touched.add(target.system.name)
            return target
    raise LookupError(f"no system of this world has {check}")


def _trail(world: World) -> Trail:
    _audited(world, "audit.trail")
    return world.audits.held.trails[0]


def _detectors(world: World) -> list[Detector]:
    region = _audited(world, "audit.detector").place.region
    return [one for one in world.audits.held.detectors if one.region == region]


@fault(notices=["audit.trail"], spares=["audit.detector"])
def the_trail_stopped(world: World) -> None:
    """The trail does not log any more."""
    _trail(world).is_logging = False


@fault(notices=["audit.trail"], spares=["audit.detector"])
def the_trail_fell_behind(world: World) -> None:
    """The trail has not delivered for three hours."""
    _trail(world).delivered_ago = timedelta(hours=3)


@fault(notices=["audit.trail"], spares=["audit.detector"])
def the_trail_could_not_deliver(world: World) -> None:
    """The bucket refuses what the trail delivers."""
    _trail(world).error = "AccessDenied"


@fault(notices=["audit.trail"], spares=["audit.detector"])
def the_trail_was_deleted(world: World) -> None:
    """There is no trail."""
    world.audits.held.trails.remove(_trail(world))


@fault(notices=["audit.detector"], spares=["audit.trail"])
def the_detector_was_disabled(world: World) -> None:
    """GuardDuty is suspended."""
    for detector in _detectors(world):
        detector.is_enabled = False


@fault(notices=["audit.detector"], spares=["audit.trail"])
def the_detector_was_deleted(world: World) -> None:
    """GuardDuty has no detector."""
    for detector in _detectors(world):
        world.audits.held.detectors.remove(detector)


@fault(notices=["audit.detector"], spares=["audit.trail"])
def the_detector_found_a_threat(world: World) -> None:
    """GuardDuty found stolen credentials at work yesterday."""
    found = {
        "Id": "7ac3e0f1",
        "Type": "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
        "Title": "Credentials of an instance were used from outside AWS.",
        "Severity": 8.0,
        "UpdatedAt": world.clock.ago(days=1).isoformat(),
        "Service": {"Archived": False},
    }
    for detector in _detectors(world):
        detector.findings.append(found)


@fault(notices=["audit.recorder"], spares=["audit.trail", "audit.detector"])
def the_recorder_was_stopped(world: World) -> None:
    """AWS Config records nothing."""
    world.audits.held.recorders[_audited(world, "audit.recorder").place.region] = False


@fault(notices=["audit.secret_reads"], spares=["audit.trail", "secrets.readable"])
def a_stranger_read_a_secret(world: World) -> None:
    """Somebody who is not a reader of a secret read it two hours ago."""
    target, secret = aim(world, "audit.secret_reads", "secrets")
    read = SecretRead(world.clock.ago(hours=2), target.place.region, secret.name, role="somebody-else")
    world.audits.held.reads.append(read)
