"""In which ways do the doors break: who is let in, who is kept out, and which key is the right one?"""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from typing import Any

from fixtures.twins.exchange import Answer, Request
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

API, MCP, SOCKET = "madrid_bus/api", "madrid_bus/mcp", "madrid_bus/websocket"
SECRET = "bus-simulator/api-key"  # noqa: S105 (its name)
ANYBODY = "anybody"


def _key(world: World) -> str:
    text = world.aws.client("secretsmanager").get_secret_value(SecretId=SECRET)["SecretString"]
    return str(json.loads(text)["api_key"])


def _open(world: World, prefix: str) -> None:
    """Let everybody in who knocks there."""
    key = _key(world)

    def before(request: Request) -> Request:
        return replace(request, headers={**request.headers, "x-api-key": key, "x-group-name": ANYBODY})

    world.web.before(prefix, before)


@fault(notices=["BUS-40"], spares=["BUS-38", "BUS-45", "BUS-33"])
def one_route_lost_its_authorizer(world: World) -> None:
    """/sensors answers whoever asks."""
    _open(world, f"{API}/sensors")


@fault(notices=["BUS-40"], spares=["BUS-45", "BUS-26"])
def group_name_became_optional(world: World) -> None:
    """The REST API lets in whoever has the key, without a group."""

    def before(request: Request) -> Request:
        group = request.headers.get("x-group-name") or ANYBODY
        return replace(request, headers={**request.headers, "x-group-name": group})

    world.web.before(API, before)


@fault(notices=["BUS-45"], spares=["BUS-40", "BUS-38"])
def websocket_let_anyone_in(world: World) -> None:
    """A socket opens whatever the key."""
    key = _key(world)
    world.web.before(SOCKET, lambda request: replace(request, query={**request.query, "api_key": key}))


@fault(notices=["BUS-38"], spares=["BUS-40", "BUS-27"])
def mcp_let_anyone_in(world: World) -> None:
    """The MCP server lists its tools for whoever has the key, and calls them for anybody."""
    _open(world, f"{MCP}/mcp/call-tool")


@fault(notices=["BUS-75"], spares=["BUS-40", "BUS-26", "BUS-31"])
def a_rejection_changed_its_code(world: World) -> None:
    """A wrong key is answered with 500; still nobody gets in."""

    def after(_request: Request, answer: Answer) -> Answer:
        is_wrong_key = answer.status == 401 and b"Invalid API key" in answer.body
        return answer.with_json({"message": "Internal Server Error"}, 500) if is_wrong_key else answer

    world.web.after(API, after)


@fault(notices=["BUS-73", "BUS-31"], spares=["BUS-47", "BUS-37"])
def the_secret_lost_its_key(world: World) -> None:
    """The secret calls its key by another name."""
    _show_secret(world, {"key": secrets.token_hex(16)})


@fault(notices=["BUS-31", "BUS-26"], spares=["BUS-73", "BUS-47"])
def the_key_was_rotated_but_not_read(world: World) -> None:
    """The secret holds a new key, the APIs still want the old one."""
    _show_secret(world, {"api_key": secrets.token_hex(16)})


def _show_secret(world: World, value: dict[str, str]) -> None:
    """What the secret says to everybody but the twin's own APIs."""

    def change(call: Call, answer: dict[str, Any]) -> dict[str, Any]:
        return answer | {"SecretString": json.dumps(value)} if call.params["SecretId"] == SECRET else answer

    world.aws.rule("secretsmanager", "GetSecretValue", change)
