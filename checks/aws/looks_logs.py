"""What was written? The logs of every declared service and function."""

from __future__ import annotations

from checks.aws.questions import DAY_S, HOUR_S, now_of
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes import logs
from fixtures.targets import Target


@observation
def newest_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Newest]:
    """The age of the newest line of every declared service."""
    client, now = aws.client("logs"), now_of(caller)
    return each(
        lambda one: logs.newest(client, one.log_group, now, one.max_silence_s), target.parts.containers
    )


@observation(deadline_s=60)
def function_error_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Matches]:
    """The hour's ERROR lines of every declared function."""
    client, now = aws.client("logs"), now_of(caller)
    return each(lambda one: logs.matches(client, one.log_group, "ERROR", now, HOUR_S), target.parts.functions)


@observation(deadline_s=60)
def container_error_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Matches]:
    """The hour's ERROR and CRITICAL lines of every declared service."""
    client, now = aws.client("logs"), now_of(caller)
    return each(
        lambda one: logs.matches(client, one.log_group, "?ERROR ?CRITICAL", now, HOUR_S),
        target.parts.containers,
    )


@observation(deadline_s=90)
def timeout_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Matches]:
    """The day's "Task timed out" lines of every declared function."""
    client, now = aws.client("logs"), now_of(caller)
    return each(
        lambda one: logs.matches(client, one.log_group, '"Task timed out"', now, DAY_S),
        target.parts.functions,
    )
