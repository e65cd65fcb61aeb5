"""Is the way to the private services open?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.network import Link, Targets


@named("network.vpc_links_available")
def test_every_vpc_link_is_available(vpc_links: list[Link]) -> None:
    """Every declared VPC link is AVAILABLE."""
    assert [one for one in vpc_links if one.status != "AVAILABLE"] == []


@named("network.targets_healthy")
def test_every_target_group_has_healthy_targets(target_health: list[Targets]) -> None:
    """Every declared target group has as many healthy targets as it needs."""
    assert [one for one in target_health if not one.is_enough] == []
