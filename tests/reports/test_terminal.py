"""Does the page say, in eighty columns, what a tired person needs?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.results import Result
from reports.run import TargetInfo
from reports.terminal import duration, live_line, page
from reports.typesetting import columns
from reports.verdict import decide
from tests.reports.pages import told
from tests.reports.samples import DENIED, FAILED, PASSED, PROD, QUIET_RUN, RUN, SKIPPED, STALE, WARNING
from tests.reports.strategies import STEADY, results

EVERY_OUTCOME = [PASSED, FAILED, STALE, DENIED, WARNING, SKIPPED]
NO_GO = """\
gonogo · madrid_bus · prod · pre_event     eu-west-1, account …4821, role verify

NO-GO   2 reasons, 1 unknown, 1 warning, 1 passed, 1 skipped
  3.1 s, 34 AWS calls

P1  All four services run the tasks they should                           BUS-23
      people-count-feeder   ACTIVE   running 0   desired 1
      first   force a new deployment:
              aws ecs update-service --cluster bus-simulator-cluster --service people-count-feeder \
--force-new-deployment
              then look at BUS-47
      again   pytest -m "madrid_bus and prod" -k containers_running

P2  The newest people_count row is at most 180 s old                      BUS-47
      newest 18:11:03 UTC, 19 min 9 s ago
      note    probably the same cause as BUS-23
      first   restart people-count-feeder
      again   pytest -m "madrid_bus and prod" -k newest_people_count

P2? Lambda errors stay under 1 %                                          BUS-11
      could not look: denied: cloudwatch:GetMetricData
      first   add to the role:
              {"Effect": "Allow", "Action": "cloudwatch:GetMetricData", "Resource": "*"}
      again   pytest -m "madrid_bus and prod" -k functions_errors

Warnings, which leave the verdict as it is:
P3  Tasks have the agreed CPU and memory                                  BUS-54
      sensors-feeder  cpu 512  agreed 256
      … and 1 more

skipped   1  a drill: only with --drills

run     reports/out/20261120T183012Z-7f3a
replay  pytest --replay=reports/out/20261120T183012Z-7f3a

NO-GO   2 reasons, 1 unknown, 1 warning, 1 passed, 1 skipped
  3.1 s, 34 AWS calls
