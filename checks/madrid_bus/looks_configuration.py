"""What do the bucket, the tables and the logs say of how the system was set up?"""

from __future__ import annotations

import time

from checks.madrid_bus import configuration
from checks.madrid_bus.access import fresh_group
from checks.madrid_bus.configuration import CallLog, Configuration, Leak, Shape, Start
from checks.madrid_bus.looks_tables import started_tasks
from checks.madrid_bus.statements import relations
from checks.madrid_bus.topology import agreed
from checks.madrid_bus.visits import Visit, headers, post
from fixtures.aws import Aws
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes.answers import member, pages
from fixtures.sql import Sql
from fixtures.targets import Target
from fixtures.web import Web

HOUR_S = 3600.0
AGAIN_AFTER_S = 5.0
MCP_SERVER = "mcp-server"


@observation
def shapes(sql: Sql, target: Target) -> list[Shape]:
    """The columns of each table, as its newest row shows them."""

    def see(named: tuple[str, str]) -> Shape:
        table, relation = named
        answer = sql.ask(f"SELECT * FROM {relation} WHERE time > ago(1h) ORDER BY time DESC LIMIT 1")
        if not answer.rows:
            raise LookupError(f"{table}: no row in the last hour")
        return Shape(table, answer.columns, str(answer.rows[0].get("measure_name")))

    return each(see, relations(target).items())


@observation
def lines_configuration(aws: Aws, target: Target) -> Configuration:
    """The object that the feeders read their lines from."""
    (bucket,), s3 = target.parts.buckets, aws.client("s3")
    names = [one["Name"] for one in pages(s3, "list_buckets", "Buckets", Prefix=bucket.prefix)]
    if len(names) != 1:
        raise LookupError(f"{len(names)} buckets are named {bucket.prefix}*")
    found = s3.get_object(Bucket=names[0], Key=bucket.objects[0])
    text = found["Body"].read().decode("utf-8", errors="replace")
    changed = member(s3.head_object(Bucket=names[0], Key=bucket.objects[0]), "LastModified")
    place = f"s3://{names[0]}/{bucket.objects[0]}"
    return Configuration(place, changed, tuple(configuration.differences(text, agreed())))


@observation
def feeder_starts(lines_configuration: Configuration, aws: Aws, visit: Visit, target: Target) -> list[Start]:
    """When each feeder's running tasks started."""
    feeders = {one.name for one in target.parts.containers if "TIMESTREAM_TABLE" in one.environment}
    started = started_tasks(aws, {one.cluster for one in target.parts.containers})
    return [
        Start(service, at, lines_configuration.changed, visit.now())
        for service, at in started
        if service in feeders
    ]


@observation(deadline_s=120)
def leaks(aws: Aws, api_key: str, visit: Visit, target: Target) -> list[Leak]:
    """The last hour's lines of all log groups, searched for the key here: a pattern would be recorded."""
    since = int((visit.now().timestamp() - HOUR_S) * 1000)
    logs = aws.client("logs")

    def search(group: str) -> Leak:
        events = pages(logs, "filter_log_events", "events", logGroupName=group, startTime=since)
        lines = [str(event["message"]) for event in events]
        return Leak(
            group, len(lines), sum(api_key in line for line in lines), sum("ERROR" in line for line in lines)
        )

    groups = [one.log_group for one in target.parts.functions]
    groups += [one.log_group for one in target.parts.containers]
    return each(search, groups)


@observation(deadline_s=330)
def call_log(web: Web, aws: Aws, api_key: str, visit: Visit, target: Target) -> CallLog:
    """A call of a tool by a group of its own, looked for in the server's log until it is there."""
    (server,) = (one for one in target.parts.containers if one.name.startswith(MCP_SERVER))
    group, since = fresh_group(), int((visit.now().timestamp() - AGAIN_AFTER_S) * 1000)
    asked = {"line_id": agreed().lines[0].line_id}
    web.ask("mcp", post("/mcp/call-tool", headers(api_key, group), "query_line_buses", asked))
    began, logs = time.monotonic(), aws.client("logs")
    while True:
        lines = pages(
            logs,
            "filter_log_events",
            "events",
            logGroupName=server.log_group,
            startTime=since,
            filterPattern=f'"{group}"',
        )
        count, waited_s = len(list(lines)), time.monotonic() - began
        if count or waited_s + AGAIN_AFTER_S > target.settings.cadence.log_delay_s:
            return CallLog(group, server.log_group, count, round(waited_s, 1))
        time.sleep(AGAIN_AFTER_S)
