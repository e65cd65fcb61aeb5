"""What does the twin's MCP server answer?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from checks.madrid_bus.twin.gate import Gate
from checks.madrid_bus.twin.rest import RefusedError, header
from checks.madrid_bus.twin.store import Row, Store, iso, parse_moment, scalar
from checks.madrid_bus.twin.tools import TOOLS
from checks.madrid_bus.twin.trail import Trail
from fixtures.twins.world import World

API = "mcp-server-api"
SERVICE = "mcp-server"
LOG_GROUP = "/ecs/mcp-server"


class McpServer:
    """The tools over HTTP, behind the gate and reachable while a task runs."""

    def __init__(self, world: World, store: Store, gate: Gate, trail: Trail) -> None:
        self._world = world
        self._store = store
        self._gate = gate
        self._trail = trail
        self._queries: dict[str, Callable[[Row], list[Row]]] = {
            "query_people_count": lambda given: _listed(store.people_count(given["stop_id"], _moment(given))),
            "query_sensor_data": lambda given: _listed(
                store.sensors(given["entity_type"], given["entity_id"], _moment(given))
            ),
            "query_bus_position": lambda given: _listed(store.bus_position(given["bus_id"], _moment(given))),
            "query_line_buses": lambda given: store.buses_of(given["line_id"]),
            "query_time_range": self._span,
        }
        self.app = Starlette(
            routes=[
                Route("/health", self._health, methods=["GET"]),
                Route("/mcp/{route}", self._ask, methods=["POST"]),
            ],
            exception_handlers={HTTPException: _no_such_route},
        )
        self.app.router.redirect_slashes = False

    def _health(self, _request: Request) -> Response:
        if not self._is_running():
            return _bad_gateway()
        return JSONResponse({"status": "healthy", "timestamp": self._now()})

    async def _ask(self, request: Request) -> Response:
        return await run_in_threadpool(self._answer, request, await request.body())

    def _answer(self, request: Request, body: bytes) -> Response:
        route = request.path_params["route"]
        if route not in ("list-tools", "call-tool", "query"):
            return JSONResponse({"message": "Not Found"}, 404)
        began, integration_s = perf_counter(), 0.0
        group = header(request, "x-group-name")
        refusal = self._gate.refusal(header(request, "x-api-key"), group)
        if refusal:
            answer: Response = JSONResponse({"message": refusal.message}, refusal.status)
        else:
            called = perf_counter()
            answer = self._serve(route, group, body) if self._is_running() else _bad_gateway()
            integration_s = perf_counter() - called
        self._trail.request(API, answer.status_code, perf_counter() - began, integration_s)
        return answer

    def _serve(self, route: str, group: str, body: bytes) -> Response:
        try:
            answer = JSONResponse({"tools": TOOLS}) if route == "list-tools" else self._call_tool(body)
        except RefusedError as error:
            answer = self._failure(error.status, str(error))
        except Exception as error:
            self._trail.container(LOG_GROUP, f"ERROR {route} failed: {type(error).__name__}")
            answer = self._failure(500, "the store does not answer")
        self._trail.container(LOG_GROUP, f'INFO {route} group="{group}" status={answer.status_code}')
        return answer

    def _call_tool(self, body: bytes) -> JSONResponse:
        try:
            asked = json.loads(body)
        except ValueError as error:
            raise RefusedError(400, "the body is not JSON") from error
        if not isinstance(asked, dict) or not isinstance(asked.get("tool"), str):
            raise RefusedError(400, "the body names no tool")
        tool = next((tool for tool in TOOLS if tool["name"] == asked["tool"]), None)
        if tool is None:
            raise RefusedError(404, f"there is no tool {asked['tool']}")
        given = asked.get("arguments") or {}
        _require_valid(given, tool["inputSchema"])
        rows = self._queries[tool["name"]](given)
        data = [{name: scalar(value) for name, value in row.items()} for row in rows]
        return JSONResponse({"success": True, "count": len(data), "data": data, "timestamp": self._now()})

    def _span(self, given: Row) -> list[Row]:
        start, end = (_parsed(given[name], name) for name in ("start_time", "end_time"))
        return self._store.span(given["data_type"], given["entity_id"], start, end)

    def _failure(self, status: int, message: str) -> JSONResponse:
        return JSONResponse({"success": False, "error": message, "timestamp": self._now()}, status)

    def _is_running(self) -> bool:
        return self._world.ecs.service(SERVICE).running > 0

    def _now(self) -> str:
        return iso(self._world.clock.now())


def _require_valid(given: Any, schema: Row) -> None:
    if not isinstance(given, dict):
        raise RefusedError(400, "arguments are not an object")
    for name in schema["required"]:
        if name not in given:
            raise RefusedError(400, f"the argument {name} is missing")
    for name, rule in schema["properties"].items():
        if name in given and not isinstance(given[name], str):
            raise RefusedError(400, f"the argument {name} is not a string")
        if name in given and given[name] not in rule.get("enum", [given[name]]):
            raise RefusedError(400, f"the argument {name} is none of {', '.join(rule['enum'])}")


def _moment(given: Row) -> datetime | None:
    if given.get("mode") == "latest" or not given.get("timestamp"):
        return None
    return _parsed(given["timestamp"], "timestamp")


def _parsed(text: str, name: str) -> datetime:
    try:
        return parse_moment(text)
    except ValueError as error:
        raise RefusedError(400, f"the argument {name} is not an ISO 8601 date and time") from error


def _listed(row: Row | None) -> list[Row]:
    return [] if row is None else [row]


def _bad_gateway() -> JSONResponse:
    return JSONResponse({"message": "Bad Gateway"}, 502)


def _no_such_route(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"message": "Not Found"}, 404)
