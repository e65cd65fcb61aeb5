"""What happens to a subscriber? A journey over a socket, its row in the table, and an idle socket."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checks.madrid_bus.limits import ACKNOWLEDGED_S, HANDSHAKE_S, ROW_GONE_S, updates_s
from checks.madrid_bus.settings import Cadence
from checks.madrid_bus.topology import Line
from checks.madrid_bus.visits import Visit, socket_headers, socket_url
from fixtures.probes.answers import pages
from fixtures.probes.timestream import parse_time
from fixtures.probes.websocket import Conversation, Frame, conversation

OLDEST_ROW_S = 72 * 3600.0


@dataclass(frozen=True)
class Connection:
    """A row of the connections table; `ttl_s` and `age_s` count from now, None when the row does not say."""

    group: str
    lines: tuple[str, ...]
    ttl_s: float | None
    age_s: float | None

    @property
    def is_left_behind(self) -> bool:
        """Whether nobody will ever remove it, or should have long ago."""
        return self.ttl_s is None or self.age_s is None or self.age_s > OLDEST_ROW_S

    def __str__(self) -> str:
        ttl, age = (f"{s:.0f} s" if s is not None else "none" for s in (self.ttl_s, self.age_s))
        return f"{self.group or 'no group'}: lines {', '.join(self.lines) or 'none'}, ttl {ttl}, age {age}"


@dataclass(frozen=True)
class Update:
    """A frame about a bus, `seconds` after the socket was opened, and the moment by AWS's clock."""

    seconds: float
    at: datetime
    fields: dict[str, Any]


@dataclass(frozen=True)
class Journey:
    """Connect, subscribe, hear every bus of the line, unsubscribe, hear no more, close.

    Seconds count from the step before; None means that it never came."""

    group: str
    line_id: str
    status: int
    acknowledged_s: float | None
    updates: tuple[Update, ...]
    others: tuple[str, ...]
    unsubscribed_s: float | None
    late: tuple[Update, ...]
    closed_after_s: float | None
    rows: tuple[Connection, ...]
    gone_s: float | None


@dataclass(frozen=True)
class Idle:
    """A socket over which nothing was said."""

    status: int
    opened_at: datetime
    open_s: float
    is_closed_by_server: bool


@dataclass(frozen=True)
class SocketLog:
    """What a function logged while we were connected: how many lines, and those about errors."""

    group: str
    lines: int
    errors: tuple[str, ...]


def travel(
    endpoint: str, visit: Visit, group: str, line: Line, cadence: Cadence, table: Any, name: str
) -> Journey:
    """Make the whole journey; `table` is a DynamoDB client, `name` the connections table."""
    url = socket_url(endpoint, {"api_key": visit.key, "group_name": group})
    wanted = {bus.bus_id for bus in line.buses}
    with conversation(url, socket_headers(), HANDSHAKE_S) as socket:
        if not socket.handshake.is_open:
            return Journey(
                group, line.line_id, socket.handshake.status, None, (), (), None, (), 0.0, (), None
            )
        subscribed = socket.say({"action": "subscribe", "line_ids": [line.line_id]})
        socket.listen(
            updates_s(cadence), lambda frames: _is_acknowledged(frames) and wanted <= _buses(frames)
        )
        heard = len(socket.frames)
        # A socket that the server has closed may lose its row at any moment.
        there = connections(table, name, visit.now()) if socket.closed_after_s is None else []
        rows = [row for row in there if row.group == group]
        silent, acknowledged = _unsubscribe(socket, line, cadence)
        frames, after = socket.frames[:heard], socket.frames[heard:]
        closed_after_s = socket.closed_after_s
        updates, late = (tuple(_updates(some, visit, socket.seconds)) for some in (frames, after))
    return Journey(
        group=group,
        line_id=line.line_id,
        status=socket.handshake.status,
        acknowledged_s=next((f.seconds - subscribed for f in frames if _is_acknowledgement(f)), None),
        updates=updates,
        others=tuple(f.text[:200] for f in frames if not _is_acknowledgement(f) and "bus_id" not in f.fields),
        unsubscribed_s=acknowledged,
        late=tuple(update for update in late if update.seconds > silent),
        closed_after_s=closed_after_s,
        rows=tuple(rows),
        gone_s=_gone(table, name, group, visit),
    )


