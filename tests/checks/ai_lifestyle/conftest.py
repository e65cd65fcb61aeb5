"""What do the tests of the AI Lifestyle App start from?"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from checks.ai_lifestyle.twin.cors import Cors
from checks.ai_lifestyle.twin.mounting import open_service
from fixtures.twins.world import World
from tests.checks.ai_lifestyle.gated import App, open_app
from tests.checks.ai_lifestyle.living import ORIGIN, PLACE, REGION, A, Api, B, create_table, gateway


@pytest.fixture(scope="module")
def living() -> Iterator[Api]:
    """The seeded service over HTTP, asked by user A."""
    world = World()
    world.start()
    create_table(world.aws.client("dynamodb", REGION))
    for function in PLACE.functions.values():
        world.logs.create(f"/aws/lambda/{function}")
    app = open_service(world, PLACE, A, B)
    api = Api(world, world.web.mount("ai_lifestyle/api", Cors(gateway(app), {ORIGIN})), A)
    api.session.trust_env = False
    yield api
    world.stop()


@pytest.fixture
def seeded(living: Api) -> Iterator[Api]:
    """The service as user A sees it; faults are lifted afterwards."""
    yield living
    living.world.undo()


@pytest.fixture
def api(seeded: Api) -> Api:
    """The service as a user sees it who has nothing yet."""
    return seeded.by(str(uuid4()))


@pytest.fixture(scope="module")
def standing(living: Api) -> App:
    """The whole app, with its users and behind its gateway, in the same world."""
    return open_app(living.world)


@pytest.fixture
def app(standing: App) -> Iterator[App]:
    """The whole app; faults are lifted afterwards."""
    yield standing
    standing.world.undo()
