"""What do we look at in Madrid Bus? Its APIs as a visitor, its sockets as a subscriber, its tables by SQL."""

from checks.madrid_bus.looks_access import mcp_attempts, rest_attempts, secret_attempts, socket_attempts
from checks.madrid_bus.looks_agreement import agreements, end_to_end
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
    "connection_rows",
    "crowds",
    "end_to_end",
    "entities",
    "hours",
    "idle_socket",
    "journey",
    "latest_lines",
    "latest_people",
    "latest_positions",
    "latest_sensors",
    "mcp_attempts",
    "mcp_calls",
    "mcp_health",
    "mcp_tools",
    "past_answers",
    "rest_attempts",
    "rest_health",
    "restarts",
    "rhythms",
    "secret_attempts",
    "sensor_days",
    "socket_attempts",
    "socket_logs",
    "spans",
    "visit",
    "volumes",
]
