"""Are the buckets there, protected, and with what they must hold?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inspections import Inspection


@named("buckets.protected")
def test_every_bucket_is_protected(bucket_protections: list[Inspection]) -> None:
    """Every declared bucket exists once, versioned, encrypted and closed to the public."""
    assert [one for one in bucket_protections if one.faults] == []


@named("buckets.hold")
def test_buckets_hold_their_objects(bucket_holdings: list[Inspection]) -> None:
    """Every declared object is in its bucket."""
    assert [one for one in bucket_holdings if one.faults] == []
