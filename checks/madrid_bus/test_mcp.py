"""Do agents get their tools, and true rows from them?"""

from __future__ import annotations

from checks.madrid_bus import contract, tools
from checks.madrid_bus.contract import Reading
from checks.madrid_bus.limits import max_age_s, ticks_an_hour
from checks.madrid_bus.looks_mcp import ToolReadings
from checks.madrid_bus.topology import agreed
from fixtures.binding import proves
from fixtures.targets import Target

COLUMNS = {"people_count": "stop_id", "sensors": "entity_id", "bus_position": "bus_id"}


@proves("BUS-27")
def test_exactly_the_five_tools_are_offered(mcp_tools: Reading) -> None:
    """The MCP server offers exactly its five tools, with their required arguments."""
    assert tools.about_tools(mcp_tools) == []


@proves("BUS-37")
def test_the_server_says_it_is_healthy(mcp_health: Reading) -> None:
    """The MCP server says that it is healthy, to somebody without a key."""
    assert (mcp_health.status, mcp_health.body.get("status")) == (200, "healthy")


@proves("BUS-71")
def test_nothing_on_the_way_to_the_server_is_broken(
    mcp_health: Reading, mcp_tools: Reading, mcp_calls: ToolReadings
) -> None:
    """Neither health nor the list of tools nor any call is answered with 502, 503 or 504."""
    said = contract.telling([mcp_health], [mcp_tools], mcp_calls.all)
    assert [f"{one.asked}: HTTP {one.status}" for one in said if one.status in contract.GATEWAY_ERRORS] == []


@proves("BUS-39")
def test_tools_tell_of_people(mcp_calls: ToolReadings, target: Target) -> None:
    """query_people_count returns one row, of the stop it was asked about, not stale."""
    stops = {stop.stop_id: stop for stop in agreed().stops}
    oldest_s = max_age_s(target.settings.cadence)
    assert (
        tools.about_newest(mcp_calls.people, lambda id_, row: contract.people(row, stops[id_]), oldest_s)
        == []
    )


@proves("BUS-39")
def test_tools_tell_of_sensors(mcp_calls: ToolReadings, target: Target) -> None:
    """query_sensor_data returns one row, of the bus or stop it was asked about, not stale."""
    kinds = {bus.bus_id: "bus" for bus in agreed().buses} | {stop.stop_id: "stop" for stop in agreed().stops}
    oldest_s = max_age_s(target.settings.cadence)
    told = tools.about_newest(
        mcp_calls.sensors, lambda id_, row: contract.sensors(row, kinds[id_], id_), oldest_s
    )
    assert told == []


@proves("BUS-39")
def test_tools_tell_of_positions(mcp_calls: ToolReadings, target: Target) -> None:
    """query_bus_position returns one row, of the bus it was asked about, not stale."""
    buses = {bus.bus_id: (bus, agreed().line(bus.line_id)) for bus in agreed().buses}
    oldest_s = max_age_s(target.settings.cadence)
    told = tools.about_newest(
        mcp_calls.positions, lambda id_, row: contract.position(row, *buses[id_]), oldest_s
    )
    assert told == []


@proves("BUS-39")
def test_tools_tell_of_lines(mcp_calls: ToolReadings, target: Target) -> None:
    """query_line_buses returns one row for each bus of the line it was asked about, none stale."""
    lines = {line.line_id: line for line in agreed().lines}
    assert tools.about_lines(mcp_calls.lines, lines, max_age_s(target.settings.cadence)) == []


@proves("BUS-39")
def test_tools_tell_of_an_hour(mcp_calls: ToolReadings, target: Target) -> None:
    """query_time_range returns an hour of ticks in their order, all of the entity it was asked about."""
    least, _ = ticks_an_hour(target.settings.cadence)
    told = [
        tools.about_span(said, COLUMNS[kind], mcp_calls.entity_of[kind], least)
        for kind, said in mcp_calls.spans.items()
    ]
    assert [complaint for some in told for complaint in some] == []
