"""Is what was accepted, skipped or only noted told below the reasons?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports.terminal import page
from reports.verdict import decide
from reports.waivers import Unused, Waiver
from tests.reports.samples import FAILED, PASSED, QUIET_RUN, SKIPPED


def test_what_was_accepted_and_what_wants_tidying() -> None:
    """Waived failures, expired and unused waivers, skips and passes with a note stand below the reasons."""
    waived = replace(FAILED, waiver="until 2026-12-01, ana: the feeder is being rebuilt")
    waiver = Waiver(check="a.b", target="petty/prod", owner="b", reason="c", expiry=date(2026, 1, 1))
    skips = [replace(SKIPPED, detail=f"reason {number // 2}") for number in range(10)]
    everything = [replace(PASSED, notes=("after 1 retry",)), waived, *skips]
    unused = (Unused(waiver, "skipped"), Unused(waiver, "not in this run"), Unused(waiver, "not in this run"))
    verdict = decide(everything, expired=(waiver,), unused=unused)
    assert page(QUIET_RUN, verdict, everything) == (
        "gonogo · madrid_bus · prod                 eu-west-1, account …4821, role verify\n"
        "\n"
        "GO   1 waived, 1 passed, 10 skipped                            2.0 s, 1 AWS call\n"
        "\n"
        "passed    1  after 1 retry\n"
        "skipped   2  reason 0\n"
        "skipped   2  reason 1\n"
        "skipped   2  reason 2\n"
        "skipped   4  for other reasons\n"
        "waived  All four services run the tasks they should                       BUS-23\n"
        "        madrid_bus/prod, until 2026-12-01, ana: the feeder is being rebuilt\n"
        "waiver  expired 2026-01-01: a.b on petty/prod\n"
        "waiver  unused: a.b on petty/prod: skipped\n"
        "waiver  2 for checks that are not in this run\n"
        "\n"
        "run     out/r1\n"
        "replay  pytest --replay=out/r1\n"
    )
