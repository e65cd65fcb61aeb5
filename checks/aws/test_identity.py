"""Are we where we mean to be, and may we look?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.answers import require_seen
from fixtures.probes.identity import Fact, Permission


@named("identity.expected")
def test_account_and_region_are_the_expected_ones(identity_facts: list[Fact]) -> None:
    """The caller's account and region, and the regions of the system's URLs, are the environment's."""
    assert [one for one in identity_facts if one.found != one.expected] == []


@named("identity.permitted")
def test_every_needed_read_is_permitted(permissions: list[Permission]) -> None:
    """One read of each AWS service that the system's parts need is permitted."""
    assert [one for one in permissions if one.is_denied] == []
    require_seen(permissions)
