"""How is the goal service served over HTTP?"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from checks.ai_lifestyle.twin.health import FEATURES, health
from checks.ai_lifestyle.twin.operations import OPERATIONS, Ask, Operation, Reply
from checks.ai_lifestyle.twin.refusals import RefusedError
from checks.ai_lifestyle.twin.service import GoalService
from checks.ai_lifestyle.twin.trail import Invocation, Trail
from fixtures.twins.clock import Clock

USER = "gonogo.user"
"""The ASGI scope key under which the gateway in front says who calls: the `sub` of an accepted token."""
BROKEN = RefusedError(500, "SYSTEM_ERROR", "An unexpected error occurred")
STRANGER = RefusedError(401, "UNAUTHORIZED", "Authentication required")


class Routes:
    """The eight goal routes and two public ones. Tokens are the business of the gateway in front."""

    def __init__(
        self, service: GoalService, trail: Trail, clock: Clock, environment: str, region: str
    ) -> None:
        self._service = service
        self._trail = trail
        self._clock = clock
        self._environment = environment
        self._region = region
        self.app = Starlette(
            routes=[
                *(self._route(operation) for operation in OPERATIONS),
                Route("/health", self._health, methods=["GET"]),
                Route("/config/features", self._features, methods=["GET"]),
            ],
            exception_handlers={HTTPException: no_such_route},
        )
        self.app.router.redirect_slashes = False

    def _route(self, operation: Operation) -> Route:
        async def endpoint(request: Request) -> Response:
            return self._serve(operation, request, await request.body())

        return Route(operation.path, endpoint, methods=[operation.method])

    def _serve(self, operation: Operation, request: Request, body: bytes) -> Response:
        request_id, user_id = request_id_of(request), request.scope.get(USER) or ""
        timezone = request.headers.get("x-timezone", "UTC")
        ask = Ask(user_id, request.path_params, request.query_params, body, timezone)
        with self._trail.invocation(operation.name, request_id, user_id) as call:
            try:
                return self._answer(operation, ask, call, request_id)
            except RefusedError as refusal:
                return error_answer(refusal, request_id, self._clock.now())
            except Exception as error:
                call.say(f"Request failed: {error}", "ERROR", error_type=type(error).__name__)
                return error_answer(BROKEN, request_id, self._clock.now())

    def _answer(self, operation: Operation, ask: Ask, call: Invocation, request_id: str) -> Response:
        if not ask.user_id:
            raise STRANGER
        reply = operation.answer(self._service, ask)
        if reply.line:
            call.say(reply.line, **reply.facts)
        return _json(reply, request_id)

    def _health(self, request: Request) -> Response:
        request_id = request_id_of(request)
        told = health(self._service.store, self._clock.now(), self._environment, self._region)
        told["request_id"] = request_id
        return _json(Reply(told, headers={"Cache-Control": "no-store"}), request_id)

    def _features(self, request: Request) -> Response:
        return _json(Reply(FEATURES), request_id_of(request))


def request_id_of(request: Request) -> str:
    """The id that the caller gave the request, or a new one."""
    return request.headers.get("x-request-id") or str(uuid4())


def error_answer(refusal: RefusedError, request_id: str, now: datetime) -> Response:
    """An error as the application tells it."""
    told: dict[str, Any] = {
        "error": refusal.code,
        "message": str(refusal),
        "timestamp": now.isoformat(),
        "request_id": request_id,
    }
    if refusal.fields:
        named = [{"field": field, "message": message} for field, message in refusal.fields.items()]
        told["validation_errors"] = named
    if refusal.details:
        told["details"] = dict(refusal.details)
    return _json(Reply(told, refusal.status), request_id)


def no_such_route(_request: Request, error: Exception) -> Response:
    """The gateway's own words about an unknown path or a wrong method."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return JSONResponse({"message": "Not Found" if status == 404 else "Method Not Allowed"}, status)


def _json(reply: Reply, request_id: str) -> Response:
    return JSONResponse(reply.content, reply.status, {**reply.headers, "X-Request-ID": request_id})
