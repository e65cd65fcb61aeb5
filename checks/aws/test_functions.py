"""Are the functions there, and do they do their work?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.answers import require_seen
from fixtures.probes.functions import Calls, Duration, ErrorRate, Presence, Throttling


@named("functions.present")
def test_every_function_exists(function_list: list[Presence]) -> None:
    """Every declared function exists."""
    assert [one for one in function_list if not one.is_present] == []


@named("functions.invoked")
def test_functions_that_serve_are_invoked(function_calls: list[Calls]) -> None:
    """Every function that must be in use was invoked within the time it must."""
    assert [one for one in function_calls if one.is_idle] == []
    require_seen(function_calls)


@named("functions.duration")
def test_no_invocation_takes_long(function_durations: list[Duration]) -> None:
    """No invocation of the last hour took 80 % of its function's timeout, and on average none was slow."""
    assert [one for one in function_durations if one.is_long] == []
    require_seen(function_durations)


@named("functions.error_rate")
def test_few_invocations_fail(function_errors: list[ErrorRate]) -> None:
    """Of each function's invocations in the last hour no more failed than may."""
    assert [one for one in function_errors if one.is_high] == []
    require_seen(function_errors)


@named("functions.not_throttled")
def test_no_function_is_throttled(function_throttles: list[Throttling]) -> None:
    """No function was throttled in the last hour, is reserved down to zero, or came near the limit."""
    assert [one for one in function_throttles if one.is_throttled] == []
    require_seen(function_throttles)
