"""What does the twin's REST API answer?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from checks.madrid_bus.twin.gate import Gate
from checks.madrid_bus.twin.store import Row, Store, iso, parse_moment
from checks.madrid_bus.twin.trail import Trail

API = "madrid-bus-simulator-http"
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
ORIGIN = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT = ORIGIN | {
    "Access-Control-Allow-Headers": "content-type,x-api-key,x-group-name",
    "Access-Control-Allow-Methods": "GET,OPTIONS",
    "Access-Control-Max-Age": "300",
}
Handler = Callable[[Request], Any]


class RefusedError(Exception):
    """A request that a function answers with 400 or 404, and why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class RestApi:
    """The four routes, each behind the gate and in front of its function."""

    def __init__(self, store: Store, gate: Gate, trail: Trail) -> None:
        self._store = store
        self._gate = gate
        self._trail = trail
        people, sensors, position = (
            f"bus-simulator-{name}" for name in ("people-count", "sensors", "bus-position")
        )
        self.app = Starlette(
            routes=[
                self._route("/people-count/{stop_id}", people, self._people_count),
                self._route("/sensors/{entity_type}/{entity_id}", sensors, self._sensors),
                self._route("/bus-position/line/{line_id}", position, self._line),
                self._route("/bus-position/{bus_id}", position, self._bus_position),
            ],
            exception_handlers={HTTPException: _no_such_route},
        )
        self.app.router.redirect_slashes = False

    def _route(self, path: str, function: str, handler: Handler) -> Route:
        def endpoint(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(status_code=204, headers=PREFLIGHT)
            began = perf_counter()
            integration_s = 0.0
            refusal = self._gate.refusal(header(request, "x-api-key"), header(request, "x-group-name"))
            if refusal:
                answer: Response = JSONResponse({"message": refusal.message}, refusal.status, ORIGIN)
            else:
                called = perf_counter()
                answer = self._call(function, handler, request)
                integration_s = perf_counter() - called
            self._trail.request(API, answer.status_code, perf_counter() - began, integration_s)
            return answer

        return Route(path, endpoint, methods=["GET", "OPTIONS"])

    def _call(self, function: str, handler: Handler, request: Request) -> Response:
        try:
            with self._trail.invocation(function):
                try:
                    return JSONResponse(handler(request), 200, ORIGIN)
                except RefusedError as error:
                    return JSONResponse({"error": True, "message": str(error)}, error.status, ORIGIN)
        except Exception:
            return JSONResponse({"error": True, "message": "Internal server error"}, 500, ORIGIN)

    def _people_count(self, request: Request) -> Row:
        stop_id = _id(request, "stop_id")
        row = _found(self._store.people_count(stop_id, _moment(request)), f"stop {stop_id}")
        return row | {"time": iso(row["time"]), "line_ids": row["line_ids"].split(",")}

    def _sensors(self, request: Request) -> Row:
        entity_type, entity_id = request.path_params["entity_type"], _id(request, "entity_id")
        if entity_type not in ("bus", "stop"):
            raise RefusedError(400, "entity_type must be bus or stop")
        found = self._store.sensors(entity_type, entity_id, _moment(request))
        row = _found(found, f"{entity_type} {entity_id}")
        absent = ("co2_level", "door_status") if entity_type == "stop" else ()
        return {name: value for name, value in _timed(row).items() if name not in absent}

    def _bus_position(self, request: Request) -> Row:
        bus_id = _id(request, "bus_id")
        return _timed(_found(self._store.bus_position(bus_id, _moment(request)), f"bus {bus_id}"))

    def _line(self, request: Request) -> Row:
        line_id = _id(request, "line_id")
        if request.query_params.get("mode") != "latest":
            raise RefusedError(400, "buses of a line are only known with mode=latest")
        buses = self._store.buses_of(line_id)
        if not buses:
            raise RefusedError(404, f"No buses found for line {line_id}")
        return {"line_id": line_id, "buses": [_timed(bus) for bus in buses]}


def header(request: Request, name: str) -> str:
    """The value of a header, several joined as a gateway joins them; empty when there is none."""
    return ",".join(request.headers.getlist(name)).strip()


def _id(request: Request, name: str) -> str:
    value: str = request.path_params[name]
    if not ID.fullmatch(value):
        raise RefusedError(400, f"{name} is not an id")
    return value


def _moment(request: Request) -> datetime | None:
    if request.query_params.get("mode") == "latest":
        return None
    text = request.query_params.get("timestamp")
    if not text:
        raise RefusedError(400, "either mode=latest or a timestamp is required")
    try:
        return parse_moment(text)
    except ValueError as error:
        raise RefusedError(400, "timestamp is not an ISO 8601 date and time") from error


def _found(row: Row | None, what: str) -> Row:
    if row is None:
        raise RefusedError(404, f"No data found for {what}")
    return row


def _timed(row: Row) -> Row:
    return row | {"time": iso(row["time"])}


def _no_such_route(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"message": "Not Found"}, 404, ORIGIN)
