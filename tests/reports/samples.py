"""Which results and runs do the tests of the reports speak of?"""

from __future__ import annotations

from dataclasses import replace

from reports.results import Cause, Outcome, Result
from reports.run import RunInfo, TargetInfo

PASSED = Result(
    check="stream.newest_bus_position",
    system="madrid_bus",
    environment="prod",
    procedures=("BUS-49",),
    claim="The newest bus_position row is at most 180 s old",
    severity=2,
    kind="freshness",
    occasions=("smoke", "daily"),
    outcome=Outcome.PASSED,
    looked_at=24,
    seconds=0.4,
)
FAILED = replace(
    PASSED,
    check="containers.running",
    procedures=("BUS-23",),
    claim="All four services run the tasks they should",
    severity=1,
    kind="health",
    outcome=Outcome.FAILED,
    offenders=("people-count-feeder   ACTIVE   running 0   desired 1",),
    looked_at=4,
    seconds=1.25,
    first="force a new deployment: `aws ecs update-service --cluster bus-simulator-cluster --service "
    "people-count-feeder --force-new-deployment`, then look at BUS-47",
    again='pytest -m "madrid_bus and prod" -k containers_running',
)
STALE = replace(
    PASSED,
    check="data.newest_people_count",
    procedures=("BUS-47",),
    claim="The newest people_count row is at most 180 s old",
    outcome=Outcome.FAILED,
    detail="newest 18:11:03 UTC, 19 min 9 s ago",
    first="restart people-count-feeder",
    again='pytest -m "madrid_bus and prod" -k newest_people_count',
    notes=("probably the same cause as BUS-23",),
)
DENIED = replace(
    PASSED,
    check="functions.errors",
    procedures=("BUS-11",),
    claim="Lambda errors stay under 1 %",
    kind="slo",
    outcome=Outcome.UNKNOWN,
    cause=Cause.DENIED,
    detail="cloudwatch:GetMetricData",
    looked_at=0,
    first='add to the role: `{"Effect": "Allow", "Action": "cloudwatch:GetMetricData", "Resource": "*"}`',
    again='pytest -m "madrid_bus and prod" -k functions_errors',
)
WARNING = replace(
    STALE,
    check="containers.size",
    procedures=("BUS-54",),
    claim="Tasks have the agreed CPU and memory",
    severity=3,
    detail="",
    offenders=("sensors-feeder  cpu 512  agreed 256", "mcp-server  memory 512  agreed 1024"),
    first="raise memory",
    again='pytest -m "madrid_bus and prod" -k containers_size',
    notes=(),
)
SKIPPED = replace(
    PASSED,
    check="drills.restart",
    procedures=("BUS-55",),
    claim="A restarted service is stable within 10 min",
    outcome=Outcome.SKIPPED,
    detail="a drill: only with --drills",
    looked_at=0,
)
PROD = TargetInfo("madrid_bus", "prod", "eu-west-1", "210987654821", "verify")
RUN = RunInfo(
    run_id="20261120T183012Z-7f3a",
    run_dir="reports/out/20261120T183012Z-7f3a",
    selection='-m "madrid_bus and pre_event" --env prod',
    targets=(PROD,),
    occasion="pre_event",
    seconds=3.14,
    aws_calls=34,
    versions={"gonogo": "0.1.0"},
)
QUIET_RUN = RunInfo(run_id="r1", run_dir="out/r1", targets=(PROD,), seconds=2.0, aws_calls=1)
