"""Is the way to the private services open, and to nobody else?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inspections import Inspection
from fixtures.probes.network import Link, Targets


@named("network.vpc_links_available")
def test_every_vpc_link_is_available(vpc_links: list[Link]) -> None:
    """Every declared VPC link is AVAILABLE."""
    assert [one for one in vpc_links if one.status != "AVAILABLE"] == []


@named("network.targets_healthy")
def test_every_target_group_has_healthy_targets(target_health: list[Targets]) -> None:
    """Every declared target group has as many healthy targets as it needs."""
    assert [one for one in target_health if not one.is_enough] == []


@named("network.closed")
def test_no_group_lets_the_internet_in(group_openness: list[Inspection]) -> None:
    """Every declared security group exists and is tagged, and none of the system's admits the internet."""
    assert [one for one in group_openness if one.faults] == []


@named("network.admits")
def test_every_group_lets_through_whom_it_must(group_admissions: list[Inspection]) -> None:
    """Every declared security group admits its port from where it should, and reaches what it must."""
    assert [one for one in group_admissions if one.faults] == []
