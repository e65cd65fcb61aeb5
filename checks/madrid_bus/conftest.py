"""What do we look at in Madrid Bus? Its APIs as a visitor, its sockets as a subscriber, its tables by SQL."""

from checks.madrid_bus.looks_access import mcp_attempts, rest_attempts, secret_attempts, socket_attempts
from checks.madrid_bus.looks_agreement import agreements, end_to_end
from checks.madrid_bus.looks_configuration import call_log, feeder_starts, leaks, lines_configuration, shapes
from checks.madrid_bus.looks_drills import restart, rotation, scaling, turn
from checks.madrid_bus.looks_errors import id_refusals, moment_refusals
from checks.madrid_bus.looks_mcp import mcp_calls, mcp_health, mcp_tools
from checks.madrid_bus.looks_rest import (
    api_key,
    latest_lines,
    latest_people,
    latest_positions,
    latest_sensors,
    past_answers,
    rest_health,
    visit,
)
from checks.madrid_bus.looks_sockets import connection_rows, idle_socket, journey, socket_logs
from checks.madrid_bus.looks_tables import (
    bus_days,
    crowds,
    entities,
    hours,
    restarts,
    rhythms,
    sensor_days,
    spans,
    volumes,
)

__all__ = [
    "agreements",
    "api_key",
    "bus_days",
    "call_log",
    "connection_rows",
    "crowds",
    "end_to_end",
    "entities",
    "feeder_starts",
    "hours",
    "id_refusals",
    "idle_socket",
    "journey",
    "latest_lines",
    "latest_people",
    "latest_positions",
    "latest_sensors",
    "leaks",
    "lines_configuration",
    "mcp_attempts",
    "mcp_calls",
    "mcp_health",
    "mcp_tools",
    "moment_refusals",
    "past_answers",
    "rest_attempts",
    "rest_health",
    "restart",
    "restarts",
    "rhythms",
    "rotation",
    "scaling",
    "secret_attempts",
    "sensor_days",
    "shapes",
    "socket_attempts",
    "socket_logs",
    "spans",
    "turn",
    "visit",
    "volumes",
]
