"""Is there a dashboard to look at, and does it show the whole system?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.dashboards import Charting, Dashboard


@named("dashboards.exist")
def test_every_dashboard_exists(dashboard_bodies: list[Dashboard]) -> None:
    """Every declared dashboard exists and has widgets."""
    assert [one for one in dashboard_bodies if one.faults] == []


@named("dashboards.chart")
def test_dashboards_show_the_whole_system(chartings: list[Charting]) -> None:
    """Every dashboard shows all that it should of the system, and nothing that does not exist."""
    assert [one for one in chartings if one.faults] == []
