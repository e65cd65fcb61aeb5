"""Is everything there that was declared?"""

from __future__ import annotations

from collections.abc import Callable

from fixtures.aws import Aws
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import Parts
from fixtures.probes import inventories
from fixtures.probes.inventories import Inventory
from fixtures.targets import Target

Listed = tuple[str, list[str], Callable[[inventories.Clients], set[str]]]
BY_PREFIX = {"buckets"}


@observation
def inventory(aws: Aws, target: Target) -> list[Inventory]:
    """One list of each kind of part that is declared, and what it lacks."""
    listed = [one for one in _listed(target.parts) if one[1]]
    return each(
        lambda one: inventories.take(one[0], one[1], one[2](aws.client), by_prefix=one[0] in BY_PREFIX),
        listed,
    )


def _listed(parts: Parts) -> list[Listed]:
    rest = [one.name for one in parts.apis if one.kind == "rest"]
    http = [one.name for one in parts.apis if one.kind != "rest"]
    groups = [one.log_group for one in parts.functions]
    groups += [one.log_group for one in parts.apis if one.log_group]
    fronts = [one.alias or one.comment or "" for one in parts.distributions]
    return [
        ("functions", [one.name for one in parts.functions], inventories.functions),
        ("tables", [one.name for one in parts.tables], inventories.tables),
        ("buckets", [one.prefix for one in parts.buckets], inventories.buckets),
        ("user pools", [one.name for one in parts.user_pools], inventories.pools),
        ("log groups", groups, inventories.log_groups),
        ("REST APIs", rest, inventories.rest_apis),
        ("HTTP APIs", http, inventories.http_apis),
        ("distributions", fronts, inventories.distributions),
    ]
