"""Does a result survive being written down?"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reports.results import Result
from tests.reports.samples import DENIED, FAILED, PASSED, SKIPPED


@pytest.mark.parametrize(
    "result", [PASSED, FAILED, DENIED, SKIPPED, replace(FAILED, waiver="until tomorrow")]
)
def test_json_brings_back_the_same_result(result: Result) -> None:
    """Writing a result as JSON and reading it back loses nothing."""
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


def test_values_are_plain() -> None:
    """What goes to JSON is equal to what comes back from it, lists included."""
    values = DENIED.to_json()
    assert json.loads(json.dumps(values)) == values


def test_target_names_system_and_environment() -> None:
    """A target is written as system and environment."""
    assert PASSED.target == "madrid_bus/prod"
