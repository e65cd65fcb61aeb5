"""In which ways does what was set up drift from what was agreed?"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import yaml

from checks.madrid_bus.topology import GOLDEN
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

SECRET = "bus-simulator/api-key"  # noqa: S105 (its name)
LINES = "lines.yaml"
AUTHORIZER = "/aws/lambda/bus-simulator-rest-authorizer"
SERVER = "/ecs/mcp-server"


@fault(notices=["BUS-30"], spares=["BUS-47", "BUS-48", "BUS-40"])
def a_measure_was_renamed(world: World) -> None:
    """The feeders write where a bus is under another measure name."""
    world.timestream.reshape("bus_position", "SELECT * REPLACE ('position' AS measure_name) FROM rows")


@fault(notices=["BUS-52"], spares=["BUS-82", "BUS-57", "BUS-40"])
def the_configuration_lost_a_line(world: World) -> None:
    """lines.yaml in the bucket does not know of L132."""
    values = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    values["lines"] = [line for line in values["lines"] if line["line_id"] != "L132"]
    s3 = world.aws.client("s3")
    (bucket,) = (one["Name"] for one in s3.list_buckets(Prefix="bus-simulator-config-")["Buckets"])
    stored = s3.put_object(Bucket=bucket, Key=LINES, Body=yaml.safe_dump(values).encode())
    world.at_lift(lambda: s3.delete_object(Bucket=bucket, Key=LINES, VersionId=stored["VersionId"]))


@fault(notices=["BUS-82"], spares=["BUS-52", "BUS-23"])
def feeders_missed_a_change(world: World) -> None:
    """The configuration changed yesterday, and no feeder was restarted."""
    yesterday: datetime = world.clock.ago(days=1)

    def dated(_call: Call, answer: dict[str, Any]) -> dict[str, Any]:
        return answer | {"LastModified": yesterday}

    world.aws.rule("s3", "HeadObject", dated)


@fault(notices=["madrid_bus.no_log_shows_the_key"], spares=["BUS-20", "BUS-40"])
def the_key_was_printed(world: World) -> None:
    """A function writes the key it was called with into its log."""
    text = world.aws.client("secretsmanager").get_secret_value(SecretId=SECRET)["SecretString"]
    world.logs.append(AUTHORIZER, f"event: {{'x-api-key': '{json.loads(text)['api_key']}'}}")


@fault(
    notices=["madrid_bus.the_authorizer_logged_no_error", "BUS-20"],
    spares=["madrid_bus.no_log_shows_the_key", "BUS-40"],
)
def the_authorizer_stumbled(world: World) -> None:
    """The REST authorizer logged an ERROR half an hour ago."""
    world.logs.append(AUTHORIZER, "[ERROR] KeyError: 'api_key'", world.clock.ago(minutes=30))


@fault(notices=["BUS-22"], spares=["BUS-39", "BUS-19"])
def groups_were_never_logged(world: World) -> None:
    """The MCP server logs calls without the name of who made them."""

    def nameless(call: Call, answer: dict[str, Any]) -> dict[str, Any]:
        if call.params["logGroupName"] != SERVER:
            return answer
        return answer | {"events": [one for one in answer["events"] if "group=" not in one["message"]]}

    world.aws.rule("logs", "FilterLogEvents", nameless)