def idle(endpoint: str, visit: Visit, group: str, seconds: float) -> Idle:
    """Open a socket, say nothing for so long, close it."""
    url = socket_url(endpoint, {"api_key": visit.key, "group_name": group})
    opened_at = visit.now()
    with conversation(url, socket_headers(), HANDSHAKE_S) as socket:
        socket.listen(seconds)
        was_closed = socket.closed_after_s is not None
        open_s = socket.seconds if socket.closed_after_s is None else socket.closed_after_s
        return Idle(socket.handshake.status, opened_at, open_s, was_closed)


def connections(table: Any, name: str, now: datetime) -> list[Connection]:
    """All rows of the connections table, as of a moment."""
    items = pages(table, "scan", "Items", TableName=name, ConsistentRead=True)
    return [_connection(item, now) for item in items]


def _unsubscribe(socket: Conversation, line: Line, cadence: Cadence) -> tuple[float, float | None]:
    """From which second on nothing more should come, and how long the acknowledgement took.

    Listens long enough to hear a whole tick after it.
    """
    if socket.closed_after_s is not None:
        return socket.seconds, None
    before = len(socket.frames)
    asked = socket.say({"action": "unsubscribe", "line_ids": [line.line_id]})
    socket.listen(ACKNOWLEDGED_S, lambda frames: _is_acknowledged(frames[before:]))
    acknowledged = next((f.seconds for f in socket.frames[before:] if _is_acknowledgement(f)), None)
    silent = (asked if acknowledged is None else acknowledged) + cadence.unsubscribe_grace_s
    socket.listen(
        silent + 1.2 * cadence.live_tick_s - socket.seconds,
        lambda frames: any("bus_id" in frame.fields and frame.seconds > silent for frame in frames),
    )
    return silent, None if acknowledged is None else acknowledged - asked


def _gone(table: Any, name: str, group: str, visit: Visit) -> float | None:
    closed = time.monotonic()
    while True:
        is_there = any(row.group == group for row in connections(table, name, visit.now()))
        seconds = time.monotonic() - closed
        if not is_there:
            return seconds
        if seconds > ROW_GONE_S:
            return None
        time.sleep(min(0.1 + seconds / 4, 1.0))


def _connection(item: dict[str, Any], now: datetime) -> Connection:
    listed = item.get("subscribed_lines", {})
    lines = [line["S"] for line in listed.get("L", [])] or listed.get("SS", [])
    ttl, connected = item.get("ttl", {}).get("N"), item.get("connected_at", {}).get("S")
    return Connection(
        item.get("group_name", {}).get("S", ""),
        tuple(lines),
        float(ttl) - now.timestamp() if ttl else None,
        (now - parse_time(connected)).total_seconds() if connected else None,
    )


def _updates(frames: Iterable[Frame], visit: Visit, now_s: float) -> list[Update]:
    now = visit.now()
    return [
        Update(
            frame.seconds,
            now.fromtimestamp(now.timestamp() - now_s + frame.seconds, now.tzinfo),
            frame.fields,
        )
        for frame in frames
        if "bus_id" in frame.fields
    ]


def _buses(frames: Sequence[Frame]) -> set[Any]:
    return {frame.fields["bus_id"] for frame in frames if "bus_id" in frame.fields}


def _is_acknowledged(frames: Sequence[Frame]) -> bool:
    return any(_is_acknowledgement(frame) for frame in frames)


def _is_acknowledgement(frame: Frame) -> bool:
    return "line_ids" in frame.fields and "bus_id" not in frame.fields
