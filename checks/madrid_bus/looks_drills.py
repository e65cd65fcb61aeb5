"""What happens when a service is restarted, when one is scaled, and when the key is changed?"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

from checks.madrid_bus.access import Attempt, fresh_group
from checks.madrid_bus.drills import Restart, Rotation, Scaling
from checks.madrid_bus.looks_access import knock_everywhere
from checks.madrid_bus.rows import see_span
from checks.madrid_bus.settings import Drill
from checks.madrid_bus.statements import relations
from checks.madrid_bus.topology import agreed
from checks.madrid_bus.visits import Visit, call_tools
from fixtures.aws import Aws
from fixtures.observations import instrument, observation
from fixtures.probes.answers import member
from fixtures.sql import Sql
from fixtures.targets import Target
from fixtures.web import Web

TWENTY_MINUTES_S = 1200.0
FEEDER, SERVER = "people_count", "mcp-server"


@instrument
def turn() -> threading.Lock:
    """One drill at a time: each moves what the others look at."""
    return threading.Lock()


@observation(deadline_s=TWENTY_MINUTES_S)
def restart(turn: threading.Lock, drill_aws: Aws, sql: Sql, target: Target) -> Restart:
    """A feeder restarted by a forced deployment."""
    pace: Drill = target.settings.drill
    (relation,) = (where for table, where in relations(target).items() if table == FEEDER)
    (feeder,) = (one for one in target.parts.containers if one.environment.get("TIMESTREAM_TABLE") == FEEDER)
    ecs, where = drill_aws.client("ecs"), {"cluster": feeder.cluster, "services": [feeder.name]}
    with turn:
        before = _primary(ecs, where)
        ecs.update_service(cluster=feeder.cluster, service=feeder.name, forceNewDeployment=True)
        stable_s = _until(
            lambda: _is_settled(ecs, where) and _primary(ecs, where) != before, pace.stable_s, pace
        )
        is_fresh = lambda: (see_span(sql, FEEDER, relation)).is_fresh(pace.fresh_s)  # noqa: E731
        fresh_s = None if stable_s is None else _until(is_fresh, pace.fresh_s, pace)
    return Restart(feeder.name, stable_s, fresh_s)


@observation(deadline_s=TWENTY_MINUTES_S)
def scaling(turn: threading.Lock, drill_aws: Aws, web: Web, visit: Visit, target: Target) -> Scaling:
    """The MCP server scaled up by one task and back, its tools asked all the while."""
    pace: Drill = target.settings.drill
    (server,) = (one for one in target.parts.containers if one.name.startswith(SERVER))
    ecs, where = drill_aws.client("ecs"), {"cluster": server.cluster, "services": [server.name]}
    line, answers = agreed().lines[0], []

    def reaches(count: int) -> float | None:
        ecs.update_service(cluster=server.cluster, service=server.name, desiredCount=count)

        def is_there() -> bool:
            answers.extend(call_tools(web, visit, [("query_line_buses", {"line_id": line.line_id})]))
            return _is_settled(ecs, where) and _healthy(ecs, server.cluster, server.name) == count

        return _until(is_there, pace.stable_s, pace)

    with turn:
        try:
            up_s = reaches(server.desired + 1)
        finally:
            down_s = reaches(server.desired)
    wrong = tuple(
        f"{one.asked}: HTTP {one.status}" for one in answers if one.body.get("count") != len(line.buses)
    )
    return Scaling(server.name, up_s, down_s, len(answers), wrong)


@observation(deadline_s=TWENTY_MINUTES_S)
def rotation(
    turn: threading.Lock, drill_aws: Aws, web: Web, endpoints: dict[str, str], visit: Visit, target: Target
) -> Rotation:
    """The shared key replaced and put back."""
    pace: Drill = target.settings.drill
    (secret,), client = target.parts.secrets, drill_aws.client("secretsmanager")
    with turn:
        before = client.get_secret_value(SecretId=secret.name)
        key, group = secrets.token_urlsafe(32), fresh_group()
        target.run.redactor.learn(key)
        knock_everywhere(web, endpoints, visit.key, group, is_entitled=True)
        value = json.loads(member(before, "SecretString")) | {secret.keys[0]: key}
        after = client.put_secret_value(SecretId=secret.name, SecretString=json.dumps(value))
        began = time.monotonic()
        with_old: list[Attempt] = []

        def is_refused() -> bool:
            with_old[:] = knock_everywhere(web, endpoints, visit.key, group, is_entitled=False)
            return all(attempt.is_right for attempt in with_old)

        try:
            with_new = knock_everywhere(web, endpoints, key, fresh_group(), is_entitled=True)
            _until(is_refused, pace.revoked_s, pace)
            refused_s = time.monotonic() - began
        finally:
            client.update_secret_version_stage(
                SecretId=secret.name,
                VersionStage="AWSCURRENT",
                MoveToVersionId=before["VersionId"],
                RemoveFromVersionId=after["VersionId"],
            )
        now = client.get_secret_value(SecretId=secret.name)
    restored = now["SecretString"] == before["SecretString"]
    return Rotation(tuple(with_new), tuple(with_old), round(refused_s, 1), restored)


def _until(is_so: Callable[[], bool], limit_s: float, pace: Drill) -> float | None:
    """After how many seconds something was so; None if it was not within the limit."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > limit_s:
            return None
        time.sleep(pace.poll_s)
    return round(time.monotonic() - began, 1)


def _service(ecs: Any, where: dict[str, Any]) -> Any:
    (service,) = member(ecs.describe_services(**where), "services")
    return service


def _primary(ecs: Any, where: dict[str, Any]) -> str:
    """The id of the deployment that is to stay."""
    deployments = member(_service(ecs, where), "deployments")
    return next(str(one["id"]) for one in deployments if one["status"] == "PRIMARY")


def _is_settled(ecs: Any, where: dict[str, Any]) -> bool:
    """Whether there is one deployment, through, with all its tasks."""
    service = _service(ecs, where)
    (primary, *others) = member(service, "deployments")
    is_through = primary.get("rolloutState") == "COMPLETED" and not others
    return bool(is_through and service["runningCount"] == service["desiredCount"])


def _healthy(ecs: Any, cluster: str, service: str) -> int:
    """How many tasks run and are healthy."""
    arns = member(ecs.list_tasks(cluster=cluster, serviceName=service, desiredStatus="RUNNING"), "taskArns")
    tasks = member(ecs.describe_tasks(cluster=cluster, tasks=arns), "tasks") if arns else []
    return sum(one.get("lastStatus") == "RUNNING" and one.get("healthStatus") == "HEALTHY" for one in tasks)
