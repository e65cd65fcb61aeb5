"""What do the tests of the twin's APIs talk to? One living twin, and a client of each of its APIs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

import requests
from websocket import WebSocket, create_connection

from fixtures.twins.world import World

TICK_S = 0.25
LATEST = "mode=latest"
PAST = "timestamp=2026-01-01T00:00:00Z"
ROUTES = ("people-count/S001", "sensors/bus/B001", "bus-position/B001", "bus-position/line/L1")


@dataclass
class Twin:
    """A living twin and a client of each of its APIs."""

    world: World
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def key(self) -> str:
        """The key as the secret has it."""
        secret = self.aws("secretsmanager").get_secret_value(SecretId="bus-simulator/api-key")
        return str(json.loads(secret["SecretString"])["api_key"])

    @property
    def identity(self) -> dict[str, str]:
        """Headers that are let in."""
        return {"x-api-key": self.key, "x-group-name": "tests"}

    def aws(self, service: str) -> Any:
        """A client of the twin's AWS side."""
        return self.world.aws.client(service, "eu-west-1")

    def get(self, path: str, headers: dict[str, str] | None = None) -> requests.Response:
        """GET below the REST API, let in unless other headers are given."""
        url = f"{self.world.exports['MADRID_BUS_API_URL']}/{path}"
        return self.session.get(url, headers=self.identity if headers is None else headers, timeout=5)

    def mcp(self, route: str, body: Any = None, headers: dict[str, str] | None = None) -> requests.Response:
        """POST below the MCP API, let in unless other headers are given."""
        url = f"{self.world.exports['MADRID_BUS_MCP_ENDPOINT']}/mcp/{route}"
        data = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        return self.session.post(
            url, data=data, headers=self.identity if headers is None else headers, timeout=5
        )

    def tool(self, name: str, **arguments: str) -> dict[str, Any]:
        """What a tool answers, which must be well."""
        answer = self.mcp("call-tool", {"tool": name, "arguments": arguments})
        assert answer.status_code == 200
        said: dict[str, Any] = answer.json()
        assert said["success"] is True
        assert said["count"] == len(said["data"])
        return said

    def connect(self, query: str | None = None, **options: Any) -> WebSocket:
        """A socket, let in unless another query is given."""
        query = f"api_key={quote(self.key, safe='')}&group_name=tests" if query is None else query
        url = f"{self.world.exports['MADRID_BUS_WS_ENDPOINT']}/production?{query}"
        socket: WebSocket = create_connection(url, timeout=5, http_no_proxy=["*"], **options)
        return socket

    def connections(self) -> list[dict[str, Any]]:
        """The rows of the connection table."""
        items: list[dict[str, Any]] = self.aws("dynamodb").scan(
            TableName="bus-simulator-websocket-connections"
        )["Items"]
        return items


def eventually(holds: Callable[[], object], seconds: float = 5.0) -> bool:
    """Whether something comes true in time."""
    deadline = monotonic() + seconds
    while monotonic() < deadline:
        if holds():
            return True
        sleep(0.02)
    return False


def say(socket: WebSocket, message: object) -> dict[str, Any]:
    """The answer to a message: the first frame that is not an update."""
    socket.send(message if isinstance(message, str) else json.dumps(message))
    while "bus_id" in (frame := json.loads(socket.recv())):
        pass
    answer: dict[str, Any] = frame
    return answer


def age_s(body: dict[str, Any]) -> float:
    """How old a body says it is."""
    return (datetime.now(UTC) - datetime.fromisoformat(body["time"])).total_seconds()