"""


def test_no_go_page() -> None:
    """Reasons come first and worst first, then what could not be seen, warnings in brief, the way back."""
    assert told(EVERY_OUTCOME, RUN) == NO_GO


def test_go_page() -> None:
    """A quiet run is a few lines."""
    assert told([PASSED]) == (
        "gonogo · madrid_bus · prod                 eu-west-1, account …4821, role verify\n"
        "\n"
        "GO   1 passed                                                  2.0 s, 1 AWS call\n"
        "\n"
        "run     out/r1\n"
        "replay  pytest --replay=out/r1\n"
    )


def test_warnings_are_told_in_full_when_they_are_all_there_is() -> None:
    """With a GO, the warnings are the news."""
    assert told([PASSED, WARNING]) == (
        "gonogo · madrid_bus · prod                 eu-west-1, account …4821, role verify\n"
        "\n"
        "GO with warnings   1 warning, 1 passed                         2.0 s, 1 AWS call\n"
        "\n"
        "P3  Tasks have the agreed CPU and memory                                  BUS-54\n"
        "      sensors-feeder  cpu 512  agreed 256\n"
        "      mcp-server  memory 512  agreed 1024\n"
        "      first   raise memory\n"
        '      again   pytest -m "madrid_bus and prod" -k containers_size\n'
        "\n"
        "run     out/r1\n"
        "replay  pytest --replay=out/r1\n"
    )


def test_a_run_that_judged_nothing_says_so() -> None:
    """Skips alone are a HOLD, and the page says why."""
    assert told([SKIPPED]) == (
        "gonogo · madrid_bus · prod                 eu-west-1, account …4821, role verify\n"
        "\n"
        "HOLD   0 passed, 1 skipped                                     2.0 s, 1 AWS call\n"
        "Nothing could be judged: no check passed or failed.\n"
        "\n"
        "skipped   1  a drill: only with --drills\n"
        "\n"
        "run     out/r1\n"
        "replay  pytest --replay=out/r1\n"
    )


def test_several_targets_are_listed_and_named_at_each_reason() -> None:
    """With more than one target every reason says where; the retries of the run are told."""
    dev = TargetInfo("petty", "dev", "eu-central-1")
    run = replace(QUIET_RUN, targets=(PROD, dev), retries=1, notes=("The budget of 120 s was spent.",))
    text = told([PASSED, replace(STALE, system="petty", environment="dev", notes=())], run)
    assert text == (
        "gonogo · 2 targets\n"
        "  madrid_bus/prod  eu-west-1, account …4821, role verify\n"
        "  petty/dev        eu-central-1\n"
        "\n"
        "NO-GO   1 reason, 1 passed                            2.0 s, 1 AWS call, 1 retry\n"
        "\n"
        "P2  The newest people_count row is at most 180 s old                      BUS-47\n"
        "      on petty/dev\n"
        "      newest 18:11:03 UTC, 19 min 9 s ago\n"
        "      first   restart people-count-feeder\n"
        '      again   pytest -m "madrid_bus and prod" -k newest_people_count\n'
        "\n"
        "note    The budget of 120 s was spent.\n"
        "run     out/r1\n"
        "replay  pytest --replay=out/r1\n"
    )


def test_after_ten_reasons_one_line_each() -> None:
    """A disaster shows the worst ten in full and names the others."""
    text = told([replace(STALE, check=f"c{number:02}", claim=f"Claim {number}") for number in range(12)])
    assert text.count("      again   ") == 10
    assert (
        "2 more, in full with -v:\n"
        "P2  Claim 10                                                              BUS-47\n"
        "P2  Claim 11                                                              BUS-47\n"
    ) in text
    assert text.splitlines()[-1] == text.splitlines()[2]


def test_passes_are_listed_when_asked_for() -> None:
    """With -vv the page shows what was selected and every claim that held."""
    text = told([PASSED], RUN, verbosity=2)
    assert '  selected  -m "madrid_bus and pre_event" --env prod\n' in text
    assert "ok  The newest bus_position row is at most 180 s old                      BUS-49\n" in text


def test_colour_only_adds() -> None:
    """Without its colour codes the coloured page is the plain one, and labels are coloured."""
    coloured = page(RUN, decide(EVERY_OUTCOME), EVERY_OUTCOME, colour=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == NO_GO
    assert "\x1b[1;37;41mNO-GO\x1b[0m   2 reasons" in coloured
    assert "\n\x1b[1;31mP1\x1b[0m  All four" in coloured
    assert "\n\x1b[1;33mP2?\x1b[0m Lambda" in coloured


TEXTS = st.text(max_size=120)


@STEADY
@given(
    st.lists(
        st.builds(
            replace,
            results(),
            claim=TEXTS,
            detail=TEXTS,
            first=TEXTS.map(lambda text: text.replace("`", "")),
            offenders=st.lists(TEXTS, max_size=7).map(tuple),
            notes=st.lists(TEXTS, max_size=2).map(tuple),
            procedures=st.lists(st.text("AB-1", min_size=1, max_size=9), max_size=5).map(tuple),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(60, 100),
    st.integers(0, 2),
)
def test_no_line_is_wider_than_the_page(some: list[Result], width: int, verbosity: int) -> None:
    """Whatever was observed, no line exceeds the width and no control character reaches the terminal."""
    lines = page(QUIET_RUN, decide(some), some, width, verbosity=verbosity).removesuffix("\n").split("\n")
    assert [line for line in lines if columns(line) > width] == []
    assert [line for line in lines if not line.isascii() and any(ord(char) < 32 for char in line)] == []


@STEADY
@given(st.lists(results(), min_size=1))
def test_every_result_is_in_exactly_one_number(some: list[Result]) -> None:
    """The numbers of the headline add up to the number of results."""
    headline = page(QUIET_RUN, decide(some), some, width=200).split("\n")[2]
    assert sum(int(part.split()[0]) for part in headline.split("   ")[1].split(", ")) == len(some)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0.0 s"), (59.94, "59.9 s"), (59.96, "1 min 0 s"), (125.4, "2 min 5 s")]
)
def test_durations(seconds: float, text: str) -> None:
    """Seconds to a tenth, minutes from one on."""
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            live_line(41, 47, ["stream of L1", "costs"], 1.93),
            "looking  ██████████████████████░░░░  41/47  1.9 s  slowest: stream of L1",
        ),
        (live_line(0, 0, [], 0.0), "looking  ██████████████████████████  0/0  0.0 s"),
        (live_line(1, 2, ["an observation"], 9.0, 30), "looking  ██░░  1/2  9.0 s  sl…"),
    ],
)
def test_live_line(line: str, text: str) -> None:
    """One line: how far, how long, and what we wait for; never wider than the terminal."""
    assert line == text
