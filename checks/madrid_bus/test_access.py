"""Does everybody with the key and a group get in, and nobody else?"""

from __future__ import annotations

from checks.madrid_bus.access import Attempt
from fixtures.binding import proves


@proves("BUS-40")
def test_rest_lets_in_only_with_key_and_group(rest_attempts: list[Attempt]) -> None:
    """All four REST routes refuse every request without the right key and a group, and accept those with."""
    assert [str(attempt) for attempt in rest_attempts if not attempt.is_right] == []


@proves("BUS-38")
def test_mcp_lets_in_only_with_key_and_group(mcp_attempts: list[Attempt]) -> None:
    """Both MCP routes refuse every request without the right key and a group, and accept those with."""
    assert [str(attempt) for attempt in mcp_attempts if not attempt.is_right] == []


@proves("BUS-45")
def test_the_websocket_lets_in_only_with_key_and_group(socket_attempts: list[Attempt]) -> None:
    """The WebSocket refuses every handshake without the right key and a group, and opens with both."""
    assert [str(attempt) for attempt in socket_attempts if not attempt.is_right] == []


@proves("BUS-31")
def test_the_key_in_the_secret_opens_every_api(secret_attempts: list[Attempt]) -> None:
    """The key in Secrets Manager is the one that REST, WebSocket and MCP accept."""
    assert [str(attempt) for attempt in secret_attempts if not attempt.is_right] == []
