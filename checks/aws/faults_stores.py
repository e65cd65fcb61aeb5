"""How do tables break?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from checks.aws.aiming import aim
from fixtures.parts import Table
from fixtures.targets import Target
from fixtures.twins.answers import ServiceError
from fixtures.twins.backups import Backup
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


def _bend(world: World, target: Target, table: Table, change: Callable[[Answer], Answer]) -> None:
    """Let a table be described otherwise."""

    def bent(call: Call, answer: Answer) -> Answer:
        is_it = call.region == target.place.region and answer["Table"]["TableName"] == table.name
        return {"Table": change(answer["Table"])} if is_it else answer

    world.aws.rule("dynamodb", "DescribeTable", bent)


@fault(notices=["tables.active", "tables.keyed", "tables.recoverable"], spares=["buckets.protected"])
def a_table_was_deleted(world: World) -> None:
    """A table does not exist any more."""
    target, table = aim(world, "tables.active", "tables")

    def without(code: str) -> Callable[[Call, Answer], Answer]:
        def gone(call: Call, answer: Answer) -> Answer:
            if call.region == target.place.region and call.params["TableName"] == table.name:
                raise ServiceError(code, "Requested resource not found")
            return answer

        return gone

    for operation in ("DescribeTable", "DescribeTimeToLive"):
        world.aws.rule("dynamodb", operation, without("ResourceNotFoundException"))
    world.aws.rule("dynamodb", "DescribeContinuousBackups", without("TableNotFoundException"))


@fault(notices=["tables.active"], spares=["tables.keyed", "tables.capacity"])
def a_table_lost_access_to_its_key(world: World) -> None:
    """A table cannot be used: its key is gone."""
    target, table = aim(world, "tables.active", "tables")
    status = {"TableStatus": "INACCESSIBLE_ENCRYPTION_CREDENTIALS"}
    _bend(world, target, table, lambda found: found | status)


@fault(notices=["tables.active"], spares=["tables.keyed", "tables.recoverable"])
def a_table_lost_its_items(world: World) -> None:
    """A table that must hold items holds none."""
    target, table = aim(world, "tables.active", "tables", lambda one: one.min_items)
    _bend(world, target, table, lambda found: found | {"ItemCount": 0, "TableSizeBytes": 0})


@fault(notices=["tables.not_shrunk"], spares=["tables.active", "tables.keyed", "tables.backed_up"])
def a_table_lost_most_of_its_items(world: World) -> None:
    """A table holds a third of the items that it had when it was backed up."""
    target, table = aim(world, "tables.not_shrunk", "tables", lambda one: one.max_backup_age_days)
    _bend(world, target, table, lambda found: found | {"ItemCount": max(1, found["ItemCount"] // 3)})


@fault(notices=["tables.keyed"], spares=["tables.active", "tables.capacity"])
def a_table_was_made_anew_with_another_key(world: World) -> None:
    """The hash key of a table is a number."""
    target, table = aim(world, "tables.keyed", "tables")
    name = table.hash_key.split(":")[0]

    def numbered(found: Answer) -> Answer:
        attributes = [
            one | ({"AttributeType": "N"} if one["AttributeName"] == name else {})
            for one in found["AttributeDefinitions"]
        ]
        return found | {"AttributeDefinitions": attributes}

    _bend(world, target, table, numbered)


def _bend_index(world: World, change: Callable[[Answer], Answer | None]) -> None:
    target, table = aim(world, "tables.keyed", "tables", lambda one: one.indexes)
    last = table.indexes[-1].name

    def bent(found: Answer) -> Answer:
        indexes = [
            change(one) if one["IndexName"] == last else one for one in found["GlobalSecondaryIndexes"]
        ]
        return found | {"GlobalSecondaryIndexes": [one for one in indexes if one]}

    _bend(world, target, table, bent)


@fault(notices=["tables.keyed"], spares=["tables.active", "tables.recoverable"])
def the_time_index_was_dropped(world: World) -> None:
    """The last declared index of a table is gone."""
    _bend_index(world, lambda _: None)


@fault(notices=["tables.keyed"], spares=["tables.active"])
def an_index_is_being_built(world: World) -> None:
    """The last declared index of a table is CREATING."""
    _bend_index(world, lambda index: index | {"IndexStatus": "CREATING"})


@fault(notices=["tables.keyed"], spares=["tables.active"])
def an_index_lost_its_projection(world: World) -> None:
    """The last declared index of a table projects its keys only."""
    _bend_index(world, lambda index: index | {"Projection": {"ProjectionType": "KEYS_ONLY"}})


@fault(notices=["tables.capacity"], spares=["tables.active", "tables.keyed"])
def the_table_was_pinned_to_five_units(world: World) -> None:
    """A table has five units each way, and does not scale."""
    target, table = aim(world, "tables.capacity", "tables")
    units = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    fixed = {"BillingModeSummary": {"BillingMode": "PROVISIONED"}, "ProvisionedThroughput": units}
    _bend(world, target, table, lambda found: found | fixed)


@fault(notices=["tables.encrypted"], spares=["tables.active", "tables.keyed"])
def the_table_lost_its_managed_key(world: World) -> None:
    """A table is encrypted with a key of AWS's own."""
    target, table = aim(world, "tables.encrypted", "tables", lambda one: one.has_managed_key)
    _bend(
        world,
        target,
        table,
        lambda found: {key: value for key, value in found.items() if key != "SSEDescription"},
    )


