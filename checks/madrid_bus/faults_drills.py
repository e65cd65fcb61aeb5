"""What would a drill find broken?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from fixtures.twins.exchange import Request
from fixtures.twins.faults import fault
from fixtures.twins.world import World

API = "madrid_bus/api"
SECRET = "bus-simulator/api-key"  # noqa: S105 (its name)


def _key(secrets: Any) -> str:
    return str(json.loads(secrets.get_secret_value(SecretId=SECRET)["SecretString"])["api_key"])


@fault(notices=["BUS-55", "BUS-72"], spares=["BUS-91"])
def updates_were_ignored(world: World) -> None:
    """ECS takes every update of a service, and does nothing."""
    world.ecs.ignores_updates = True


@fault(notices=["BUS-91"], spares=["BUS-55", "BUS-72"])
def the_old_key_still_opened(world: World) -> None:
    """The REST API goes on accepting the key that was replaced."""
    secrets = world.aws.client("secretsmanager")
    old = _key(secrets)

    def before(request: Request) -> Request:
        if request.headers.get("x-api-key") != old:
            return request
        return replace(request, headers={**request.headers, "x-api-key": _key(secrets)})

    world.web.before(API, before)
