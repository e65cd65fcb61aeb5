"""How fast is gonogo beside a runbook worked through by hand? Ratios from one run: `make bench`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import requests

from tests import bench_fleet
from tests.bench_by_hand import worked_by_hand
from tests.judging import ROOT, a_twin

LATENCY_MS = 80
FLEETS = (50, 100)
SELECT = ["-m", "madrid_bus and pre_event"]


def gonogo(twin: str, *arguments: str) -> tuple[float, dict[str, Any], Path]:
    """Wall seconds of one whole invocation, its verdict.json, and its run folder."""
    folder = Path(tempfile.mkdtemp()) / "run"
    command = [sys.executable, "-m", "pytest", *SELECT, f"--run-dir={folder}", *arguments]
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "GONOGO_TWIN": twin},
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.monotonic() - started
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return wall, json.loads((folder / "verdict.json").read_text()), folder


def start_up(twin: str) -> float:
    """Wall seconds until the checks are collected, without a look."""
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", *SELECT, "--collect-only", "-q"]
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, "GONOGO_TWIN": twin}, capture_output=True, check=True
    )
    return time.monotonic() - started


def deepest_chain(folder: Path) -> float:
    """Seconds along the longest chain of looks, each with what it needed."""
    lines = (folder / "observations.jsonl").read_text().splitlines()
    looks = {look["observation"]: look for look in map(json.loads, lines)}

    def until(name: str) -> float:
        look = looks[name]
        return float(look["seconds"]) + max(
            (until(need) for need in look["needs"] if need in looks), default=0.0
        )

    return max(until(name) for name in looks)


def main() -> None:
    """Measure, and print the figures side by side."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as slow:
        slow.write("[madrid_bus.environments.local]\nrequests_in_flight = 1\n")
        slow.flush()
        with a_twin("--system", "madrid_bus", "--latency-ms", str(LATENCY_MS)) as twin:
            gonogo(twin)
            wall, verdict, folder = gonogo(twin)
            beginning, chain = start_up(twin), deepest_chain(folder)
            requests.post(f"{twin}/_twin/asked", timeout=5)
            one_by_one, serial, _ = gonogo(twin, "--slots=1", f"--config={slow.name}")
            hand = worked_by_hand(twin)
    facts = sum(verdict["counts"].values())
    write = sys.stdout.write
    write(f"Madrid Bus before its event, every answer {LATENCY_MS} ms away\n\n")
    write(f"{'':34}{'wall':>9}{'AWS calls':>11}{'ratio':>8}\n")
    for what, seconds, aws_calls in (
        (f"(a) gonogo, {facts} claims", wall, verdict["aws_calls"]),
        (f"(b) by hand, {hand.commands} commands", hand.wall_s, hand.aws_calls),
        ("(c) the same looks one by one", one_by_one, serial["aws_calls"]),
    ):
        write(f"{what:34}{seconds:>7.1f} s{aws_calls:>11}{seconds / wall:>7.1f}x\n")
    bound = beginning + 1.5 * chain
    write(f"\nstart-up {beginning:.1f} s, deepest chain of looks {chain:.1f} s: (a) may take {bound:.1f} s\n")
    fleets = [bench_fleet.measure(size, LATENCY_MS) for size in FLEETS]
    write("\nA system of functions with alarms and log groups, as far away\n\n")
    write("".join(f"{line}\n" for line in bench_fleet.lines(fleets)))


if __name__ == "__main__":
    main()
