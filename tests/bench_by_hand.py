"""What does a person type who works a runbook through by hand? The same facts, one command after another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from botocore import xform_name

from checks.madrid_bus.topology import agreed
from fixtures.systems import read_systems
from fixtures.targets import LOCAL, Run, Target
from fixtures.twins.clients import stock_client
from tests.judging import ROOT

AWS = str(Path(sys.executable).parent / "aws")
CLI_NAMES = {"config": "configservice", "s3": "s3api"}
FURTHER_PAGES = {"NextToken", "nextToken", "Marker", "marker", "ExclusiveStartKey", "position"}


@dataclass(frozen=True)
class Work:
    """How long it took, with how many AWS calls among all commands."""

    wall_s: float
    aws_calls: int
    commands: int


def worked_by_hand(twin: str) -> Work:
    """Ask by command what the AWS calls asked that the twin has noted, and the web with curl.

    Raises:
        SystemExit: a command failed.
    """
    environment = {
        **os.environ, "AWS_ENDPOINT_URL": twin, "AWS_ACCESS_KEY_ID": "hand", "AWS_SECRET_ACCESS_KEY": "hand",
        "AWS_DEFAULT_REGION": "eu-west-1", "AWS_PAGER": "", "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    asked = requests.get(f"{twin}/_twin/asked", timeout=5).json()
    typed = [*_aws_commands(asked), *_curl_commands(twin)]
    started = time.monotonic()
    for command in typed:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    wall_s = time.monotonic() - started
    return Work(wall_s, sum(command[0] == AWS for command in typed), len(typed))


def _aws_commands(asked: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """One command a question; the aws CLI turns pages by itself, and asks for one metric at a time."""
    typed: dict[str, list[str]] = {}
    for call in asked:
        for operation, params in _questions(call["operation"], call["params"]):
            service = CLI_NAMES.get(call["service"], call["service"])
            command = [AWS, service, xform_name(operation, "-"), "--cli-input-json", json.dumps(params)]
            typed[" ".join(command)] = command
    return list(typed.values())


def _questions(operation: str, params: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if operation == "GetMetricData":
        for query in params["MetricDataQueries"]:
            yield "GetMetricStatistics", _statistics(query["MetricStat"], params)
    elif not FURTHER_PAGES.intersection(params):
        yield operation, params


def _statistics(wanted: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    kind = "ExtendedStatistics" if wanted["Stat"].startswith("p") else "Statistics"
    when = {name: params[name] for name in ("StartTime", "EndTime")}
    return {**wanted["Metric"], **when, "Period": wanted["Period"], kind: [wanted["Stat"]]}


def _curl_commands(twin: str) -> Iterator[list[str]]:
    exports = requests.get(f"{twin}/_twin/exports", timeout=5).json()
    target = Target(read_systems(ROOT / "checks", None)["madrid_bus"], LOCAL, Run(exports=exports))
    secrets = stock_client("secretsmanager", twin, "eu-west-1")
    text = secrets.get_secret_value(SecretId=target.parts.secrets[0].name)["SecretString"]
    api, mcp = (target.resolve(target.place.endpoints[name]) for name in ("api", "mcp"))
    yield from _rest_commands(api, json.loads(text)["api_key"])
    yield from _mcp_commands(mcp, json.loads(text)["api_key"])


def _headers(key: str) -> tuple[list[str], list[list[str]]]:
    """The headers that are let in, and those that are not."""
    group, right, wrong = "x-group-name: by-hand", f"x-api-key: {key}", "x-api-key: nonsense-nonsense"
    return [right, group], [
        [group], ["x-api-key;", group], [wrong, group], [right], [right, "x-group-name;"], [],
    ]  # fmt: skip


def _rest_commands(api: str, key: str) -> Iterator[list[str]]:
    known, refused = _headers(key)
    topology = agreed()
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


def _mcp_commands(mcp: str, key: str) -> Iterator[list[str]]:
    known, refused = _headers(key)
    yield _curl(f"{mcp}/health", [])
    for route in ("list-tools", "call-tool"):
        for headers in (known, *refused):
            yield _curl(
                f"{mcp}/mcp/{route}", headers, '{"tool": "query_line_buses", "arguments": {"line_id": "L1"}}'
            )


def _curl(url: str, headers: list[str], body: str | None = None) -> list[str]:
    sent = [word for header in headers for word in ("-H", header)]
    return ["curl", "-s", *sent, *(["--data", body] if body else []), url]
