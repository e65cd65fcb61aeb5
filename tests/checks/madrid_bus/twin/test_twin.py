"""Does the twin as a whole live, leave its trail, and bend under faults?"""

from __future__ import annotations

from datetime import datetime, timedelta

from checks.madrid_bus.topology import GOLDEN
from fixtures.twins.exchange import Answer, Request
from tests.checks.madrid_bus.living import LATEST, ROUTES, TICK_S, Twin, eventually


def test_feeders_write_while_they_run(twin: Twin) -> None:
    """A feeder whose service stops writes neither rows nor log; the others go on."""
    world, tick = twin.world, timedelta(seconds=TICK_S)
    service = world.ecs.service("people-count-feeder")
    log = world.logs.groups["/ecs/people-count-feeder"].events

    def latest(table: str) -> datetime:
        (row,) = world.timestream.rows(f"SELECT max(time) AS time FROM bus_simulator.{table}")
        time: datetime = row["time"]
        return time

    service.running = 0
    try:
        stopped, others, written = latest("people_count"), latest("sensor_data"), len(log)
        assert eventually(lambda: latest("sensor_data") > others + 3 * tick)
        assert latest("people_count") <= stopped + 1.5 * tick
        assert len(log) <= written + 1
    finally:
        service.running = 1
    assert eventually(lambda: latest("people_count") > stopped + 3 * tick and len(log) > written + 1)


def test_requests_leave_a_trail(twin: Twin) -> None:
    """A request is in the metrics of API and function and in the function's log; a refused one calls none."""
    world = twin.world

    def points(namespace: str, name: str, dimension: str, value: str) -> int:
        key = (namespace, name, frozenset({(dimension, value)}))
        return sum(map(len, world.metrics._series[key].points.values()))

    api = world.api_ids["madrid-bus-simulator-http"]
    log = world.logs.groups["/aws/lambda/bus-simulator-sensors"].events

    def trail() -> tuple[int, int, int, int]:
        return (
            points("AWS/ApiGateway", "Count", "ApiId", api),
            points("AWS/ApiGateway", "IntegrationLatency", "ApiId", api),
            points("AWS/Lambda", "Invocations", "FunctionName", "bus-simulator-sensors"),
            len(log),
        )

    twin.get(f"sensors/bus/B001?{LATEST}")
    before = trail()
    twin.get(f"sensors/bus/B001?{LATEST}")
    assert trail() == tuple(map(sum, zip(before, (1, 1, 1, 2), strict=True)))
    twin.get(f"sensors/bus/B001?{LATEST}", {})
    assert trail() == tuple(map(sum, zip(before, (2, 1, 1, 2), strict=True)))
    assert [event for event in log if twin.key in event.message] == []


def test_calls_of_tools_name_their_group(twin: Twin) -> None:
    """The MCP server logs one line a call, with the group and without the key."""
    twin.mcp("call-tool", headers={"x-api-key": twin.key, "x-group-name": "team-of-the-test"})
    lines = [event.message for event in twin.world.logs.groups["/ecs/mcp-server"].events]
    assert len([line for line in lines if "team-of-the-test" in line]) == 1
    assert [line for line in lines if twin.key in line] == []


def test_the_configuration_is_older_than_its_readers(twin: Twin) -> None:
    """lines.yaml is in the bucket as agreed, since before the tasks started; a newer version is newer."""
    s3 = twin.aws("s3")
    place = {"Bucket": "bus-simulator-config-123456789012", "Key": "lines.yaml"}
    assert s3.get_object(**place)["Body"].read() == GOLDEN.read_bytes()
    (listed,) = s3.list_objects_v2(Bucket=place["Bucket"])["Contents"]
    started = min(task.started for task in twin.world.ecs.running_tasks())
    assert listed["LastModified"] == s3.head_object(**place)["LastModified"] < started
    s3.put_object(**place, Body=GOLDEN.read_bytes())
    assert s3.head_object(**place)["LastModified"] > started


def test_the_key_is_not_exported(twin: Twin) -> None:
    """What the twin exports leads to its three APIs and tells no secret."""
    exports = twin.world.exports
    assert {name for name in exports if name.startswith("MADRID_BUS_")} == {
        "MADRID_BUS_API_URL",
        "MADRID_BUS_WS_ENDPOINT",
        "MADRID_BUS_MCP_ENDPOINT",
        "MADRID_BUS_DEPLOYED_AT",
    }
    assert twin.key not in exports.values()


def test_faults_can_be_laid_over_it(twin: Twin) -> None:
    """Rules of the web host bend one route of one API and let go of it again."""

    def empty(_request: Request, answer: Answer) -> Answer:
        return answer.with_json({})

    twin.world.web.after("madrid_bus/api/people-count", empty)
    assert [twin.get(f"{path}?{LATEST}").json() == {} for path in ROUTES] == [True, False, False, False]
    twin.world.web.clear_rules()
    assert twin.get(f"{ROUTES[0]}?{LATEST}").json()["stop_id"] == "S001"
