"""What was written? The logs of every declared service and function."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from checks.aws.questions import DAY_S, HOUR_S, QUERY_S, now_of
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import Container, Function
from fixtures.probes import logs
from fixtures.targets import Target

CRASHED = ("Runtime.OutOfMemory", "Runtime.ExitError", "signal: killed", "ImportModuleError")
TIMED_OUT = "Task timed out"
THROTTLED = "ProvisionedThroughputExceededException"


@observation
def newest_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Newest]:
    """The age of the newest line of every declared service."""
    client, now = aws.client("logs"), now_of(caller)
    return each(
        lambda one: logs.newest(client, one.log_group, now, one.max_silence_s), target.parts.containers
    )


@observation(deadline_s=QUERY_S + 10)
def function_error_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Matches]:
    """The hour's ERROR lines of every declared function."""
    return _searched(aws, caller, target.parts.functions, ["ERROR"], HOUR_S)


@observation(deadline_s=QUERY_S + 10)
def container_error_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Matches]:
    """The hour's ERROR and CRITICAL lines of every declared service."""
    return _searched(aws, caller, target.parts.containers, ["ERROR", "CRITICAL"], HOUR_S)


@observation(deadline_s=QUERY_S + 10)
def timeout_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Matches]:
    """The day's "Task timed out" lines of every declared function."""
    return _searched(aws, caller, target.parts.functions, [TIMED_OUT], DAY_S)


@observation(deadline_s=QUERY_S + 10)
def recent_timeout_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Matches]:
    """The hour's "Task timed out" lines of every declared function."""
    return _searched(aws, caller, target.parts.functions, [TIMED_OUT], HOUR_S)


@observation(deadline_s=QUERY_S + 10)
def crash_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Matches]:
    """The hour's lines of every declared function that tell of a crash."""
    return _searched(aws, caller, target.parts.functions, CRASHED, HOUR_S)


@observation(deadline_s=QUERY_S + 10)
def throttle_lines(aws: Aws, target: Target, caller: Caller) -> list[logs.Matches]:
    """The hour's lines of every declared function that tell of a table's throttling."""
    return _searched(aws, caller, target.parts.functions, [THROTTLED], HOUR_S)


def _searched(
    aws: Aws, caller: Caller, parts: Sequence[Function | Container], terms: Sequence[str], within_s: float
) -> list[logs.Matches]:
    """What the logs of these parts hold of these terms, of the last so many seconds."""
    now, groups = now_of(caller), [one.log_group for one in parts]
    since = now - timedelta(seconds=within_s)
    return logs.search(aws.client("logs"), groups, terms, since, now, QUERY_S, each)
