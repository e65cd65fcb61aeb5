"""Which web pages may call the API? Those of the app's own origins."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = "GET,POST,PUT,DELETE,OPTIONS"
HEADERS = "authorization,content-type,x-request-id,x-timezone"
MAX_AGE_S = 300


class Cors:
    """`app`, whose answers pages of the `origins` may read; it answers preflights itself, to anybody."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        origin = Headers(scope=scope).get("origin", "")
        allowed = {"Vary": "Origin"}
        if origin in self._origins:
            allowed |= {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true"}
        if scope["method"] == "OPTIONS":
            preflight = Response(status_code=204, headers=allowed | _permissions(origin in self._origins))
            await preflight(scope, receive, send)
            return

        async def send_allowed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(allowed)
            await send(message)

        await self._app(scope, receive, send_allowed)


def _permissions(is_allowed: bool) -> dict[str, str]:
    if not is_allowed:
        return {}
    return {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": HEADERS,
        "Access-Control-Max-Age": str(MAX_AGE_S),
    }
