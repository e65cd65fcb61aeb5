"""Does the REST API answer every question with the right thing, in time?"""

from __future__ import annotations

from checks.madrid_bus import contract, past
from checks.madrid_bus.contract import Reading
from checks.madrid_bus.limits import SLOW_ANSWER_S, SLOWEST_ANSWER_S, max_age_s, percentile
from checks.madrid_bus.looks_agreement import EndToEnd
from checks.madrid_bus.looks_mcp import ToolReadings
from checks.madrid_bus.past import Transcript
from checks.madrid_bus.topology import agreed
from fixtures.binding import proves
from fixtures.targets import Target


@proves("BUS-26")
def test_the_api_is_well(rest_health: Reading, target: Target) -> None:
    """The REST API answers for stop S001 with a fresh, valid row."""
    oldest_s = max_age_s(target.settings.cadence)
    assert contract.about_people(rest_health, agreed().stops[0], oldest_s) == []


@proves("BUS-32")
def test_every_stop_answers_with_its_own_count(latest_people: dict[str, Reading], target: Target) -> None:
    """Every stop answers with its own count, on its own line, not stale."""
    stops = {stop.stop_id: stop for stop in agreed().stops}
    oldest_s = max_age_s(target.settings.cadence)
    complaints = [contract.about_people(said, stops[stop], oldest_s) for stop, said in latest_people.items()]
    assert [complaint for some in complaints for complaint in some] == []


@proves("BUS-33")
def test_every_entity_answers_with_its_own_sensors(
    latest_sensors: dict[str, Reading], target: Target
) -> None:
    """Every bus and every stop answers with its own sensors, within their limits, not stale."""
    kinds = {bus.bus_id: "bus" for bus in agreed().buses} | {stop.stop_id: "stop" for stop in agreed().stops}
    oldest_s = max_age_s(target.settings.cadence)
    complaints = [
        contract.about_sensors(said, kinds[id_], id_, oldest_s) for id_, said in latest_sensors.items()
    ]
    assert [complaint for some in complaints for complaint in some] == []


@proves("BUS-34")
def test_every_bus_answers_with_its_own_position(
    latest_positions: dict[str, Reading], target: Target
) -> None:
    """Every bus answers with its own position, on its own line in Madrid, not stale."""
    buses = {bus.bus_id: (bus, agreed().line(bus.line_id)) for bus in agreed().buses}
    oldest_s = max_age_s(target.settings.cadence)
    complaints = [
        contract.about_position(said, *buses[bus], oldest_s) for bus, said in latest_positions.items()
    ]
    assert [complaint for some in complaints for complaint in some] == []


@proves("BUS-35")
def test_every_line_answers_with_its_own_buses(latest_lines: dict[str, Reading], target: Target) -> None:
    """Every line answers with exactly its own buses, each once, none stale."""
    oldest_s = max_age_s(target.settings.cadence)
    complaints = [
        contract.about_line(said, agreed().line(line), oldest_s) for line, said in latest_lines.items()
    ]
    assert [complaint for some in complaints for complaint in some] == []


@proves("BUS-44")
def test_the_past_is_told_as_it_was(past_answers: Transcript, target: Target) -> None:
    """The API answers about the past with the row that was newest then, whichever way it is asked."""
    cadence = target.settings.cadence
    assert past.complaints(past_answers, max_age_s(cadence), cadence.slowest_tick_s) == []


@proves("BUS-61")
def test_no_request_ran_into_a_timeout(
    latest_people: dict[str, Reading],
    latest_sensors: dict[str, Reading],
    latest_positions: dict[str, Reading],
    latest_lines: dict[str, Reading],
) -> None:
    """No request of this run ended in 504."""
    sources = latest_people, latest_sensors, latest_positions, latest_lines
    said = contract.telling(*(source.values() for source in sources))
    assert [reading.asked for reading in said if reading.status == 504] == []


@proves("BUS-63")
def test_answers_come_quickly(
    latest_people: dict[str, Reading],
    latest_sensors: dict[str, Reading],
    latest_positions: dict[str, Reading],
    mcp_tools: Reading,
    mcp_calls: ToolReadings,
) -> None:
    """95 of 100 answers of REST and MCP take less than 3 s, none takes more than 10 s."""
    rest = (source.values() for source in (latest_people, latest_sensors, latest_positions))
    said = contract.telling(*rest, [mcp_tools], mcp_calls.all)
    most = SLOW_ANSWER_S if percentile(95, [r.seconds for r in said]) >= SLOW_ANSWER_S else SLOWEST_ANSWER_S
    assert [f"{reading.asked}: {reading.seconds:.1f} s" for reading in said if reading.seconds >= most] == []


@proves("BUS-41")
def test_the_end_to_end_part_ends_in_time(end_to_end: EndToEnd, target: Target) -> None:
    """The end-to-end part of the suite stays within its time."""
    assert [str(end_to_end)] * (end_to_end.seconds > target.settings.cadence.e2e_budget_s) == []
