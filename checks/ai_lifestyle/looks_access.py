"""Who gets in: with a good token, without one, with a bad one, and by doors that nobody watches?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from checks.ai_lifestyle.access import Attempt, Row, alive, attempt, not_tried
from checks.ai_lifestyle.doors import LEFTOVERS, Door, door, protected
from checks.ai_lifestyle.looks_people import Cast
from checks.ai_lifestyle.matrix import Material, Sign, fewest, rows, strays, without_token
from checks.ai_lifestyle.people import User, hold, post, sign_in
from fixtures.concurrency import each
from fixtures.observations import instrument, observation
from fixtures.probes.http import Ask
from fixtures.targets import Target
from fixtures.web import Web

AT_ONCE = 16


@dataclass(frozen=True)
class Leftover:
    """What a path that should not be there answers."""

    path: str
    status: int

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing, or nothing for us."""
        return self.status in (401, 403, 404)


@dataclass(frozen=True)
class Preflight:
    """What a web page of an origin is allowed to do: the origin that the answer allows, and with what."""

    origin: str
    is_ours: bool
    status: int
    allowed: str
    has_credentials: bool

    @property
    def is_right(self) -> bool:
        """Whether our own page may call by its name, and a foreign one neither by its own nor by a star."""
        return self.allowed == self.origin if self.is_ours else self.allowed not in (self.origin, "*")


@instrument
def signer(web: Web, target: Target) -> Sign | None:
    """Who signs by the pool's private key whatever we ask for; only a twin does."""
    if not target.settings.issuer_signs_for_us:
        return None

    def sign(pool_id: str, claims: dict[str, Any]) -> str:
        reply = web.ask("issuer", post(f"/{pool_id}/sign", claims))
        return str(hold(reply, target.run.redactor)["token"])

    return sign


@instrument
def material(
    web: Web,
    user_a: User,
    user_b: User,
    key_set: list[dict[str, Any]],
    cast: Cast,
    signer: Sign | None,
    target: Target,
) -> Material:
    """What the tokens of the matrix are made of."""
    careful = sign_in(web, cast.careful, target.run.redactor) if cast.careful else None
    session = careful.text("sessionToken") if careful else ""
    return Material(user_a.access, user_b.sub, tuple(key_set), user_a.refresh, session, signer)


@observation(deadline_s=120)
def token_attempts(web: Web, material: Material, target: Target) -> list[Attempt]:
    """Every row of the matrix on GET /goals, in a thorough run on every protected route; in a smoke run only
    those that anybody can make. The good token goes first and last, and on GET /goals alone."""
    wanted, run = rows(material), target.run
    if run.sample is not None:
        wanted = fewest(wanted)
    goals, others = protected()[0], protected()[1:] if run.is_thorough else []
    for row in wanted:
        run.redactor.learn(row.token)
    knocks = [(goals, row) for row in wanted[1:-1]]
    knocks += [(other, row) for other in others for row in wanted if row.expected == "out"]
    first = _knock(web, goals, wanted[0])
    tried = each(lambda knock: _knock(web, *knock), knocks, AT_ONCE)
    stray = [attempt(name, row, web.ask("api", ask)) for name, ask, row in strays()]
    return alive([first, *tried, *stray, _knock(web, goals, wanted[-1])])


@observation(deadline_s=60)
def open_doors(web: Web) -> list[Attempt]:
    """Each protected route without a token; that the API is alive is seen at its health, which is open."""
    nobody, alive_row = without_token(), Row("anybody", "in")
    control = _knock(web, door("GET /health"), alive_row)
    return alive([control, *each(lambda one: _knock(web, one, nobody), protected(), AT_ONCE)])


@observation
def leftovers(web: Web) -> list[Leftover]:
    """What usually is left behind, asked for by anybody."""
    return [Leftover(path, web.ask("api", Ask(path)).status) for path in LEFTOVERS]


@observation
def preflights(web: Web, target: Target) -> list[Preflight]:
    """What web pages of the app's own origin and of a foreign one may do."""
    own = _preflight(web, target.settings.app_origin, is_ours=True)
    return [own, _preflight(web, "https://gonogo.example.org", is_ours=False)]


def _knock(web: Web, at: Door, row: Row) -> Attempt:
    if row.why_not:
        return not_tried(at.name, row)
    return attempt(at.name, row, web.ask("api", at.knock(row.headers, row.query)))


def _preflight(web: Web, origin: str, *, is_ours: bool) -> Preflight:
    asks = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    asks["Access-Control-Request-Headers"] = "authorization"
    reply = web.ask("api", replace(Ask("/goals", headers=asks), method="OPTIONS"))
    allowed = reply.headers.get("access-control-allow-origin", "")
    has_credentials = reply.headers.get("access-control-allow-credentials", "") == "true"
    return Preflight(origin, is_ours, reply.status, allowed, has_credentials)
