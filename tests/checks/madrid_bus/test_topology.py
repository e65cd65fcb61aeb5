"""Is the agreed configuration the one we know, and does its geometry hold?"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from checks.madrid_bus.topology import agreed

# Legs in metres, outbound; minutes for one way at 30 km/h; buses and where they start.
LINES = {
    "L1": (
        [1749.8, 408.9, 2445.1, 743.6, 242.2, 1162.3],
        6751.9,
        14,
        {"B001": 0, "B002": 0.33, "B003": 0.66},
    ),
    "L2": (
        [818.7, 512.2, 740.9, 169.3, 345.6],
        2586.8,
        6,
        {"B101": 0, "B102": 0.25, "B103": 0.5, "B104": 0.75},
    ),
    "L3": ([567.2, 437.6, 740.4, 746.6], 2491.9, 5, {"B201": 0, "B202": 0.33, "B203": 0.66}),
    "L27": ([1068.2, 1436.4, 714.1, 2339.5, 2286.5], 7844.8, 16, {"B301": 0, "B302": 0.5}),
    "L46": ([624.6, 969.4, 532.8, 425.3, 756.5], 3308.6, 7, {"B401": 0, "B402": 0.33, "B403": 0.66}),
    "L82": ([1064.9, 1914.1, 948.8, 2286.5], 6214.3, 13, {"B501": 0, "B502": 0.5}),
    "L61": ([782.9, 1131.9, 1664.3, 607.4], 4186.5, 9, {"B601": 0, "B602": 0.5}),
    "L45": (
        [2270.3, 332.3, 668.5, 404.5, 1618.1, 1068.2],
        6361.9,
        13,
        {"B701": 0, "B702": 0.33, "B703": 0.66},
    ),
    "L132": ([624.6, 969.4, 834.3], 2428.4, 5, {"B801": 0, "B802": 0.5}),
}


def test_every_line_has_its_legs_and_buses() -> None:
    """Legs and routes agree to a decimetre, one way takes its minutes, and buses start where they should."""
    found = {
        line.line_id: (
            [round(leg, 1) for leg in line.legs_m],
            round(line.route_m, 1),
            -(-line.route_m // 500),
            {bus.bus_id: bus.start for bus in line.buses},
        )
        for line in agreed().lines
    }
    assert found == LINES


def test_there_are_fifty_one_stops_and_twenty_four_buses() -> None:
    """Ids are unique and follow their pattern, and every bus has eighty places."""
    stops, buses = agreed().stops, agreed().buses
    assert (len({stop.stop_id for stop in stops}), len({bus.bus_id for bus in buses})) == (51, 24)
    assert [s for s in stops if not re.fullmatch(r"S\d{3}", s.stop_id)] == []
    assert [b for b in buses if not re.fullmatch(r"B\d{3}", b.bus_id) or b.capacity != 80] == []


def test_a_bus_serves_the_stops_of_its_hundred() -> None:
    """The first digit of stops and buses names the line."""
    hundreds = {line.line_id: {x[1] for x in _ids(line.line_id)} for line in agreed().lines}
    assert list(hundreds.values()) == [{str(n)} for n in range(9)]


def test_stops_lie_in_the_box_and_share_names() -> None:
    """The corners are the known ones, and three names are used by three stops each."""
    stops = agreed().stops
    latitudes, longitudes = [s.latitude for s in stops], [s.longitude for s in stops]
    assert (min(latitudes), max(latitudes)) == (40.4053, 40.4669)
    assert (min(longitudes), max(longitudes)) == (-3.7260, -3.6697)
    names = Counter(stop.name for stop in stops)
    assert (names["Sol"], names["Atocha"], names["Colón"]) == (3, 3, 3)


def test_people_arrive_at_the_agreed_rates() -> None:
    """A little over a hundred a minute in all, more or less by the hour."""
    topology = agreed()
    assert sum(stop.people_per_minute for stop in topology.stops) == pytest.approx(104.3)
    assert sum(topology.hour_multipliers) == pytest.approx(18.3)
    assert [topology.hour_multipliers[hour] for hour in (0, 5, 6, 9, 12, 15, 18, 21, 23)] == [
        0.2,
        0.2,
        1.5,
        0.6,
        1.2,
        0.8,
        1.4,
        0.2,
        0.2,
    ]


def test_a_line_is_found_by_its_id() -> None:
    """An unknown one is a LookupError."""
    assert agreed().line("L132").terminals[1].name == "Príncipe Pío"
    with pytest.raises(LookupError, match="L99"):
        agreed().line("L99")


def test_the_distance_from_a_route_is_measured_to_its_nearest_point() -> None:
    """A hundredth of a degree north of a terminal at the northern end is over a kilometre away."""
    line = agreed().line("L27")
    terminal = line.terminals[1]
    away = (terminal.latitude + 0.01, terminal.longitude)
    assert line.distance_m([terminal.point, away]) == pytest.approx(1_112, abs=2)


def _ids(line_id: str) -> list[str]:
    line = agreed().line(line_id)
    return [stop.stop_id for stop in line.stops] + [bus.bus_id for bus in line.buses]
