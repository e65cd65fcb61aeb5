"""What does a fleet twice as large cost? A system of many functions, declared and nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests

from tests.judging import a_twin
from tests.manifest_house import build, verified

MANIFEST = """
name = "fleet"
title = "Many functions"
log_retention_days = 7

[environments.local]
account = "123456789012"
region = "eu-west-1"
endpoints.aws = "env:AWS_ENDPOINT_URL"
aws_calls_per_second = 1000.0

[defaults.functions]
timeout_s = 30
max_error_rate = 0.01
max_duration_ms = { p50 = 50, p95 = 100, p99 = 200 }

{functions}

[[parts.topics]]
name = "fleet-alarms"

[[parts.alarms]]
for_each = "functions"
name = "{function}-errors"
namespace = "AWS/Lambda"
metric = "Errors"
dimensions = { FunctionName = "{function}" }
statistic = "Sum"
period_s = 300
evaluation_periods = 2
threshold = 10
"""
TIMES = 3
PROVED_BY = (
    "functions.present, functions.active, functions.error_rate, functions.not_throttled",
    "functions.percentiles, functions.failure_budget, functions.duration",
    "alarms.as_agreed, alarms.quiet, alarms.armed",
    "logs.functions_retained, logs.functions_without_errors",
)


@dataclass(frozen=True)
class Fleet:
    """How long the quickest of several invocations took for a fleet of a size, and how often each called
    AWS, by operation."""

    size: int
    wall_s: float
    calls: dict[str, int]


def measure(size: int, latency_ms: int) -> Fleet:
    """Verify a healthy fleet, every answer so far away.

    Raises:
        SystemExit: it was not GO.
    """
    functions = "\n".join(f'[[parts.functions]]\nname = "fleet-{number:03}"' for number in range(size))
    with TemporaryDirectory() as folder:
        house = build(Path(folder), "fleet", MANIFEST.replace("{functions}", functions), PROVED_BY)
        with a_twin("--latency-ms", str(latency_ms), house=house) as twin:
            verified(house, GONOGO_TWIN=twin)
            before = _calls(twin)
            quickest_s = min(_verified(house, twin) for _ in range(TIMES))
            after = _calls(twin)
    calls = {name: (count - before.get(name, 0)) // TIMES for name, count in after.items()}
    return Fleet(size, quickest_s, calls)


def _verified(house: Path, twin: str) -> float:
    started = time.monotonic()
    done = verified(house, GONOGO_TWIN=twin)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return time.monotonic() - started


def lines(fleets: Iterable[Fleet]) -> Iterable[str]:
    """The figures, one fleet a line, beside the first."""
    first, *_ = known = list(fleets)
    for one in known:
        yield (
            f"{one.size:>5} functions{one.wall_s:>9.1f} s{sum(one.calls.values()):>7} AWS calls, of them"
            f"{one.calls.get('cloudwatch:GetMetricData', 0):>3} GetMetricData"
            f"{one.wall_s / first.wall_s - 1:>+8.0%}"
        )


def _calls(twin: str) -> dict[str, int]:
    found: dict[str, Any] = requests.get(f"{twin}/_twin/calls", timeout=5).json()
    return found
