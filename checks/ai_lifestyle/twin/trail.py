"""What do the goal functions leave behind in their logs and metrics?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import uuid4

from fixtures.twins.world import World

LOG_STREAM = "[$LATEST]twin"
SLOWEST_MS = 40.0
"""A function takes no longer: the twin may be slow where its machine is, a function of its size is not."""
MEMORY_MB, USED_MB = 512, 180


@dataclass
class Invocation:
    """One call of a function, and the lines it has to say."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def say(self, message: str, level: str = "INFO", **fields: object) -> None:
        """Log a line."""
        self.lines.append({"level": level, "message": message, **fields})


class Trail:
    """Writes down what real functions would.

    `functions` maps an operation, such as `create_goal`, to the function that serves it. A log group that is
    gone stays gone: it is for a check to notice.
    """

    def __init__(self, world: World, functions: Mapping[str, str]) -> None:
        self._world = world
        self._functions = functions

    @contextmanager
    def invocation(self, operation: str, correlation_id: str, user_id: str) -> Iterator[Invocation]:
        """One call of the function that serves an operation; it logs how long it took and for whom."""
        began, call = perf_counter(), Invocation()
        yield call
        milliseconds = min((perf_counter() - began) * 1000, SLOWEST_MS)
        call.say("Request handled", duration=round(milliseconds, 2), user_id=user_id)
        function = self._functions[operation]
        names = {"FunctionName": function}
        put = self._world.metrics.put
        put("AWS/Lambda", "Invocations", names, 1, unit="Count")
        put("AWS/Lambda", "Errors", names, 0, unit="Count")
        put("AWS/Lambda", "Duration", names, milliseconds, unit="Milliseconds")
        self._write(function, call, correlation_id, milliseconds)

    def _write(self, function: str, call: Invocation, correlation_id: str, milliseconds: float) -> None:
        group = f"/aws/lambda/{function}"
        if group not in self._world.logs.groups:
            return
        request, now = str(uuid4()), self._world.clock.now()
        common = {
            "timestamp": now.isoformat(),
            "service": "goals",
            "function_name": function,
            "function_request_id": request,
            "correlation_id": correlation_id,
            "cold_start": False,
        }
        report = (
            f"REPORT RequestId: {request}\tDuration: {milliseconds:.2f} ms\tBilled Duration: "
            f"{milliseconds + 1:.0f} ms\tMemory Size: {MEMORY_MB} MB\tMax Memory Used: {USED_MB} MB"
        )
        lines = [
            f"START RequestId: {request} Version: $LATEST",
            *(json.dumps(common | line) for line in call.lines),
            f"END RequestId: {request}",
            report,
        ]
        self._world.logs.extend(group, [(now, line) for line in lines], stream=LOG_STREAM)
