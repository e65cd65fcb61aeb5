"""Do waivers cover what they name, until they expire, and does the rest come to light?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reports.results import Outcome, Result
from reports.waivers import BadWaivers, Unused, Waiver, apply, parse
from tests.reports.samples import FAILED, PASSED, SKIPPED

TODAY = date(2026, 11, 20)
WAIVER = Waiver(
    check="containers.running",
    target="madrid_bus/prod",
    owner="ana",
    reason="feeder is being rebuilt",
    expiry=date(2026, 11, 20),
)
TEXT = """
[[waiver]]
check = "containers.running"
target = "madrid_bus/prod"
owner = "ana"
reason = "feeder is being rebuilt"
expiry = 2026-11-20
"""


def test_a_file_is_read() -> None:
    """A table becomes a typed waiver; an empty file has none."""
    assert parse(TEXT) == (WAIVER,)
    assert parse("") == ()


def test_all_faults_are_told_at_once() -> None:
    """Every fault of the file is one line with waiver, key and reason."""
    text = """
    waivers = 1
    [[waiver]]
    check = "a.b"
    target = "prod"
    owner = " "
    expiry = 20261120
    until = 2026-11-20
    [[waiver]]
    """
    with pytest.raises(BadWaivers) as caught:
        parse(text, "w.toml")
    assert str(caught.value).splitlines() == [
        "w.toml: waivers: only [[waiver]] tables are known here",
        "w.toml: waiver 1 (a.b): target: String should match pattern '^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$'",
        "w.toml: waiver 1 (a.b): owner: String should have at least 1 character",
        "w.toml: waiver 1 (a.b): reason: Field required",
        "w.toml: waiver 1 (a.b): expiry: Input should be a valid date",
        "w.toml: waiver 1 (a.b): until: Extra inputs are not permitted",
        "w.toml: waiver 2: check: Field required",
        "w.toml: waiver 2: target: Field required",
        "w.toml: waiver 2: owner: Field required",
        "w.toml: waiver 2: reason: Field required",
        "w.toml: waiver 2: expiry: Field required",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[waiver", "waivers.toml: not TOML: "),
        ("[waiver]\ncheck = 'a'", "waivers.toml: waiver: write [[waiver]], with two brackets"),
        ("waiver = [1]", "waivers.toml: waiver 1: table: Input should be a valid dictionary"),
        (TEXT + TEXT, "waivers.toml: containers.running on madrid_bus/prod: waived 2 times"),
        (TEXT.replace("2026-11-20", '"2026-11-20"'), "waivers.toml: waiver 1 (containers.running): expiry: "),
        (TEXT.replace("11-20", "11-20T08:00:00"), "waivers.toml: waiver 1 (containers.running): expiry: "),
    ],
)
def test_other_bad_files_are_refused(text: str, message: str) -> None:
    """What is not TOML, not a list of tables, said twice or no date is refused with its reason."""
    with pytest.raises(BadWaivers) as caught:
        parse(text)
    assert str(caught.value).startswith(message)


def test_a_failure_is_covered_through_the_day_of_expiry() -> None:
    """On its last day the waiver still marks the failure, and nothing else."""
    elsewhere = replace(FAILED, environment="dev")
    applied = apply([WAIVER], [PASSED, FAILED, elsewhere], TODAY)
    marked = replace(FAILED, waiver="until 2026-11-20, ana: feeder is being rebuilt")
    assert applied.results == (PASSED, marked, elsewhere)
    assert (applied.expired, applied.unused) == ((), ())


def test_an_expired_waiver_covers_nothing_and_is_told() -> None:
    """The day after, the failure counts again."""
    applied = apply([WAIVER], [FAILED], date(2026, 11, 21))
    assert (applied.results, applied.expired, applied.unused) == ((FAILED,), (WAIVER,), ())


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (replace(FAILED, outcome=Outcome.PASSED), "passed: the waiver can go"),
        (replace(FAILED, outcome=Outcome.UNKNOWN), "could not look, and only a failure can be waived"),
        (replace(FAILED, outcome=Outcome.SKIPPED), "skipped"),
        (SKIPPED, "not in this run"),
    ],
)
def test_an_unused_waiver_is_told_with_the_reason(result: Result, why: str) -> None:
    """A waiver that covered nothing says why; an unknown is not waived."""
    applied = apply([WAIVER], [result], TODAY)
    assert (applied.results, applied.unused) == ((result,), (Unused(WAIVER, why),))
