"""Does a reason say what is wrong, where, and what to do, without saying it twice?"""

from __future__ import annotations

from dataclasses import replace

from reports.results import Cause, Outcome, Result
from tests.reports.pages import body, told
from tests.reports.samples import DENIED, FAILED, PASSED, WARNING


def _thirty_denied() -> list[Result]:
    request_ids = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(30)]
    return [
        replace(
            DENIED,
            check=f"metrics.m{number}",
            procedures=(f"AI-{number}",),
            severity=1 + number % 4,
            claim=f"Metric {number} is fine",
            detail=f"denied cloudwatch:GetMetricData (request {request_ids[number]})",
            again=f"pytest -k m{number}",
        )
        for number in range(30)
    ]


def test_thirty_unknowns_of_one_cause_are_one_paragraph() -> None:
    """One denied permission is told once, whatever the severities of its claims and its request ids."""
    assert body(told([PASSED, *_thirty_denied()])) == (
        "P1? 30 claims, unknown for one reason\n"
        "      could not look: denied cloudwatch:GetMetricData (request\n"
        "      00000000-0000-4000-8000-000000000000)\n"
        "      P1  Metric 0 is fine                                                  AI-0\n"
        "      P1  Metric 12 is fine                                                AI-12\n"
        "      P1  Metric 16 is fine                                                AI-16\n"
        "      P1  Metric 20 is fine                                                AI-20\n"
        "      P1  Metric 24 is fine                                                AI-24\n"
        "      … and 25 more\n"
        "      first   add to the role:\n"
        '              {"Effect": "Allow", "Action": "cloudwatch:GetMetricData", "Resource": "*"}\n'
        "      again   pytest -k m0\n"
    )


def test_verbosity_lists_every_claim_of_a_cause_with_its_command() -> None:
    """With -v nothing is left out."""
    text = told([PASSED, *_thirty_denied()], verbosity=1)
    assert [number for number in range(30) if f"again   pytest -k m{number}\n" not in text] == []
    assert "more\n" not in text


def test_different_causes_and_targets_are_different_paragraphs() -> None:
    """Unknowns are told together only if cause, detail and target are the same."""
    slow = replace(DENIED, check="b", cause=Cause.TIMED_OUT, detail="timed out after 5 s", first="", again="")
    dev = replace(DENIED, check="c", environment="dev", claim="Alarms are armed", first="", again="")
    assert body(told([PASSED, replace(DENIED, first="", again=""), slow, dev])) == (
        "P2? Alarms are armed                                                      BUS-11\n"
        "      on madrid_bus/dev\n"
        "      could not look: denied: cloudwatch:GetMetricData\n"
        "\n"
        "P2? Lambda errors stay under 1 %                                          BUS-11\n"
        "      on madrid_bus/prod\n"
        "      could not look: timed out after 5 s\n"
        "\n"
        "P2? Lambda errors stay under 1 %                                          BUS-11\n"
        "      on madrid_bus/prod\n"
        "      could not look: denied: cloudwatch:GetMetricData\n"
    )


def test_long_claims_procedures_and_offenders_are_fitted() -> None:
    """Claims wrap beside their procedures, offenders are cut after two lines and counted after five."""
    wordy = replace(
        FAILED,
        claim="Every stop, bus and sensor entity has a row that is at most three minutes old, in all tables",
        procedures=tuple(f"BUS-{number}" for number in range(50, 60)),
        offenders=("S001 " + "no row " * 30, *(f"S{number:03}\x1b[2J" for number in range(2, 9))),
        first="",
    )
    assert body(told([PASSED, wordy])) == (
        "P1  Every stop, bus and sensor entity has a row that is  BUS-50 BUS-51 BUS-52 +7\n"
        "    at most three minutes old, in all tables\n"
        "      S001 no row no row no row no row no row no row no row no row no row no\n"
        "        row no row no row no row no row no row no row no row no row no row no r…\n"
        "      S002\ufffd[2J\n"
        "      S003\ufffd[2J\n"
        "      S004\ufffd[2J\n"
        "      S005\ufffd[2J\n"
        "      … and 3 more\n"
        '      again   pytest -m "madrid_bus and prod" -k containers_running\n'
    )


def test_every_unknown_is_told() -> None:
    """An unknown that only warns is on the page with its cause, too."""
    unsure = replace(
        WARNING, outcome=Outcome.UNKNOWN, cause=None, offenders=(), detail="", first="", again=""
    )
    assert body(told([PASSED, unsure])) == (
        "P3? Tasks have the agreed CPU and memory                                  BUS-54\n"
        "      could not look: cause not known\n"
    )
