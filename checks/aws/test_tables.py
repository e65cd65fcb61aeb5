"""Are the tables there, as designed, and could they be restored?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inspections import Inspection


@named("tables.active")
def test_every_table_is_active(table_activity: list[Inspection]) -> None:
    """Every declared table exists, is ACTIVE, and holds as many items as it must."""
    assert [one for one in table_activity if one.faults] == []


@named("tables.keyed")
def test_every_table_has_its_keys_and_indexes(table_layouts: list[Inspection]) -> None:
    """Every declared table has its keys, and its indexes are ACTIVE with their keys and projection."""
    assert [one for one in table_layouts if one.faults] == []


@named("tables.capacity")
def test_every_table_can_take_what_comes(table_capacities: list[Inspection]) -> None:
    """Every declared table is billed as agreed, and if it is provisioned has units enough that scale."""
    assert [one for one in table_capacities if one.faults] == []


@named("tables.encrypted")
def test_tables_are_encrypted_with_a_managed_key(table_encryption: list[Inspection]) -> None:
    """Every table that must be is encrypted with a key that the account can see."""
    assert [one for one in table_encryption if one.faults] == []


@named("tables.expiring")
def test_rows_expire_where_they_must(table_expiries: list[Inspection]) -> None:
    """Rows expire by the declared attribute wherever one is declared."""
    assert [one for one in table_expiries if one.faults] == []


@named("tables.recoverable")
def test_tables_can_be_restored_to_a_moment(table_recoveries: list[Inspection]) -> None:
    """Every table that must be can be restored to any moment from long enough ago up to a few minutes ago."""
    assert [one for one in table_recoveries if one.faults] == []


@named("tables.backed_up")
def test_tables_have_a_recent_backup(table_backups: list[Inspection]) -> None:
    """Every table that must have one has an available backup that is recent enough."""
    assert [one for one in table_backups if one.faults] == []


@named("tables.not_shrunk")
def test_no_table_lost_half_of_its_items(table_losses: list[Inspection]) -> None:
    """No table holds less than half of the items that it had when its newest backup was made."""
    assert [one for one in table_losses if one.faults] == []


@named("tables.no_copy_left")
def test_no_restored_copy_was_left_behind(restored_copies: list[Inspection]) -> None:
    """No copy made by a restore is older than it may be, and no function uses one."""
    assert [one for one in restored_copies if one.faults] == []


@named("timestream.retained")
def test_every_timestream_table_keeps_its_rows(table_retentions: list[Inspection]) -> None:
    """Every declared Timestream table is ACTIVE and keeps its rows in memory and on disk as agreed."""
    assert [one for one in table_retentions if one.faults] == []
