"""Does the system run on what was agreed, and does it log what it should and no more?"""

from __future__ import annotations

from checks.madrid_bus.configuration import CallLog, Configuration, Leak, Shape, Start
from fixtures.binding import proves


@proves("BUS-30")
def test_tables_have_the_agreed_columns(shapes: list[Shape]) -> None:
    """Every table has the agreed columns, with their types, and the agreed measure."""
    assert [complaint for shape in shapes for complaint in shape.complaints] == []


@proves("BUS-52")
def test_the_bucket_holds_the_agreed_lines(lines_configuration: Configuration) -> None:
    """The configuration in the bucket is the agreed one, line by line."""
    assert list(lines_configuration.differences) == []


@proves("BUS-82")
def test_feeders_run_on_the_newest_configuration(feeder_starts: list[Start]) -> None:
    """No feeder's task has been running since before the configuration changed."""
    assert [str(start) for start in feeder_starts if not start.is_current] == []


@proves("BUS-74")
def test_no_log_shows_the_key(leaks: list[Leak]) -> None:
    """In no line of the last hour of any log stands the key."""
    assert [str(leak) for leak in leaks if leak.with_key] == []


@proves("BUS-74")
def test_the_authorizer_logged_no_error(leaks: list[Leak]) -> None:
    """The REST authorizer logged no ERROR in the last hour."""
    assert [str(leak) for leak in leaks if leak.is_of_authorizer and leak.errors] == []


@proves("BUS-22")
def test_a_call_is_logged_with_its_group(call_log: CallLog) -> None:
    """A call of a tool is in the server's log with the name of the group that made it."""
    assert [str(call_log)] * (call_log.lines == 0) == []
