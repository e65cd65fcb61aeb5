"""What do the tests of the gateway talk to? The whole app, its users, and whoever signs for its pool."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import requests

from checks.ai_lifestyle.twin.deployment import Cast, Credentials, Deployment, deploy
from checks.ai_lifestyle.twin.mounting import NAME
from checks.ai_lifestyle.twin.pool import find_pool
from fixtures.parts import Api
from fixtures.twins.users import build_users
from fixtures.twins.world import World
from tests.checks.ai_lifestyle.living import ORIGIN, PLACE, REGION
from tests.fixtures.places import a_target

STRONG = "Gon0go!!"
NAMES = ("a", "b", "unconfirmed", "careful")
CAST = Cast(*(Credentials(f"{name}@example.org", f"{STRONG}{name}") for name in NAMES))
POOL = {"name": "users-local", "client": "client-local", "flows": ["ALLOW_USER_PASSWORD_AUTH"]}
API = Api(name="app-local", kind="rest", stage="v1", log_group="/aws/api-gateway/app-local")
ELSEWHERE = f"{REGION}_elsewhere"


@dataclass(frozen=True)
class App:
    """The app as anybody reaches it over HTTP."""

    world: World
    deployment: Deployment
    url: str
    issuer_url: str
    session: requests.Session = field(default_factory=requests.Session)

    def ask(
        self, method: str, path: str, body: Any = None, token: str = "", **headers: str
    ) -> requests.Response:
        """Any request, by the bearer of a token if one is given; a body that is not bytes is sent as JSON."""
        if token:
            headers |= {"Authorization": f"Bearer {token}"}
        told = {"data": body} if isinstance(body, bytes) else {} if body is None else {"json": body}
        return self.session.request(method, f"{self.url}{path}", headers=headers, timeout=10, **told)

    def post(self, path: str, **body: Any) -> requests.Response:
        """A POST below /auth, by nobody."""
        return self.ask("POST", f"/auth/{path}", body)

    def login(self, who: Credentials = CAST.a) -> dict[str, Any]:
        """What a user is given who signs in."""
        answer = self.post("login", email=who.email, password=who.password)
        assert answer.status_code == 200, answer.text
        given: dict[str, Any] = answer.json()
        return given

    def token(self, who: Credentials = CAST.a) -> str:
        """An access token of a user."""
        return str(self.login(who)["accessToken"])

    def sign(self, claims: dict[str, Any], pool_id: str = "") -> str:
        """A token signed by the pool, or by another one."""
        url = f"{self.issuer_url}/{pool_id or self.deployment.pool.id}/sign"
        return str(self.session.post(url, json=claims, timeout=10).json()["token"])

    def key_set(self, pool_id: str = "") -> requests.Response:
        """What a pool publishes."""
        path = f"/{pool_id or self.deployment.pool.id}/.well-known/jwks.json"
        return self.session.get(f"{self.issuer_url}{path}", timeout=10)

    def goal_of_a(self) -> str:
        """The id of one of user A's goals."""
        return str(self.ask("GET", "/goals", token=self.token()).json()["goals"][0]["goalId"])


def open_app(world: World) -> App:
    """The app in a world that has the goals table; the goal service that was there before stays known."""
    target = a_target(parts={"user_pools": [POOL]}, region=REGION)
    build_users(world, target)
    pool = find_pool(world, target.parts.user_pools[0], REGION)
    world.logs.create(str(API.log_group))
    service = world.apps[NAME]
    deployment, app = deploy(world, PLACE, API, pool, CAST, {ORIGIN})
    world.apps[NAME] = service
    issuer_url = world.web.mount("ai_lifestyle/issuer", deployment.issuer.app)
    opened = App(world, deployment, world.web.mount("ai_lifestyle/gated", app), issuer_url)
    opened.session.trust_env = False
    return opened
