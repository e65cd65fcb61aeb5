"""What do the stores go through? Every declared table of DynamoDB and of Timestream."""

from __future__ import annotations

from fixtures.aws import Aws
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import TimestreamTable
from fixtures.probes import consumption
from fixtures.probes.metrics import Measurements
from fixtures.sql import Sql
from fixtures.targets import Target

MOST_TROUBLE = 5.0
WRITTEN_WITHIN_S = 900
HOURS_A_DAY = 24
ROWS_TO_SPARE = 1.05


@observation
def table_throttles(metrics: Measurements, target: Target) -> list[consumption.Peak]:
    """The most throttled requests of every table in any five minutes of the last hour."""
    return [
        consumption.throttling(metrics, one.name, [index.name for index in one.indexes], MOST_TROUBLE)
        for one in target.parts.tables
    ]


@observation
def table_failures(metrics: Measurements, target: Target) -> list[consumption.Peak]:
    """The most failures of DynamoDB itself on every table, in the same time."""
    return [consumption.failures(metrics, one.name, MOST_TROUBLE) for one in target.parts.tables]


@observation
def table_use(metrics: Measurements, target: Target) -> list[consumption.Use]:
    """What was consumed of every table, beside the invocations of the functions."""
    functions = [one.name for one in target.parts.functions]
    return [consumption.use(metrics, one.name, functions) for one in target.parts.tables]


@observation
def timestream_use(metrics: Measurements, target: Target) -> list[consumption.StoreUse]:
    """How every Timestream table was written to, and how the account's requests went."""
    return [
        consumption.store_use(metrics, one.name, WRITTEN_WITHIN_S, one.max_query_ms)
        for one in target.parts.timestream_tables
    ]


@observation
def timestream_storage(aws: Aws, sql: Sql, target: Target) -> list[consumption.Stored]:
    """How many rows every Timestream table holds, and whether the service reports what it stores."""
    is_reported = consumption.is_storage_reported(aws.client("cloudwatch"))

    def count(table: TimestreamTable) -> consumption.Stored:
        statement = f'SELECT COUNT(*) AS held FROM "{table.database}"."{table.name}"'
        return consumption.stored(table.name, sql.rows(statement), _most_rows(table), is_reported)

    return each(count, target.parts.timestream_tables)


def _most_rows(table: TimestreamTable) -> int | None:
    """How many rows both stores may keep at most, with some to spare for restarts."""
    if table.rows_per_day is None:
        return None
    days = table.magnetic_days + table.memory_hours / HOURS_A_DAY
    return round(days * table.rows_per_day * ROWS_TO_SPARE)
