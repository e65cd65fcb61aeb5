"""Is everything there that was declared?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inventories import Inventory


@named("parts.present")
def test_every_declared_part_is_there(inventory: list[Inventory]) -> None:
    """Every declared function, table, bucket, user pool, API, log group and distribution is there."""
    assert [str(kind) for kind in inventory if kind.missing] == []