@fault(notices=["tables.expiring"], spares=["tables.active", "tables.keyed"])
def rows_stopped_expiring(world: World) -> None:
    """The expiry of a table's rows is off."""
    target, table = aim(world, "tables.expiring", "tables", lambda one: one.ttl_attribute)

    def off(call: Call, answer: Answer) -> Answer:
        is_it = call.region == target.place.region and call.params["TableName"] == table.name
        return {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}} if is_it else answer

    world.aws.rule("dynamodb", "DescribeTimeToLive", off)


def _recoverable(world: World) -> tuple[str, str]:
    target, table = aim(world, "tables.recoverable", "tables", lambda one: one.recoverable_days)
    return target.place.region, table.name


@fault(notices=["tables.recoverable"], spares=["tables.backed_up", "tables.active"])
def recovery_was_switched_off(world: World) -> None:
    """A table cannot be restored to a moment."""
    del world.backups.held.recovered_since[_recoverable(world)]


@fault(notices=["tables.recoverable"], spares=["tables.backed_up", "tables.active"])
def recovery_began_yesterday(world: World) -> None:
    """A table can be restored to any moment since yesterday, but to none before."""
    world.backups.held.recovered_since[_recoverable(world)] = world.clock.ago(days=1)


@fault(notices=["tables.recoverable"], spares=["tables.backed_up", "tables.active"])
def recovery_fell_behind(world: World) -> None:
    """Tables can be restored up to an hour ago only."""
    _recoverable(world)
    latest = world.clock.ago(hours=1)

    def late(_call: Call, answer: Answer) -> Answer:
        described = answer["ContinuousBackupsDescription"]
        recovery = described["PointInTimeRecoveryDescription"] | {"LatestRestorableDateTime": latest}
        return {"ContinuousBackupsDescription": described | {"PointInTimeRecoveryDescription": recovery}}

    world.aws.rule("dynamodb", "DescribeContinuousBackups", late)


def _change_backups(world: World, change: Callable[[Backup], Backup | None]) -> None:
    _, table = aim(world, "tables.backed_up", "tables", lambda one: one.max_backup_age_days)
    changed = [change(one) if one.table == table.name else one for one in world.backups.held.backups]
    world.backups.held.backups = [one for one in changed if one]


@fault(notices=["tables.backed_up"], spares=["tables.recoverable", "tables.active"])
def backups_went_old(world: World) -> None:
    """The newest backup of a table is 60 days old."""
    _change_backups(world, lambda one: replace(one, created=world.clock.ago(days=60)))


@fault(notices=["tables.backed_up"], spares=["tables.recoverable", "tables.active"])
def backups_were_deleted(world: World) -> None:
    """A table has no backup."""
    _change_backups(world, lambda _: None)


@fault(notices=["tables.no_copy_left"], spares=["tables.active", "tables.recoverable"])
def a_restored_copy_was_forgotten(world: World) -> None:
    """A copy that a restore made 30 days ago is still there."""
    target, table = aim(world, "tables.no_copy_left", "tables", lambda one: one.restored)
    region, name = target.place.region, str(table.restored)
    client = world.aws.client("dynamodb", region)
    client.restore_table_to_point_in_time(SourceTableName=table.name, TargetTableName=name)
    world.at_lift(lambda: client.delete_table(TableName=name))
    world.backups.age(region, name, world.clock.now() - timedelta(days=30))


@fault(notices=["timestream.retained"], spares=["tables.active"])
def retention_was_shortened(world: World) -> None:
    """A Timestream table keeps what is on disk for seven days."""
    target, table = aim(world, "timestream.retained", "timestream_tables")

    def shortened(call: Call, answer: Answer) -> Answer:
        if (call.region, call.params["TableName"]) != (target.place.region, table.name):
            return answer
        kept = answer["Table"]["RetentionProperties"] | {"MagneticStoreRetentionPeriodInDays": 7}
        return {"Table": answer["Table"] | {"RetentionProperties": kept}}

    world.aws.rule("timestream-write", "DescribeTable", shortened)
