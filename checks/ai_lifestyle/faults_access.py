"""In which ways does the gateway fail: whom does it let in, and how does it refuse?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checks.ai_lifestyle.twin.deployment import bend_authorizer, deployment_of
from checks.ai_lifestyle.twin.mounting import bend
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.faults import fault
from fixtures.twins.world import World

API, ISSUER = "ai_lifestyle/api", "ai_lifestyle/issuer"
PROGRESS = "GET /goals/{goal_id}/progress"


@fault(notices=["LIFE-21", "LIFE-75"], spares=["LIFE-15", "LIFE-36"])
def auth_opened_on_one_route(world: World) -> None:
    """Progress is answered without a token, as if user A had asked."""
    deployment = deployment_of(world)
    doors = deployment.gate.doors
    deployment.gate.doors = replace(doors, guests={PROGRESS: deployment.a})
    world.at_lift(lambda: setattr(deployment.gate, "doors", doors))


@fault(notices=["LIFE-22"], spares=["LIFE-21", "LIFE-15"])
def expired_tokens_were_accepted(world: World) -> None:
    """A token lets in for good."""
    bend_authorizer(world, checks_expiry=False)


@fault(notices=["LIFE-22"], spares=["LIFE-21"])
def unsigned_tokens_were_accepted(world: World) -> None:
    """A token says itself how it is signed: not at all, or with the public key for a secret."""
    bend_authorizer(world, checks_algorithm=False)


@fault(notices=["LIFE-22"], spares=["LIFE-21", "LIFE-15"])
def foreign_tokens_were_accepted(world: World) -> None:
    """A token of any pool and any client lets in."""
    bend_authorizer(world, checks_issuer=False, checks_client=False)


@fault(notices=["LIFE-24"], spares=["LIFE-21", "LIFE-22"])
def users_saw_each_other(world: World) -> None:
    """A goal is shown to whoever knows its id."""
    bend(world, owners_only=False)


@fault(notices=["LIFE-23"], spares=["LIFE-21", "LIFE-22", "LIFE-15"])
def refusals_changed_their_face(world: World) -> None:
    """Whoever comes without a token is told that the server failed."""

    def after(request: Request, answer: Answer) -> Answer:
        is_refused = answer.status == 401 and "x-amzn-errortype" in answer.headers
        is_bare = is_refused and "authorization" not in request.headers
        return answer.with_json({"message": "Internal Server Error"}, 500) if is_bare else answer

    world.web.after(API, after)


@fault(notices=["LIFE-75"], spares=["LIFE-21", "LIFE-22"])
def a_docs_route_was_left(world: World) -> None:
    """The documentation of the API is there for anybody."""
    page = Answer(200, {"content-type": "text/html"}, b"<!doctype html><title>API</title>")
    world.web.before(f"{API}/docs", lambda _request: page)


@fault(notices=["LIFE-76"], spares=["LIFE-21", "LIFE-23"])
def cors_opened_to_everyone(world: World) -> None:
    """Any web page may call, with the credentials of whoever looks at it."""
    opened = {"access-control-allow-origin": "*", "access-control-allow-credentials": "true"}
    world.web.after(API, lambda _request, answer: replace(answer, headers={**answer.headers, **opened}))


@fault(notices=["LIFE-18"], spares=["LIFE-15", "LIFE-21"])
def the_signing_key_was_foreign(world: World) -> None:
    """The pool publishes other keys than those it signs with."""

    def renamed(keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [key | {"kid": f"{key['kid'][:-4]}gone"} for key in keys]

    def after(request: Request, answer: Answer) -> Answer:
        is_key_set = request.path.endswith("/jwks.json") and answer.status == 200
        return answer.with_json({"keys": renamed(answer.json()["keys"])}) if is_key_set else answer

    world.web.after(ISSUER, after)
