"""Does the system stand what is done to it in an emergency?"""

from __future__ import annotations

from checks.madrid_bus.drills import Restart, Rotation, Scaling
from fixtures.binding import proves


@proves("BUS-55")
def test_a_restarted_feeder_writes_again(restart: Restart) -> None:
    """A restarted feeder is stable within 10 minutes, and its data are fresh 5 minutes later."""
    assert restart.complaints == []


@proves("BUS-72")
def test_the_mcp_server_scales_up_and_down(scaling: Scaling) -> None:
    """The MCP server scales to one task more and back in time, and answers rightly all the while."""
    assert scaling.complaints == []


@proves("BUS-91")
def test_a_changed_key_counts_everywhere(rotation: Rotation) -> None:
    """A new key opens every API at once, the old one none after 330 s, and it is put back."""
    assert rotation.complaints == []
