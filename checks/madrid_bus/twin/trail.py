"""What do the twin's APIs and functions leave behind in metrics and logs?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from uuid import uuid4

from fixtures.twins.world import World

LOG_STREAM = "[$LATEST]twin"


class Trail:
    """Writes down what a real gateway and real functions would.

    A log group that is gone stays gone: it is for a check to notice.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    @contextmanager
    def invocation(self, function: str) -> Iterator[None]:
        """One call of a function. What it raises is logged as ERROR, counted, and raised on."""
        began, request = perf_counter(), uuid4()
        self._log(function, f"START RequestId: {request} Version: $LATEST")
        errors = 0
        try:
            yield
        except Exception as error:
            errors = 1
            self._log(function, f"[ERROR] {type(error).__name__} RequestId: {request}")
            raise
        finally:
            milliseconds = (perf_counter() - began) * 1000
            self._log(function, f"END RequestId: {request} Duration: {milliseconds:.2f} ms")
            names = {"FunctionName": function}
            self._world.metrics.put("AWS/Lambda", "Invocations", names, 1, unit="Count")
            self._world.metrics.put("AWS/Lambda", "Errors", names, errors, unit="Count")
            self._world.metrics.put("AWS/Lambda", "Duration", names, milliseconds, unit="Milliseconds")

    def request(self, api: str, status: int, seconds: float, integration_s: float) -> None:
        """One answer of an HTTP API: how long it took, and how much of that behind the gateway."""
        names = {"ApiId": self._world.api_ids[api]}
        put = self._world.metrics.put
        put("AWS/ApiGateway", "Count", names, 1, unit="Count")
        put("AWS/ApiGateway", "4xx", names, float(400 <= status < 500), unit="Count")
        put("AWS/ApiGateway", "5xx", names, float(status >= 500), unit="Count")
        put("AWS/ApiGateway", "Latency", names, seconds * 1000, unit="Milliseconds")
        if integration_s:
            put("AWS/ApiGateway", "IntegrationLatency", names, integration_s * 1000, unit="Milliseconds")

    def socket(self, api: str, metric: str) -> None:
        """One `ConnectCount`, `MessageCount` or `ExecutionError` of a WebSocket API."""
        self._world.metrics.put(
            "AWS/ApiGateway", metric, {"ApiId": self._world.api_ids[api]}, 1, unit="Count"
        )

    def container(self, log_group: str, line: str) -> None:
        """One line of a container."""
        if log_group in self._world.logs.groups:
            self._world.logs.append(log_group, line)

    def _log(self, function: str, line: str) -> None:
        group = f"/aws/lambda/{function}"
        if group in self._world.logs.groups:
            self._world.logs.append(group, line, stream=LOG_STREAM)
