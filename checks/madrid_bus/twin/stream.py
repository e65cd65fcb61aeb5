"""What does the twin's WebSocket API say, and to whom?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from checks.madrid_bus.twin.gate import Gate
from checks.madrid_bus.twin.store import Row, iso
from checks.madrid_bus.twin.trail import Trail
from fixtures.twins.clock import Clock

API = "bus-simulator-websocket-api"
HANDLER = "bus-simulator-websocket-handler"
TABLE = "bus-simulator-websocket-connections"
TTL_S = 86_400
MOST_LINES = 50
FIELDS = (
    "bus_id",
    "line_id",
    "time",
    "latitude",
    "longitude",
    "passenger_count",
    "next_stop_id",
    "distance_to_next_stop",
    "speed",
    "direction",
)


@dataclass(eq=False)
class Connection:
    """An open socket and the frames on their way to it."""

    group: str
    id: str = field(default_factory=lambda: uuid4().hex[:16])
    lines: list[str] = field(default_factory=list)
    frames: asyncio.Queue[Row] = field(default_factory=asyncio.Queue)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)

    def send(self, frames: Iterable[Row]) -> None:
        """Send frames, from any thread."""
        with suppress(RuntimeError):
            for frame in frames:
                self.loop.call_soon_threadsafe(self.frames.put_nowait, frame)


class Stream:
    """Connections are rows of a table; a position goes to those whose row holds its line."""

    def __init__(self, dynamodb: Any, gate: Gate, clock: Clock, trail: Trail) -> None:
        self._dynamodb = dynamodb
        self._gate = gate
        self._clock = clock
        self._trail = trail
        self._connections: dict[str, Connection] = {}
        self.app = Starlette(routes=[WebSocketRoute("/production", self._serve)])

    def push(self, positions: Iterable[Row]) -> None:
        """Let the handler tell every subscriber where the buses of its lines are."""
        frames = [{name: row[name] for name in FIELDS} | {"time": iso(row["time"])} for row in positions]
        with self._trail.invocation(HANDLER):
            for connection_id, lines in self._subscriptions() if self._connections else ():
                connection = self._connections.get(connection_id)
                if connection:
                    connection.send(frame for frame in frames if frame["line_id"] in lines)

    async def _serve(self, socket: WebSocket) -> None:
        key, group = (socket.query_params.get(name, "") for name in ("api_key", "group_name"))
        refusal = await run_in_threadpool(self._gate.refusal, key, group)
        if refusal:
            await socket.send_denial_response(JSONResponse({"message": refusal.message}, refusal.status))
            return
        connection = Connection(group)
        try:
            await run_in_threadpool(self._connect, connection)
        except Exception:
            self._trail.socket(API, "ExecutionError")
            await socket.send_denial_response(JSONResponse({"message": "Internal server error"}, 500))
            return
        try:
            await self._talk(socket, connection)
        finally:
            with suppress(Exception):
                await run_in_threadpool(self._disconnect, connection)

    async def _talk(self, socket: WebSocket, connection: Connection) -> None:
        await socket.accept()
        writer = asyncio.create_task(self._write(socket, connection))
        try:
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                text = message.get("text") or (message.get("bytes") or b"").decode(errors="replace")
                connection.frames.put_nowait(await run_in_threadpool(self._hear, connection, text))
        finally:
            writer.cancel()

    async def _write(self, socket: WebSocket, connection: Connection) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await socket.send_json(await connection.frames.get())

    def _connect(self, connection: Connection) -> None:
        now = self._clock.now()
        self._trail.socket(API, "ConnectCount")
        with self._trail.invocation(HANDLER):
            self._dynamodb.put_item(
                TableName=TABLE,
                Item={
                    "connection_id": {"S": connection.id},
                    "connected_at": {"S": iso(now)},
                    "subscribed_lines": {"L": []},
                    "group_name": {"S": connection.group},
                    "ttl": {"N": str(int(now.timestamp()) + TTL_S)},
                },
            )
        self._connections[connection.id] = connection

    def _disconnect(self, connection: Connection) -> None:
        self._connections.pop(connection.id, None)
        with self._trail.invocation(HANDLER):
            self._dynamodb.delete_item(TableName=TABLE, Key={"connection_id": {"S": connection.id}})

    def _hear(self, connection: Connection, text: str) -> Row:
        self._trail.socket(API, "MessageCount")
        try:
            with self._trail.invocation(HANDLER):
                return self._act(connection, text)
        except Exception:
            self._trail.socket(API, "ExecutionError")
            return {"error": "Internal server error"}

    def _act(self, connection: Connection, text: str) -> Row:
        try:
            asked = json.loads(text)
        except ValueError:
            return {"error": "the message is not JSON"}
        action = asked.get("action") if isinstance(asked, dict) else None
        if action not in ("subscribe", "unsubscribe"):
            return {"error": "action must be subscribe or unsubscribe"}
        line_ids = asked.get("line_ids")
        if not isinstance(line_ids, list) or not all(isinstance(line, str) for line in line_ids):
            return {"error": "line_ids must be a list of line ids"}
        if len(line_ids) > MOST_LINES:
            return {"error": f"at most {MOST_LINES} lines"}
        if action == "subscribe":
            self._subscribe(connection, line_ids)
            return {"message": f"Subscribed to {len(line_ids)} lines", "line_ids": line_ids}
        self._subscribe(connection, [line for line in connection.lines if line not in line_ids])
        return {"message": f"Unsubscribed from {len(line_ids)} lines", "line_ids": line_ids}

    def _subscribe(self, connection: Connection, lines: list[str]) -> None:
        self._dynamodb.update_item(
            TableName=TABLE,
            Key={"connection_id": {"S": connection.id}},
            UpdateExpression="SET subscribed_lines = :lines",
            ExpressionAttributeValues={":lines": {"L": [{"S": line} for line in lines]}},
        )
        connection.lines = lines

    def _subscriptions(self) -> Iterable[tuple[str, set[str]]]:
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=TABLE)
        for item in pages.search("Items[]"):
            yield item["connection_id"]["S"], {line["S"] for line in item["subscribed_lines"]["L"]}
