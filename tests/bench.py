"""How fast is gonogo beside a runbook worked through by hand? Ratios from one run: `make bench`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from checks.madrid_bus.topology import agreed
from fixtures.aws import stock_client
from fixtures.systems import read_systems
from fixtures.targets import LOCAL, Run, Target
from tests import bench_fleet
from tests.judging import ROOT, a_twin

LATENCY_MS = 80
FLEETS = (50, 100)
SELECT = ["-m", "madrid_bus and pre_event"]
AWS = str(Path(sys.executable).parent / "aws")


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


def by_hand(twin: str) -> Iterator[list[str]]:
    """The commands of the runbook for the same facts, one fact after the other."""
    exports = requests.get(f"{twin}/_twin/exports", timeout=5).json()
    declared = read_systems(ROOT / "checks", None)["madrid_bus"]
    target = Target(declared, LOCAL, Run(exports=exports))
    secrets = stock_client("secretsmanager", twin, "eu-west-1")
    text = secrets.get_secret_value(SecretId=target.parts.secrets[0].name)["SecretString"]
    yield from _aws_commands(target)
    yield from _curl_commands(target, json.loads(text)["api_key"])


def _aws_commands(target: Target) -> Iterator[list[str]]:
    parts = target.parts
    hour = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600))
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def metric(namespace: str, name: str, dimensions: dict[str, str], *statistics: str) -> list[str]:
        pairs = [f"Name={key},Value={value}" for key, value in dimensions.items()]
        flag = "--extended-statistics" if statistics[0].startswith("p") else "--statistics"
        return [AWS, "cloudwatch", "get-metric-statistics", "--namespace", namespace, "--metric-name", name,
                "--dimensions", *pairs, "--start-time", hour, "--end-time", now, "--period", "300",
                flag, *statistics]  # fmt: skip

    yield [AWS, "sts", "get-caller-identity"]
    names = [container.name for container in parts.containers]
    yield [AWS, "ecs", "describe-services", "--cluster", parts.containers[0].cluster, "--services", *names]
    for container in parts.containers:
        where = {"ClusterName": container.cluster, "ServiceName": container.name}
        for status in ("RUNNING", "STOPPED"):
            yield [AWS, "ecs", "list-tasks", "--cluster", container.cluster, "--service-name", container.name,
                   "--desired-status", status]  # fmt: skip
        yield metric("ECS/ContainerInsights", "RunningTaskCount", where, "Minimum")
        yield _filter(container.log_group, "")
        yield _filter(container.log_group, "?ERROR ?CRITICAL")
    for name in ("CPUUtilization", "MemoryUtilization"):
        yield metric(
            "AWS/ECS", name, {"ClusterName": parts.containers[0].cluster, "ServiceName": names[-1]}, "Average"
        )
    for function in parts.functions:
        yield [AWS, "lambda", "get-function-configuration", "--function-name", function.name]
        yield [AWS, "lambda", "get-function-concurrency", "--function-name", function.name]
        for name in ("Invocations", "Errors", "Throttles"):
            yield metric("AWS/Lambda", name, {"FunctionName": function.name}, "Sum")
        yield metric("AWS/Lambda", "ConcurrentExecutions", {"FunctionName": function.name}, "Maximum")
        yield metric("AWS/Lambda", "Duration", {"FunctionName": function.name}, "Average", "Maximum")
        yield _filter(function.log_group, "ERROR")
        yield _filter(function.log_group, '"Task timed out"')
    yield [AWS, "lambda", "get-account-settings"]
    yield [AWS, "apigatewayv2", "get-apis"]
    for name in ("Count", "4xx", "5xx"):
        yield metric("AWS/ApiGateway", name, {"ApiId": "api"}, "Sum")
    for percentile in ("p50", "p90", "p99"):
        yield metric("AWS/ApiGateway", "Latency", {"ApiId": "api"}, percentile)
    yield [AWS, "apigatewayv2", "get-vpc-links"]
    yield [AWS, "elbv2", "describe-target-groups", "--names", parts.target_groups[0].name]
    yield [AWS, "cloudwatch", "describe-alarms", "--alarm-name-prefix", parts.alarm_prefix or ""]
    yield [AWS, "secretsmanager", "describe-secret", "--secret-id", parts.secrets[0].name]
    yield [AWS, "secretsmanager", "get-secret-value", "--secret-id", parts.secrets[0].name]
    yield [AWS, "dynamodb", "scan", "--table-name", parts.tables[0].name]
    for table in parts.timestream_tables:
        source = f"{table.database}.{table.name}"
        for statement in (
            f"SELECT COUNT(*) FROM {source} WHERE time > ago(1h)",
            f"SELECT MIN(time) AS oldest, MAX(time) AS newest FROM {source}",
            f"SELECT bin(time, 1h), COUNT(DISTINCT time) FROM {source} WHERE time > ago(5d) GROUP BY 1",
        ):
            yield [AWS, "timestream-query", "query", "--query-string", statement]


def _filter(group: str, pattern: str) -> list[str]:
    since = str(int((time.time() - 3600) * 1000))
    command = [AWS, "logs", "filter-log-events", "--log-group-name", group, "--start-time", since]
    return [*command, "--filter-pattern", pattern] if pattern else command


def _curl_commands(target: Target, key: str) -> Iterator[list[str]]:
    api, mcp = (target.resolve(target.place.endpoints[name]) for name in ("api", "mcp"))
    topology = agreed()
    group, right, wrong = "x-group-name: by-hand", f"x-api-key: {key}", "x-api-key: nonsense-nonsense"
    known = [right, group]
    refused = [[group], ["x-api-key;", group], [wrong, group], [right], [right, "x-group-name;"], []]
    latest = [f"/people-count/{stop.stop_id}" for stop in topology.stops]
    latest += [f"/sensors/stop/{stop.stop_id}" for stop in topology.stops]
    latest += [f"/{kind}/{bus.bus_id}" for kind in ("sensors/bus", "bus-position") for bus in topology.buses]
    latest += [f"/bus-position/line/{line.line_id}" for line in topology.lines]
    for path in latest:
        yield _curl(f"{api}{path}?mode=latest", known)
    routes = ("/people-count/S001", "/sensors/bus/B001", "/bus-position/B001", "/bus-position/line/L1")
    for path in routes:
        for when in ("mode=latest", "timestamp=2026-01-01T00:00:00Z"):
            for headers in (known, *refused):
                yield _curl(f"{api}{path}?{when}", headers)
    for path in routes[:3]:
        for minutes in (5, 10, 15, 1440, 5760, 60, 120, 600, 3000):
            then = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60 * minutes))
            yield _curl(f"{api}{path}?timestamp={then}", known)
    yield _curl(f"{mcp}/health", [])
    for route in ("list-tools", "call-tool"):
        for headers in (known, *refused):
            yield _curl(
                f"{mcp}/mcp/{route}", headers, '{"tool": "query_line_buses", "arguments": {"line_id": "L1"}}'
            )


def _curl(url: str, headers: list[str], body: str | None = None) -> list[str]:
    sent = [word for header in headers for word in ("-H", header)]
    return ["curl", "-s", *sent, *(["--data", body] if body else []), url]


def worked_by_hand(twin: str) -> tuple[float, int, int]:
    """Wall seconds, AWS calls and all commands of working the runbook by hand."""
    environment = {
        **os.environ, "AWS_ENDPOINT_URL": twin, "AWS_ACCESS_KEY_ID": "hand", "AWS_SECRET_ACCESS_KEY": "hand",
        "AWS_DEFAULT_REGION": "eu-west-1", "AWS_PAGER": "", "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    commands = list(by_hand(twin))
    started = time.monotonic()
    for command in commands:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return time.monotonic() - started, sum(command[0] == AWS for command in commands), len(commands)


def main() -> None:
    """Measure, and print the figures side by side."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as slow:
        slow.write("[madrid_bus.environments.local]\nrequests_in_flight = 1\n")
        slow.flush()
        with a_twin("--system", "madrid_bus", "--latency-ms", str(LATENCY_MS)) as twin:
            gonogo(twin)
            wall, verdict, folder = gonogo(twin)
            beginning, chain = start_up(twin), deepest_chain(folder)
            one_by_one, serial, _ = gonogo(twin, "--slots=1", f"--config={slow.name}")
            hand, calls, commands = worked_by_hand(twin)
    facts = sum(verdict["counts"].values())
    write = sys.stdout.write
    write(f"Madrid Bus before its event, every answer {LATENCY_MS} ms away\n\n")
    write(f"{'':34}{'wall':>9}{'AWS calls':>11}{'ratio':>8}\n")
    for what, seconds, aws_calls in (
        (f"(a) gonogo, {facts} claims", wall, verdict["aws_calls"]),
        (f"(b) by hand, {commands} commands", hand, calls),
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
