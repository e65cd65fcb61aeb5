"""How do services, APIs and stores stop working as they should, by their metrics?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checks.aws.aiming import aim
from fixtures.parts import Api
from fixtures.twins.faults import fault
from fixtures.twins.world import World

SERVER_ERRORS = {"http": "5xx", "rest": "5XXError"}


def _sender(world: World, check: str) -> dict[str, str]:
    """The dimensions of the first service that always sends."""
    _, service = aim(world, check, "containers", lambda one: one.sends)
    return {"ClusterName": service.cluster, "ServiceName": service.name}


@fault(notices=["containers.load"], spares=["containers.sending", "containers.headroom"])
def a_feeding_service_ran_hot(world: World) -> None:
    """A service that always sends uses 95 % of its CPU."""
    world.metrics.replace("AWS/ECS", "CPUUtilization", _sender(world, "containers.load"), 95.0)


@fault(notices=["containers.load"], spares=["containers.sending", "containers.headroom"])
def a_feeding_service_worked_now_and_then(world: World) -> None:
    """A service that always sends was not measured for half an hour."""
    window = world.clock.ago(minutes=50), world.clock.ago(minutes=20)
    world.metrics.replace("AWS/ECS", "CPUUtilization", _sender(world, "containers.load"), None, window)


@fault(notices=["containers.sending"], spares=["containers.load", "containers.running"])
def a_service_went_off_the_wire(world: World) -> None:
    """A service that always sends has sent nothing for half an hour, although it runs."""
    window = world.clock.ago(minutes=30), None
    names = _sender(world, "containers.sending")
    world.metrics.replace("ECS/ContainerInsights", "NetworkTxBytes", names, 0.0, window)


def _api(world: World, check: str, kind: str = "") -> tuple[Api, dict[str, str]]:
    """The first API that is held to what a check is about, and the dimensions of its metrics."""
    _, api = aim(
        world,
        check,
        "apis",
        lambda one: one.kind in SERVER_ERRORS and (one.max_integration_ms or not kind),
    )
    return api, {"ApiName": api.name} if api.kind == "rest" else {"ApiId": world.api_ids[api.name]}


@fault(notices=["apis.requests"], spares=["apis.latency", "apis.error_rate"])
def a_day_passed_without_a_request(world: World) -> None:
    """Nobody asked an API anything the day before yesterday."""
    _, names = _api(world, "apis.requests")
    today = world.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    window = today - timedelta(days=2), today - timedelta(days=1)
    world.metrics.replace("AWS/ApiGateway", "Count", names, None, window)


@fault(notices=["apis.integration_latency"], spares=["apis.latency", "apis.error_rate"])
def a_back_end_was_given_up(world: World) -> None:
    """A back end of an API took 29 seconds, once."""
    _, names = _api(world, "apis.integration_latency", "integration")
    window = world.clock.ago(minutes=20), world.clock.ago(minutes=19)
    samples = (90.0,) * 5 + (29_000.0,)
    world.metrics.replace("AWS/ApiGateway", "IntegrationLatency", names, samples, window)


@fault(notices=["apis.integration_latency"], spares=["apis.latency", "apis.error_rate"])
def back_ends_grew_slow(world: World) -> None:
    """Every back end of an API takes 20 seconds."""
    _, names = _api(world, "apis.integration_latency", "integration")
    world.metrics.replace("AWS/ApiGateway", "IntegrationLatency", names, (20_000.0,) * 6)


@fault(notices=["apis.integration_latency", "apis.no_gateway_errors"], spares=["functions.failure_budget"])
def the_gateway_timed_out(world: World) -> None:
    """For ten minutes an API gave up its back end on one request of six, one a minute."""
    api, names = _api(world, "apis.no_gateway_errors", "integration")
    window = world.clock.ago(minutes=24), world.clock.ago(minutes=14)
    slow, failed = (29_000.0,) + (90.0,) * 5, (1.0,) + (0.0,) * 5
    world.metrics.replace("AWS/ApiGateway", "Count", names, (1.0,) * 6, window)
    world.metrics.replace("AWS/ApiGateway", "IntegrationLatency", names, slow, window)
    world.metrics.replace("AWS/ApiGateway", SERVER_ERRORS[api.kind], names, failed, window)
    for minute in range(15, 25):
        world.logs.append(
            api.log_group or "", '{"routeKey": "GET /", "status": "504"}', world.clock.ago(minutes=minute)
        )


def _table(world: World, check: str) -> dict[str, str]:
    _, table = aim(world, check, "tables")
    return {"TableName": table.name}


def _recently(world: World) -> tuple[Any, Any]:
    return world.clock.ago(minutes=20), world.clock.ago(minutes=19)


@fault(notices=["tables.not_throttled"], spares=["tables.no_system_errors", "alarms.as_agreed"])
def requests_were_throttled(world: World) -> None:
    """A dozen reads of a table were throttled in a minute."""
    names = _table(world, "tables.not_throttled") | {"Operation": "GetItem"}
    world.metrics.replace("AWS/DynamoDB", "ThrottledRequests", names, (1.0,) * 12, _recently(world))


@fault(notices=["tables.not_throttled"], spares=["tables.no_system_errors"])
def an_index_was_throttled(world: World) -> None:
    """Nine reads of an index were throttled in a minute."""
    _, table = aim(world, "tables.not_throttled", "tables", lambda one: one.indexes)
    names = {"TableName": table.name, "GlobalSecondaryIndexName": table.indexes[0].name}
    world.metrics.replace("AWS/DynamoDB", "ReadThrottleEvents", names, (1.0,) * 9, _recently(world))


@fault(notices=["tables.no_system_errors"], spares=["tables.not_throttled", "tables.used"])
def the_store_failed_inside(world: World) -> None:
    """DynamoDB failed nine times in a minute."""
    names = _table(world, "tables.no_system_errors") | {"Operation": "Query"}
    world.metrics.replace("AWS/DynamoDB", "SystemErrors", names, (1.0,) * 9, _recently(world))


@fault(notices=["tables.used"], spares=["tables.not_throttled", "functions.failure_budget"])
def consumption_moved_elsewhere(world: World) -> None:
    """Functions are invoked, but nobody reads from or writes to their table."""
    names = _table(world, "tables.used")
    for metric in ("ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"):
        world.metrics.replace("AWS/DynamoDB", metric, names, None)


def _timestream(world: World, metric: str, names: dict[str, str], values: Any, minutes: float = 60) -> None:
    window = world.clock.ago(minutes=minutes), None
    world.metrics.replace("AWS/Timestream", metric, names, values, window)


@fault(notices=["timestream.written"], spares=["timestream.stored", "timestream.retained"])
def nobody_wrote_to_a_timestream_table(world: World) -> None:
    """No write to a Timestream table has succeeded for 25 minutes."""
    _, table = aim(world, "timestream.written", "timestream_tables")
    names = {"Operation": "WriteRecords", "TableName": table.name}
    _timestream(world, "SuccessfulRequestLatency", names, None, 25)


@fault(notices=["timestream.written"], spares=["timestream.stored"])
def timestream_refused_requests(world: World) -> None:
    """Timestream refuses a request every minute."""
    aim(world, "timestream.written", "timestream_tables")
    _timestream(world, "UserErrors", {"Operation": "WriteRecords"}, 1.0)


@fault(notices=["timestream.written"], spares=["timestream.stored"])
def timestream_queries_slowed_down(world: World) -> None:
    """Every query of Timestream takes two and a half seconds."""
    aim(world, "timestream.written", "timestream_tables")
    _timestream(world, "SuccessfulRequestLatency", {"Operation": "Query"}, (2500.0,) * 2, 120)


@fault(notices=["timestream.stored"], spares=["timestream.written"])
def timestream_stopped_reporting(world: World) -> None:
    """Timestream has not said for a day how much it stores."""
    aim(world, "timestream.stored", "timestream_tables")
    for metric in ("MemoryCumulativeBytesMetered", "MagneticCumulativeBytesMetered"):
        _timestream(world, metric, {"Operation": "Storage"}, None, 1440)


@fault(notices=["timestream.stored"], spares=["timestream.written", "timestream.retained"])
def a_timestream_table_grew_too_large(world: World) -> None:
    """A Timestream table holds twice as many rows as its retention allows, most of them a month old."""
    _, table = aim(world, "timestream.stored", "timestream_tables", lambda one: one.rows_per_day)
    old = world.clock.ago(days=29)
    sql = (
        "SELECT * FROM rows UNION ALL SELECT one.* REPLACE ($old AS time) "
        f"FROM (SELECT * FROM rows LIMIT 1) one, range({2 * 31 * table.rows_per_day})"
    )
    world.timestream.reshape(table.name, sql, old=old)
