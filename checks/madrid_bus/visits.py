"""How do we ask the system's own APIs? As one group of visitors per run, with the shared key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from checks.madrid_bus.contract import Reading
from fixtures.aws import USER_AGENT
from fixtures.concurrency import each
from fixtures.probes.http import Ask
from fixtures.web import Web

LATEST = {"mode": "latest"}
HEALTH_CHECK = "health-check"
STAGE = "/production"
# The session itself keeps to what its environment allows.
AT_ONCE = 32
Item = TypeVar("Item")


@dataclass(frozen=True)
class Visit:
    """Who we are to the APIs in this run. `clock_offset_s` is AWS's clock minus ours."""

    key: str = field(repr=False)
    group: str
    clock_offset_s: float
    began_s: float = field(default_factory=monotonic)

    @property
    def headers(self) -> dict[str, str]:
        """What lets us in to REST and MCP."""
        return headers(self.key, self.group)

    def now(self) -> datetime:
        """What AWS's clock says."""
        return datetime.now(UTC) + timedelta(seconds=self.clock_offset_s)


def headers(key: str, group: str) -> dict[str, str]:
    """The two headers that REST and MCP want."""
    return {"x-api-key": key, "x-group-name": group}


def socket_url(endpoint: str, query: Mapping[str, str]) -> str:
    """The URL of the WebSocket stage: scheme and stage are added to the endpoint where it lacks them."""
    base = (endpoint if "://" in endpoint else f"wss://{endpoint}").rstrip("/")
    if not urlsplit(base).path.endswith(STAGE):
        base += STAGE
    return f"{base}?{urlencode(query)}" if query else base


def socket_headers() -> dict[str, str]:
    """What a handshake says of us."""
    return {"User-Agent": USER_AGENT}


def sampled(items: Sequence[Item], most: int | None) -> list[Item]:
    """At most so many of them, spread evenly, the first one among them; all for None."""
    if most is None or most >= len(items):
        return list(items)
    return [items[index * len(items) // most] for index in range(most)]


def ask_latest(web: Web, visit: Visit, paths: Iterable[str]) -> list[Reading]:
    """What the REST API says is the newest, by path."""
    return each(lambda path: read(web, visit, "api", Ask(path, LATEST, visit.headers)), paths, AT_ONCE)


def call_tools(web: Web, visit: Visit, calls: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Reading]:
    """What the MCP server's tools say; each is asked as `tool(arguments)`."""

    def call(named: tuple[str, Mapping[str, Any]]) -> Reading:
        tool, arguments = named
        asked = f"{tool}({', '.join(str(value) for value in arguments.values())})"
        return read(web, visit, "mcp", post("/mcp/call-tool", visit.headers, tool, arguments), asked)

    return each(call, calls, AT_ONCE)


def post(
    path: str, headers: Mapping[str, str], tool: str = "", arguments: Mapping[str, Any] | None = None
) -> Ask:
    """A request to the MCP server, with the call of a tool if one is named."""
    body = {"tool": tool, "arguments": dict(arguments or {})} if tool else {}
    return Ask(path, {}, {**headers, "Content-Type": "application/json"}, "POST", body)


def read(web: Web, visit: Visit, endpoint: str, ask: Ask, asked: str = "") -> Reading:
    """The answer to one request, as of AWS's clock; a bare JSON array is read as an object's `items`."""
    reply = web.ask(endpoint, ask)
    body = {"items": reply.json} if isinstance(reply.json, list) else reply.fields
    return Reading(asked or ask.path, reply.status, reply.seconds, visit.now(), body)
