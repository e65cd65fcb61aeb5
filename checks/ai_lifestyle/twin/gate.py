"""Who gets past the gateway? Whoever asks for an open route, and whoever has a good token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from checks.ai_lifestyle.twin.authorizer import Authorizer, BadTokenError
from checks.ai_lifestyle.twin.routes import USER
from fixtures.twins.exchange import Answer, send_answer

Kind = Literal["rest", "http"]
ROUTE = "gonogo.route"
"""The ASGI scope key under which the gate says which route a request was for, such as `GET /goals`."""


@dataclass(frozen=True)
class Refusal:
    """What API Gateway says in its own words, its own shape and by its own header."""

    status: int
    message: str
    error: str

    def answer(self) -> Answer:
        """The HTTP answer."""
        told = Answer.of({"message": self.message}, self.status)
        return Answer(told.status, told.headers | {"x-amzn-errortype": self.error}, told.body)


UNAUTHORIZED = Refusal(401, "Unauthorized", "UnauthorizedException")
NO_ROUTE: Mapping[Kind, Refusal] = {
    "rest": Refusal(403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
    "http": Refusal(404, "Not Found", "NotFoundException"),
}


@dataclass
class Doors:
    """The routes of an API, as `GET /goals/{goal_id}`, and those of them that need no token.

    `guests` maps a route that lost its authorizer to the sub of the user whom everybody is taken for there.
    """

    routes: tuple[str, ...]
    open_routes: frozenset[str]
    guests: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._patterns = [
            (route, method, compile_path(path)[0])
            for route in self.routes
            for method, path in [route.split(" ", 1)]
        ]

    def find(self, method: str, path: str) -> str | None:
        """The route of a request."""
        return next((route for route, verb, at in self._patterns if verb == method and at.match(path)), None)


class Gate:
    """API Gateway before an app: it knows the routes, and hands on who calls as the sub of his token.

    A token without a sub is handed on without one: that is for the app to refuse.
    """

    def __init__(self, app: ASGIApp, doors: Doors, authorizer: Authorizer, kind: Kind) -> None:
        self.doors = doors
        self.authorizer = authorizer
        self._app = app
        self._kind = kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        path = scope["path"].removeprefix(scope["root_path"])
        route = self.doors.find(scope["method"], path)
        if route is None:
            await send_answer(send, _numbered(NO_ROUTE[self._kind].answer()))
            return
        scope[ROUTE] = route
        try:
            user = self._user(route, Headers(scope=scope).get("authorization", ""))
        except BadTokenError:
            await send_answer(send, _numbered(UNAUTHORIZED.answer()))
            return
        await self._app({**scope, USER: user}, receive, send)

    def _user(self, route: str, header: str) -> str | None:
        if route in self.doors.open_routes:
            return None
        if route in self.doors.guests:
            return self.doors.guests[route]
        return self.authorizer.claims(header).get("sub")


def doors_of(guarded: Iterable[str], open_routes: Iterable[str]) -> Doors:
    """The doors of an API; the order of its routes does not matter, for no two match the same request."""
    opened = frozenset(open_routes)
    return Doors((*guarded, *opened), opened)


def _numbered(answer: Answer) -> Answer:
    return Answer(answer.status, answer.headers | {"x-amzn-requestid": str(uuid4())}, answer.body)
