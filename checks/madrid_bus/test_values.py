"""Is what the data says true?"""

from __future__ import annotations

from checks.madrid_bus import day_rules
from checks.madrid_bus.agreement import Agreement
from checks.madrid_bus.days import BusDay, Crowds, SensorDay
from checks.madrid_bus.rows import Entity
from checks.madrid_bus.topology import agreed
from fixtures.binding import proves


@proves("BUS-57")
def test_the_tables_know_exactly_what_was_agreed(entities: list[Entity]) -> None:
    """The tables know exactly the agreed stops and buses, and every bus keeps to its line."""
    assert [str(entity) for entity in entities if not entity.is_as_agreed] == []


@proves("BUS-76")
def test_counts_are_of_people_who_arrive_and_board(crowds: Crowds) -> None:
    """The counts of the last 24 hours rise and fall within their limits, by day more than by night."""
    assert day_rules.about_crowds(crowds) == []


@proves("BUS-77")
def test_sensors_follow_the_day(sensor_days: list[SensorDay]) -> None:
    """The sensors of the last 24 hours stay within limits, follow the day, and move; doors open and close."""
    assert [complaint for day in sensor_days for complaint in day_rules.about_sensor(day)] == []


@proves("BUS-78")
def test_buses_drive_their_routes(bus_days: list[BusDay]) -> None:
    """The buses of the last 24 hours kept to their routes, moved, and turned at both terminals only."""
    buses = {bus.bus_id: (bus, agreed().line(bus.line_id)) for bus in agreed().buses}
    assert [complaint for day in bus_days for complaint in day_rules.about_bus(day, *buses[day.bus_id])] == []


@proves("BUS-79")
def test_all_sources_say_the_same(agreements: list[Agreement]) -> None:
    """The REST API, the MCP server and Timestream say the same about the same moment."""
    assert [str(agreement) for agreement in agreements if agreement.differences] == []
