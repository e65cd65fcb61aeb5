"""How are the accounts served over HTTP?"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from checks.ai_lifestyle.twin.accounts import LOCKED_S, Accounts
from checks.ai_lifestyle.twin.refusals import RefusedError
from checks.ai_lifestyle.twin.routes import BROKEN, STRANGER, USER, error_answer, request_id_of
from fixtures.twins.clock import Clock

Anybody = Callable[[Accounts, object], dict[str, Any]]
User = Callable[[Accounts, str, object], dict[str, Any]]

OPEN: dict[str, tuple[Anybody, int]] = {
    "/auth/register": (Accounts.register, 201),
    "/auth/login": (Accounts.login, 200),
    "/auth/refresh": (Accounts.refresh, 200),
    "/auth/email/verify": (Accounts.verify_email, 200),
    "/auth/mfa/verify": (Accounts.second_factor, 200),
    "/auth/password/reset-request": (Accounts.request_reset, 200),
    "/auth/password/reset-confirm": (Accounts.confirm_reset, 200),
}
"""What anybody may POST to, and how its success is called."""
GUARDED: dict[str, User] = {
    "GET /users/profile": lambda accounts, sub, _body: accounts.profile(sub),
    "PUT /users/profile": Accounts.update_profile,
    "POST /auth/mfa/setup": lambda accounts, sub, _body: accounts.set_up_factor(sub),
    "POST /auth/mfa/verify-setup": Accounts.enable_factor,
    "POST /auth/mfa/disable": Accounts.disable_factor,
}
BODILESS = frozenset({"GET /users/profile", "POST /auth/mfa/setup"})
OPEN_ROUTES = tuple(f"POST {path}" for path in OPEN)
GUARDED_ROUTES = tuple(GUARDED)


class AuthRoutes:
    """The account routes. Who calls is what the gateway in front says."""

    def __init__(self, accounts: Accounts, clock: Clock) -> None:
        self._accounts = accounts
        self._clock = clock
        opened = [self._route(f"POST {path}", *OPEN[path]) for path in OPEN]
        guarded = [self._route(route, None, 200) for route in GUARDED]
        self.app = Starlette(routes=[*opened, *guarded])

    def _route(self, route: str, serve: Anybody | None, status: int) -> Route:
        method, path = route.split(" ", 1)

        async def endpoint(request: Request) -> Response:
            body = await request.body()
            answer = partial(serve, self._accounts) if serve else self._as_user(route, request)
            return await run_in_threadpool(self._serve, answer, request, body, route in BODILESS, status)

        return Route(path, endpoint, methods=[method])

    def _as_user(self, route: str, request: Request) -> Callable[[object], dict[str, Any]]:
        def answer(body: object) -> dict[str, Any]:
            sub = request.scope.get(USER)
            if not sub:
                raise STRANGER
            return GUARDED[route](self._accounts, sub, body)

        return answer

    def _serve(
        self,
        answer: Callable[[object], dict[str, Any]],
        request: Request,
        body: bytes,
        is_bodiless: bool,
        status: int,
    ) -> Response:
        request_id = request_id_of(request)
        try:
            told = answer(None if is_bodiless else _parsed(body))
        except RefusedError as refusal:
            refused = error_answer(refusal, request_id, self._clock.now())
            if refusal.status == 429:
                refused.headers["Retry-After"] = str(LOCKED_S)
            return refused
        except Exception:
            traceback.print_exc(file=sys.stderr)
            return error_answer(BROKEN, request_id, self._clock.now())
        return JSONResponse(told, status, {"X-Request-ID": request_id, "Cache-Control": "no-store"})


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, "VALIDATION_ERROR", "The body is not JSON") from error
