"""What is the AI Lifestyle App when it is well? Its users, its goals, and one API over both."""

from __future__ import annotations

from checks.ai_lifestyle.twin.deployment import deploy
from checks.ai_lifestyle.twin.enrolment import enrol
from checks.ai_lifestyle.twin.mounting import place_of
from checks.ai_lifestyle.twin.pool import find_pool
from fixtures.targets import Target
from fixtures.twins.build import build as build_aws
from fixtures.twins.world import World


def build(world: World, target: Target) -> None:
    """Build its AWS side, enrol the users, seed their goals, serve the API and the pool's keys."""
    build_aws(world, target)
    (api,), (declared,) = target.parts.apis, target.parts.user_pools
    pool = find_pool(world, declared, target.place.region)
    origins = {target.settings.app_origin}
    deployment, app = deploy(world, place_of(target), api, pool, enrol(world, target), origins)
    world.exports["AI_LIFESTYLE_API_URL"] = world.web.mount("ai_lifestyle/api", app)
    world.exports["AI_LIFESTYLE_ISSUER_URL"] = world.web.mount("ai_lifestyle/issuer", deployment.issuer.app)
