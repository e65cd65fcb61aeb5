"""Who could get in unseen? Security groups, and those who watch over the account."""

from __future__ import annotations

from checks.aws.questions import now_of
from fixtures.aws import Aws, Caller
from fixtures.observations import observation
from fixtures.parts import Audit
from fixtures.probes import audits, secret_reads, security_groups
from fixtures.probes.inspections import Inspection
from fixtures.targets import Target

LOOKUP_DEADLINE_S = 60


@observation
def network_groups(aws: Aws, target: Target) -> list[security_groups.Group]:
    """The declared security groups, those they admit, and all that carry the system's tags."""
    declared = target.parts.security_groups
    sources = [source for one in declared for source in one.sources if "/" not in source]
    names = [one.name for one in declared] + sources
    return security_groups.groups(aws.client("ec2"), names, target.system.tags)


@observation
def group_openness(network_groups: list[security_groups.Group], target: Target) -> list[Inspection]:
    """Whether each of them is there, tagged, and closed to the internet."""
    names = [one.name for one in target.parts.security_groups]
    return security_groups.closed(network_groups, names, target.system.tags)


@observation
def group_admissions(network_groups: list[security_groups.Group], target: Target) -> list[Inspection]:
    """Whether each declared group lets through whom it must, and nobody where it must not."""
    return [
        security_groups.admission(network_groups, one.name, one.port, one.sources, one.reaches)
        for one in target.parts.security_groups
    ]


def _agreed(target: Target) -> Audit:
    if target.parts.audit is None:
        raise LookupError("the manifest declares no audit")
    return target.parts.audit


@observation
def trails(aws: Aws, target: Target, caller: Caller) -> list[Inspection]:
    """Whether a trail of the account's calls is kept, and can be asked about a user."""
    client, now = aws.client("cloudtrail"), now_of(caller)
    limit_s = _agreed(target).max_delivery_age_s
    return [
        audits.trail(client, target.place.region, limit_s, now),
        audits.history(client, secret_reads.role_or_user(caller.arn), now),
    ]


@observation(deadline_s=LOOKUP_DEADLINE_S)
def secret_readers(aws: Aws, target: Target, caller: Caller) -> list[Inspection]:
    """Who asked for the declared secrets in the last day, besides those who may and ourselves."""
    names = [one.name for one in target.parts.secrets]
    allowed = [*_agreed(target).secret_readers, secret_reads.role_or_user(caller.arn)]
    found = secret_reads.reads(aws.client("cloudtrail"), names, now_of(caller))
    return [secret_reads.strangers(name, found, allowed) for name in names]


@observation
def recorders(aws: Aws) -> list[Inspection]:
    """Whether AWS Config records what becomes of the account's resources."""
    return [audits.recorder(aws.client("config"))]


@observation
def detectors(aws: Aws, caller: Caller) -> list[Inspection]:
    """Whether GuardDuty is on, and what it found."""
    return [audits.detector(aws.client("guardduty"), now_of(caller))]
