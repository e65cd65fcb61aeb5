"""What lies in the tables, and what happened in the last 24 hours?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from checks.madrid_bus import day_statements, days, rows
from checks.madrid_bus.days import BusDay, Crowds, SensorDay
from checks.madrid_bus.rows import Entity, Hours, Rhythm, Span, Volume, agreed_entities
from checks.madrid_bus.statements import Window, relations
from checks.madrid_bus.topology import agreed
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import instrument, observation
from fixtures.probes.answers import member
from fixtures.sql import Sql
from fixtures.targets import Target

OVERLAP = timedelta(minutes=3)
MOST_PLACES = 3_000


@observation
def spans(sql: Sql, target: Target) -> list[Span]:
    """How far each table reaches."""
    return each(lambda one: rows.see_span(sql, *one), relations(target).items())


@observation
def volumes(sql: Sql, target: Target) -> list[Volume]:
    """What each table got in the last hour."""
    sizes = {table: len(entities) for table, entities in agreed_entities(agreed()).items()}
    return each(lambda one: rows.see_volume(sql, *one, sizes[one[0]]), relations(target).items())


@observation
def entities(sql: Sql, target: Target) -> list[Entity]:
    """Whose rows each table got in the last hour."""
    known = agreed_entities(agreed())
    found = each(lambda one: rows.see_entities(sql, *one, known[one[0]]), relations(target).items())
    return [entity for table in found for entity in table]


@observation
def hours(sql: Sql, target: Target) -> list[Hours]:
    """How full the last 120 hours are."""
    return each(lambda one: rows.see_hours(sql, *one), relations(target).items())


@instrument
def restarts(aws: Aws, caller: Caller, target: Target) -> dict[str, list[Window]]:
    """By table: when its feeder's running tasks started lately, and two of them may have overlapped."""
    feeders = {c.environment.get("TIMESTREAM_TABLE"): c for c in target.parts.containers}
    started = started_tasks(aws, {c.cluster for c in target.parts.containers})
    now = datetime.now(UTC) + timedelta(seconds=caller.clock_offset_s)
    tables = {table: relation.split(".")[1].strip('"') for table, relation in relations(target).items()}
    return {
        table: [
            (at - OVERLAP, at + OVERLAP)
            for service, at in started
            if (feeder := feeders.get(name)) and service == feeder.name and at > now - timedelta(hours=25)
        ]
        for table, name in tables.items()
    }


@observation
def rhythms(sql: Sql, restarts: dict[str, list[Window]], target: Target) -> list[Rhythm]:
    """How evenly each table was written."""
    sizes = {table: len(entities) for table, entities in agreed_entities(agreed()).items()}
    return each(
        lambda one: rows.see_rhythm(sql, *one, sizes[one[0]], restarts[one[0]]), relations(target).items()
    )


@observation
def crowds(sql: Sql, restarts: dict[str, list[Window]], caller: Caller, target: Target) -> Crowds:
    """How people came and went."""
    found = sql.rows(day_statements.crowds(relations(target)["people_count"], restarts["people_count"]))
    now = datetime.now(UTC) + timedelta(seconds=caller.clock_offset_s)
    return days.crowds(found, agreed(), now)


@observation
def sensor_days(sql: Sql, target: Target) -> list[SensorDay]:
    """What each sensor measured."""
    local = datetime.now(ZoneInfo(agreed().pattern_timezone)).utcoffset() or timedelta()
    clocks_h = (0.0, local / timedelta(hours=1))
    return days.climate(
        sql.rows(day_statements.climate(relations(target)["sensor_data"], clocks_h)), agreed()
    )


@observation
def bus_days(sql: Sql, restarts: dict[str, list[Window]], target: Target) -> list[BusDay]:
    """Where each bus went."""
    relation, exempt = relations(target)["bus_position"], restarts["bus_position"]
    asked = (
        day_statements.courses(relation, exempt),
        day_statements.turns(relation, exempt),
        day_statements.places(relation, MOST_PLACES),
    )
    courses, turns, places = each(sql.rows, asked)
    return days.buses(courses, turns, days.off_route(places, agreed()), agreed())


def started_tasks(aws: Aws, clusters: set[str]) -> list[tuple[str, datetime]]:
    """(service, moment) of every running task."""
    ecs = aws.client("ecs")
    listed = [
        (cluster, member(page, "taskArns"))
        for cluster in clusters
        for page in ecs.get_paginator("list_tasks").paginate(cluster=cluster)
    ]
    return [
        (task["group"].removeprefix("service:"), task["startedAt"])
        for cluster, arns in listed
        if arns
        for task in member(ecs.describe_tasks(cluster=cluster, tasks=arns), "tasks")
        if "startedAt" in task
    ]
