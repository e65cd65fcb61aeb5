"""Is the catalogue stable, so that its diff shows changed claims only?"""

from __future__ import annotations

from dataclasses import replace

from reports.catalogue import Entry, render

RUNNING = Entry(
    check="containers.running",
    procedures=("BUS-23", "AI-07"),
    severity=1,
    kind="health",
    occasions=("daily", "smoke"),
    claim="Every service runs\n    its tasks.",
)
NEWEST = Entry("madrid_bus.newest_row", (), 2, "freshness", (), "The newest row is fresh.")


def test_one_line_per_check() -> None:
    """Sorted by check, occasions in the order of their use, the claim on one line."""
    assert render([NEWEST, RUNNING]) == (
        "# check | procedures | severity | kind | occasions | claim\n"
        "containers.running | AI-07 BUS-23 | p1 | health | smoke daily | Every service runs its tasks.\n"
        "madrid_bus.newest_row | - | p2 | freshness | - | The newest row is fresh.\n"
    )


def test_order_and_repetition_leave_no_trace() -> None:
    """The same entries in another order, procedures too, or twice, give the same text."""
    turned = replace(RUNNING, procedures=("AI-07", "BUS-23"), occasions=("smoke", "daily"))
    assert render([turned, NEWEST, RUNNING]) == render([NEWEST, RUNNING])
