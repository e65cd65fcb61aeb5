"""Where is data kept, and could it be had back? Every declared table and bucket."""

from __future__ import annotations

from checks.aws.questions import now_of
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import Bucket, Table
from fixtures.probes import backups, buckets, retention, tables
from fixtures.probes.answers import pages
from fixtures.probes.inspections import Inspection, inspection
from fixtures.targets import Target


@observation
def table_facts(aws: Aws, target: Target) -> list[tables.Table]:
    """Every declared table as DynamoDB describes it."""
    client = aws.client("dynamodb")
    return each(lambda one: tables.table(client, one.name), target.parts.tables)


@observation
def table_activity(table_facts: list[tables.Table], target: Target) -> list[Inspection]:
    """Whether each is active, and holds what it must."""
    return [
        tables.activity(found, one.min_items)
        for found, one in zip(table_facts, target.parts.tables, strict=True)
    ]


@observation
def table_layouts(table_facts: list[tables.Table], target: Target) -> list[Inspection]:
    """Whether each has the declared keys and indexes."""
    return [
        tables.layout(found, _keys(one.hash_key, one.range_key), _indexes(one))
        for found, one in zip(table_facts, target.parts.tables, strict=True)
    ]


def _indexes(table: Table) -> list[tables.Index]:
    return [
        tables.Index(one.name, "ACTIVE", _keys(one.hash_key, one.range_key), one.projection)
        for one in table.indexes
    ]


def _keys(hash_key: str, range_key: str | None) -> tuple[str, ...]:
    return (hash_key, range_key) if range_key else (hash_key,)


@observation
def table_capacities(aws: Aws, table_facts: list[tables.Table], target: Target) -> list[Inspection]:
    """Whether each can take what comes: on demand, or with units enough that scale."""
    fixed = [one.name for one in table_facts if tables.is_provisioned(one)]
    scaled = tables.scaled(aws.client("application-autoscaling"), fixed) if fixed else set[tuple[str, str]]()
    return [
        tables.capacity(found, one.billing, one.min_units, scaled)
        for found, one in zip(table_facts, target.parts.tables, strict=True)
    ]


@observation
def table_encryption(table_facts: list[tables.Table], target: Target) -> list[Inspection]:
    """Whether those that must be are encrypted with a key that we can see."""
    return [
        tables.encryption(found)
        for found, one in zip(table_facts, target.parts.tables, strict=True)
        if one.has_managed_key
    ]


@observation
def table_expiries(aws: Aws, target: Target) -> list[Inspection]:
    """Whether the rows of those that must forget expire by the declared attribute."""
    client = aws.client("dynamodb")
    declared = [(one.name, one.ttl_attribute) for one in target.parts.tables if one.ttl_attribute]
    return each(lambda one: tables.expiry(client, *one), declared)


@observation
def table_recoveries(
    aws: Aws, table_facts: list[tables.Table], target: Target, caller: Caller
) -> list[Inspection]:
    """To which moments each table can be restored that must be."""
    client, now = aws.client("dynamodb"), now_of(caller)
    created = {one.name: one.created for one in table_facts}

    def recoverability(name: str, days: int, max_lag_s: float) -> Inspection:
        return backups.recoverability(backups.recovery(client, name, created[name]), days, max_lag_s, now)

    wanted = [
        (one.name, one.recoverable_days, one.max_recovery_lag_s)
        for one in target.parts.tables
        if one.recoverable_days
    ]
    return each(lambda one: recoverability(*one), wanted)


@observation
def newest_backups(aws: Aws, target: Target) -> list[backups.Backup]:
    """The newest backup of each table that must have one."""
    client = aws.client("dynamodb")
    names = [one.name for one in target.parts.tables if one.max_backup_age_days]
    return each(lambda name: backups.newest_backup(client, name), names)


@observation
def table_backups(newest_backups: list[backups.Backup], target: Target, caller: Caller) -> list[Inspection]:
    """Whether each of them is young enough."""
    limits, now = {one.name: one.max_backup_age_days for one in target.parts.tables}, now_of(caller)
    return [backups.backed_up(one, limits[one.table] or 0, now) for one in newest_backups]


@observation
def table_losses(newest_backups: list[backups.Backup], table_facts: list[tables.Table]) -> list[Inspection]:
    """How many items each table has lost since its newest backup."""
    items = {one.name: one.items for one in table_facts}
    return [backups.shrinkage(one, items[one.table]) for one in newest_backups]


@observation
def restored_copies(
    aws: Aws, target: Target, caller: Caller, function_variables: dict[str, dict[str, str]]
) -> list[Inspection]:
    """Which copies were left behind by a restore of each table, and who uses them.

    Raises:
        LookupError: the list of all tables lacks a declared one.
    """
    client, now = aws.client("dynamodb"), now_of(caller)
    names = list(pages(client, "list_tables", "TableNames"))

    def inspect(table: Table, restored: str) -> Inspection:
        if table.name not in names:
            raise LookupError(f"ListTables does not tell of {table.name}")
        faults: list[str] = []
        for copy in backups.copies(names, restored):
            users = [name for name, variables in function_variables.items() if copy in variables.values()]
            created = tables.table(client, copy).created
            faults += backups.leftover(copy, created, table.max_copy_age_days, users, now)
        return inspection(table.name, faults)

    return [inspect(one, one.restored) for one in target.parts.tables if one.restored]


@observation
def table_retentions(aws: Aws, target: Target) -> list[Inspection]:
    """How long each Timestream table keeps its rows."""
    client = aws.client("timestream-write")
    return each(
        lambda one: retention.kept(
            retention.retention(client, one.database, one.name), one.memory_hours, one.magnetic_days
        ),
        target.parts.timestream_tables,
    )


@observation
def bucket_names(aws: Aws, target: Target) -> dict[str, list[str]]:
    """Which buckets begin with each declared prefix."""
    return buckets.names(aws.client("s3"), [one.prefix for one in target.parts.buckets])


@observation
def bucket_protections(aws: Aws, bucket_names: dict[str, list[str]]) -> list[Inspection]:
    """Whether each declared bucket is the only one of its prefix, and protected."""
    client = aws.client("s3")

    def inspect(prefix: str) -> Inspection:
        found = bucket_names[prefix]
        return buckets.ambiguity(prefix, found) or buckets.protection(buckets.bucket(client, found[0]))

    return each(inspect, bucket_names)


@observation
def bucket_holdings(aws: Aws, bucket_names: dict[str, list[str]], target: Target) -> list[Inspection]:
    """Whether each bucket that must hold objects does."""
    client = aws.client("s3")

    def inspect(one: Bucket) -> Inspection:
        found = bucket_names[one.prefix]
        return buckets.ambiguity(one.prefix, found) or buckets.holdings(client, found[0], one.objects)

    return each(inspect, [one for one in target.parts.buckets if one.objects])
