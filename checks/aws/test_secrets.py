"""Are the secrets there, and whole?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.secrets import SecretShape


@named("secrets.readable")
def test_every_secret_can_be_read(secret_shapes: list[SecretShape]) -> None:
    """Every secret exists, is not to be deleted, and holds its keys, each long enough."""
    assert [one for one in secret_shapes if one.faults] == []
