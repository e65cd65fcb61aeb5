"""What happens to those who connect: do they hear their line, stay connected, and leave no trace?"""

from __future__ import annotations

import re
from datetime import timedelta

from checks.madrid_bus import streams
from checks.madrid_bus.access import fresh_group
from checks.madrid_bus.streams import Connection, Idle, Journey, SocketLog
from checks.madrid_bus.topology import agreed
from checks.madrid_bus.visits import Visit
from fixtures.aws import Aws
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes.answers import pages
from fixtures.probes.websocket import OPENED
from fixtures.targets import Target

SUBSCRIBED = "L1"
ERROR = re.compile(r"ERROR|Exception|Traceback|Task timed out")
LEEWAY = timedelta(seconds=1)


@observation(deadline_s=240)
def journey(endpoints: dict[str, str], visit: Visit, aws: Aws, target: Target) -> Journey:
    """A subscriber's whole way, from connecting to the removal of its row."""
    (table,) = target.parts.tables
    line, cadence = agreed().line(SUBSCRIBED), target.settings.cadence
    dynamodb = aws.client("dynamodb")
    return streams.travel(endpoints["websocket"], visit, fresh_group(), line, cadence, dynamodb, table.name)


@observation
def connection_rows(journey: Journey, visit: Visit, aws: Aws, target: Target) -> dict[str, list[Connection]]:
    """The rows of the connections table that others left behind."""
    (table,) = target.parts.tables
    if journey.status == OPENED and not journey.rows:
        raise LookupError(f"{table.name} did not even show our own connection")
    rows = streams.connections(aws.client("dynamodb"), table.name, visit.now())
    others = [row for row in rows if row.group != journey.group]
    return {table.name: [row for row in others if row.is_left_behind]}


@observation(deadline_s=90)
def idle_socket(endpoints: dict[str, str], visit: Visit, target: Target) -> Idle:
    """A socket over which nothing is said for as long as it should stay open."""
    return streams.idle(endpoints["websocket"], visit, fresh_group(), target.settings.cadence.idle_s)


@observation
def socket_logs(idle_socket: Idle, aws: Aws, target: Target) -> list[SocketLog]:
    """What the WebSocket's functions have logged since we connected with the right key: something."""
    if idle_socket.status != OPENED:
        raise LookupError(f"no valid connection was opened: HTTP {idle_socket.status}")
    since = int((idle_socket.opened_at - LEEWAY).timestamp() * 1000)
    groups = [function.log_group for function in target.parts.functions if "websocket" in function.name]
    logs = each(lambda group: _log(aws, group, since), groups)
    if not any(log.lines for log in logs):
        raise LookupError(f"our connection left no line in {', '.join(groups)}")
    return logs


def _log(aws: Aws, group: str, since: int) -> SocketLog:
    events = pages(aws.client("logs"), "filter_log_events", "events", logGroupName=group, startTime=since)
    lines = [str(event["message"]).strip() for event in events]
    return SocketLog(group, len(lines), tuple(line[:200] for line in lines if ERROR.search(line)))
