"""What is Madrid Bus when it is well? Its data, three APIs over them, and the feeders that keep them new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from botocore.exceptions import ClientError

from checks.madrid_bus.twin.gate import ApiKey, Gate
from checks.madrid_bus.twin.lines import upload_lines
from checks.madrid_bus.twin.mcp import McpServer
from checks.madrid_bus.twin.rest import RestApi
from checks.madrid_bus.twin.simulation import Simulation, seed
from checks.madrid_bus.twin.store import Store
from checks.madrid_bus.twin.stream import Stream
from checks.madrid_bus.twin.trail import Trail
from fixtures.targets import Target
from fixtures.twins.build import build as build_aws
from fixtures.twins.timestream import Timestream
from fixtures.twins.world import World

SEED = 27
REST_AUTHORIZER = "bus-simulator-rest-authorizer"
SOCKET_AUTHORIZER = "bus-simulator-websocket-authorizer-v2"
FEEDERS = {
    "people_count": "people-count-feeder",
    "sensor_data": "sensors-feeder",
    "bus_position": "bus-position-feeder",
}
BUS, RULE = "bus-simulator-events", "bus-position-updates"


def build(world: World, target: Target) -> None:
    """Build its AWS side, seed six days of data meanwhile, serve the APIs, start the feeders."""
    region = target.place.region
    with ThreadPoolExecutor(1) as beside:
        seeding = beside.submit(seed, cast(Timestream, Feeders(world)), world.clock.now(), SEED)
        build_aws(world, target)
    simulation = seeding.result()
    upload_lines(world, target)
    trail = Trail(world)
    store = Store(world.timestream, world.clock)
    key = ApiKey(world.aws.client("secretsmanager", region), world.clock)
    remembered_s = target.settings.drill.remembered_s
    rest_gate, mcp_gate = (Gate(REST_AUTHORIZER, key, world.clock, trail, remembered_s) for _ in range(2))
    socket_gate = Gate(SOCKET_AUTHORIZER, key, world.clock, trail, ttl_s=0)
    for gate in (rest_gate, mcp_gate, socket_gate):
        world.web.on_change(gate.forget)
    stream = Stream(world.aws.client("dynamodb", region), socket_gate, world.clock, trail)
    rest = RestApi(store, rest_gate, trail)
    mcp = McpServer(world, store, mcp_gate, trail)
    socket_url = world.web.mount("madrid_bus/websocket", stream.app)
    world.exports["MADRID_BUS_API_URL"] = world.web.mount("madrid_bus/api", rest.app)
    world.exports["MADRID_BUS_MCP_ENDPOINT"] = world.web.mount("madrid_bus/mcp", mcp.app)
    world.exports["MADRID_BUS_WS_ENDPOINT"] = socket_url.replace("http://", "ws://")
    events = world.aws.client("events", region)
    world.pulse.every(target.settings.cadence.live_tick_s, lambda: _tick(world, simulation, stream, events))


class Feeders:
    """The store as the feeders reach it: one whose service does not run writes nothing, others log it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def append(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the rows of one tick."""
        feeder, written = FEEDERS[table], list(rows)
        if not is_running(self._world, feeder):
            return
        self._world.timestream.append(table, written)
        Trail(self._world).container(f"/ecs/{feeder}", f"INFO wrote {len(written)} records to {table}")

    def __getattr__(self, name: str) -> Any:
        """Everything else, as the store does it."""
        return getattr(self._world.timestream, name)


def is_running(world: World, service: str) -> bool:
    """Whether the ECS service runs a task."""
    return world.ecs.service(service).running > 0


def _tick(world: World, simulation: Simulation, stream: Stream, events: Any) -> None:
    positions = simulation.tick(world.clock.now()).positions
    if is_running(world, FEEDERS["bus_position"]) and _leads_to_handler(events):
        stream.push(positions)


def _leads_to_handler(events: Any) -> bool:
    try:
        return bool(events.describe_rule(Name=RULE, EventBusName=BUS)["State"] == "ENABLED")
    except ClientError:
        return False
