"""What does API Gateway write down of every request? A line of its access log, and its metrics."""

from __future__ import annotations

import json
from time import perf_counter
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checks.ai_lifestyle.twin.gate import ROUTE
from fixtures.parts import Api
from fixtures.twins.healthy import API_METRICS
from fixtures.twins.world import World

SLOWEST_MS = 60.0
"""The gateway takes no longer: the twin may be slow where its machine is."""


class AccessLog:
    """`app`, whose requests count in the API's metrics and leave a line in its log group, if it has one."""

    def __init__(self, app: ASGIApp, world: World, api: Api) -> None:
        self._app = app
        self._world = world
        self._group = api.log_group
        dimension, *self._error_metrics = API_METRICS[api.kind]
        self._names = {dimension: api.name if dimension == "ApiName" else world.api_ids[api.name]}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        began, status, length = perf_counter(), 500, 0

        async def send_counted(message: Message) -> None:
            nonlocal status, length
            status = message.get("status", status)
            length += len(message.get("body", b""))
            await send(message)

        await self._app(scope, receive, send_counted)
        self._measure(status, min((perf_counter() - began) * 1000, SLOWEST_MS))
        if self._group in self._world.logs.groups:
            self._world.logs.append(self._group, self._line(scope, status, length))

    def _measure(self, status: int, milliseconds: float) -> None:
        client_errors, server_errors = self._error_metrics
        values = {"Count": 1, client_errors: 400 <= status < 500, server_errors: status >= 500}
        for metric, value in values.items():
            self._world.metrics.put("AWS/ApiGateway", metric, self._names, float(value), unit="Count")
        self._world.metrics.put("AWS/ApiGateway", "Latency", self._names, milliseconds, unit="Milliseconds")

    def _line(self, scope: Scope, status: int, length: int) -> str:
        told = {
            "requestId": str(uuid4()),
            "ip": (scope.get("client") or ("127.0.0.1", 0))[0],
            "requestTime": self._world.clock.now().strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "httpMethod": scope["method"],
            "routeKey": scope.get(ROUTE, "-"),
            "status": status,
            "protocol": f"HTTP/{scope['http_version']}",
            "responseLength": length,
        }
        return json.dumps(told)
