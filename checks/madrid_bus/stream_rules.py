"""What must hold of a subscriber's way? Complaints about what does not, in words."""

from __future__ import annotations

from checks.madrid_bus.contract import freshness, position
from checks.madrid_bus.limits import ACKNOWLEDGED_S, ROW_GONE_S
from checks.madrid_bus.streams import Idle, Journey
from checks.madrid_bus.topology import Line
from fixtures.probes.websocket import OPENED

DAY_S = 86_400.0
TTL_SLACK_S = 300.0
ROUNDING_S = 0.1


def complaints(journey: Journey, line: Line, max_age_s: float) -> list[str]:
    """What a subscriber would complain of."""
    if journey.status != OPENED:
        return [f"the handshake was refused with {journey.status}"]
    buses = {bus.bus_id: bus for bus in line.buses}
    heard = {update.fields.get("bus_id") for update in journey.updates}
    mine = [update for update in journey.updates if update.fields.get("bus_id") in buses]
    strangers = [str(update.fields.get("bus_id")) for update in journey.updates if update not in mine]
    return [
        *_late("the subscription", journey.acknowledged_s),
        *(f"no update of {bus_id}" for bus_id in buses if bus_id not in heard),
        *(f"an update of {bus_id}, which is not of {line.line_id}" for bus_id in strangers),
        *(f"neither update nor acknowledgement: {text}" for text in journey.others),
        *(
            f"{update.fields['bus_id']}: {complaint}"
            for update in mine
            for complaint in (
                *position(update.fields, buses[update.fields["bus_id"]], line),
                *freshness(update.fields, update.at, max_age_s),
            )
        ),
        *_late("the unsubscription", journey.unsubscribed_s),
        *(f"an update of {update.fields.get('bus_id')} after unsubscribing" for update in journey.late),
        *(
            [f"closed by the server after {journey.closed_after_s:.1f} s"]
            if journey.closed_after_s is not None
            else []
        ),
    ]


def about_row(journey: Journey) -> list[str]:
    """What is wrong with the row of the journey in the connections table."""
    if len(journey.rows) != 1:
        return [f"{len(journey.rows)} rows for one socket"]
    (row,) = journey.rows
    return [
        *([f"lines {row.lines}, not {journey.line_id}"] if row.lines != (journey.line_id,) else []),
        *(
            [f"ttl {row.ttl_s}, not 24 h"]
            if row.ttl_s is None or abs(row.ttl_s - DAY_S) > TTL_SLACK_S
            else []
        ),
        *([f"still there {ROW_GONE_S:.0f} s after closing"] if journey.gone_s is None else []),
    ]


def about_idle(socket: Idle, seconds: float) -> list[str]:
    """What is wrong with a socket that should have stayed open for so long."""
    if socket.status != OPENED:
        return [f"the handshake was refused with {socket.status}"]
    if socket.is_closed_by_server or socket.open_s < seconds - ROUNDING_S:
        return [f"closed after {socket.open_s:.1f} s, not open for {seconds:g} s"]
    return []


def _late(what: str, seconds: float | None) -> list[str]:
    if seconds is None:
        return [f"{what} was not acknowledged"]
    return [f"{what} was acknowledged after {seconds:.1f} s"] if seconds > ACKNOWLEDGED_S else []
