"""Who gets past the gateway, and what is everybody else told?"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest
import requests

from checks.ai_lifestyle import forgery
from checks.ai_lifestyle.doors import PROTECTED, protected
from checks.ai_lifestyle.twin.deployment import bend_authorizer
from checks.ai_lifestyle.twin.gate import NO_ROUTE
from tests.checks.ai_lifestyle.gated import CAST, ELSEWHERE, App
from tests.checks.ai_lifestyle.living import ORIGIN

HOUR_S = 3600
BAD_HEADERS = [
    None,
    "",
    "Bearer",
    "Bearer ",
    "Basic dXNlcjpwYXNz",
    "80ebfceb7ce944a0962443e57669bca6",
    "Bearer a.b.c",
    "Bearer ..",
    "é",
]


def with_header(app: App, value: str | None) -> requests.Response:
    """GET /goals with an Authorization header, None for none."""
    headers = {} if value is None else {"Authorization": value.encode("latin-1")}
    return app.session.get(f"{app.url}/goals", headers=headers, timeout=10)


def wrongly_signed(app: App, token: str) -> list[str]:
    """Everything that can be made of a token without the pool's key."""
    published = app.key_set().json()["keys"][0]
    return [
        forgery.with_bent_signature(token),
        forgery.with_claims(token, sub=app.deployment.b),
        forgery.unsigned(token),
        forgery.by_public_key(token, published),
        forgery.by_stranger(token, forgery.kid_of(token)),
        forgery.by_stranger(token, "unknown"),
    ]


def rightly_signed(app: App, token: str) -> dict[str, str]:
    """Tokens with the pool's own signature, or another pool's, that are wrong all the same."""
    claims = forgery.claims_of(token)
    now, elsewhere = claims["iat"], claims["iss"].replace(app.deployment.pool.id, ELSEWHERE)
    changes: dict[str, dict[str, Any]] = {
        "expired": {"iat": now - 2 * HOUR_S, "exp": now - HOUR_S},
        "without an end": {"exp": None},
        "not begun": {"nbf": now + HOUR_S},
        "issued later": {"iat": now + HOUR_S},
        "another issuer": {"iss": elsewhere},
        "another client": {"client_id": "other"},
        "an ID token": {"token_use": "id"},
    }
    signed = {name: app.sign(claims | changed) for name, changed in changes.items()}
    return signed | {"another environment": app.sign(claims | {"iss": elsewhere}, ELSEWHERE)}


def is_unauthorized(answer: requests.Response) -> bool:
    """Whether it is the gateway's own refusal."""
    return (
        answer.status_code == 401
        and answer.json() == {"message": "Unauthorized"}
        and answer.headers["content-type"] == "application/json"
        and answer.headers["x-amzn-errortype"] == "UnauthorizedException"
    )


@pytest.mark.parametrize("name", PROTECTED)
def test_every_protected_route_wants_a_token(app: App, name: str) -> None:
    """Without one the gateway refuses before the route is asked; with one the route answers."""
    (door,) = (one for one in protected() if one.name == name)
    bare, bearing = (
        app.ask(door.ask.method, door.ask.path, door.ask.body, token) for token in ("", app.token())
    )
    assert is_unauthorized(bare)
    assert bearing.status_code in (200, 400, 404)
    assert bearing.headers["x-request-id"]


@pytest.mark.parametrize("value", BAD_HEADERS)
def test_what_is_no_token_lets_nobody_in(app: App, value: str | None) -> None:
    """Missing, empty or senseless headers are refused in the gateway's own words."""
    assert is_unauthorized(with_header(app, value))


def test_forged_tokens_let_nobody_in(app: App) -> None:
    """Whatever is made without the pool's key is refused, and so is a token that is not in the header."""
    token = app.token()
    answers = [app.ask("GET", "/goals", token=forged) for forged in wrongly_signed(app, token)]
    answers.append(app.ask("GET", f"/goals?access_token={token}&Authorization=Bearer {token}"))
    assert [one.text for one in answers if not is_unauthorized(one)] == []


def test_misused_tokens_let_nobody_in(app: App) -> None:
    """Neither expired, premature, foreign nor ID tokens are taken, nor refresh tokens or half a sign-in."""
    given = app.login()
    tokens = rightly_signed(app, given["accessToken"]) | {
        "a refresh token": given["refreshToken"],
        "half a sign-in": app.login(CAST.careful or CAST.a)["sessionToken"],
    }
    answers = {name: app.ask("GET", "/goals", token=token) for name, token in tokens.items()}
    assert [name for name, answer in answers.items() if not is_unauthorized(answer)] == []


def test_the_word_bearer_may_be_left_out(app: App) -> None:
    """A REST API takes a token with it and without."""
    token = app.token()
    assert with_header(app, token).status_code == 200
    assert with_header(app, f"Bearer {token}").status_code == 200


def test_a_nameless_token_is_refused_by_the_app(app: App) -> None:
    """Rightly signed but without a sub, it passes the gateway and gets the app's own 401."""
    claims = forgery.claims_of(app.token())
    token = app.sign({name: value for name, value in claims.items() if name not in ("sub", "username")})
    answers = [app.ask("GET", path, token=token) for path in ("/goals", "/users/profile")]
    assert [(one.status_code, one.json()["error"]) for one in answers] == [(401, "UNAUTHORIZED")] * 2


def test_a_user_sees_only_his_own(app: App) -> None:
    """The caller is the sub of the token: B finds none of A's goals."""
    goal_id, token = app.goal_of_a(), app.token(CAST.b)
    answer = app.ask("GET", f"/goals/{goal_id}", token=token)
    assert (answer.status_code, answer.json()["error"]) == (404, "GOAL_NOT_FOUND")
    assert goal_id not in app.ask("GET", "/goals?limit=100", token=token).text


def test_a_token_outlives_the_user(app: App) -> None:
    """Verification is offline: a user since disabled is let in by the old token, and gets no new one."""
    token, pool = app.token(CAST.b), app.deployment.pool
    who = {"UserPoolId": pool.id, "Username": CAST.b.email}
    pool.cognito.admin_disable_user(**who)
    try:
        assert app.ask("GET", "/goals", token=token).status_code == 200
        assert app.post("login", email=CAST.b.email, password=CAST.b.password).status_code == 401
    finally:
        pool.cognito.admin_enable_user(**who)


@pytest.mark.parametrize(
    "asked", ["GET /nowhere", "PATCH /goals", "GET /goals/", "POST /health", "GET /docs"]
)
def test_what_is_no_route_is_told_by_the_gateway(app: App, asked: str) -> None:
    """A REST API says 403 to a path or a method that it does not know, with or without a token."""
    method, path = asked.split()
    answers = [app.ask(method, path, token=token) for token in ("", app.token())]
    told = (403, {"message": "Missing Authentication Token"})
    assert [(one.status_code, one.json()) for one in answers] == [told] * 2
    assert NO_ROUTE["http"].status == 404


def test_open_routes_ask_for_nothing(app: App) -> None:
    """Health and features answer anybody, whatever the header says."""
    answers = [
        app.ask("GET", path, token=token) for path in ("/health", "/config/features") for token in ("", "x")
    ]
    assert [one.status_code for one in answers] == [200] * 4


def test_pages_of_the_app_may_read_refusals(app: App) -> None:
    """A preflight needs no token, and refusals carry the origin as well; a foreign one is not allowed."""
    for origin, allowed in ((ORIGIN, ORIGIN), ("https://gonogo.example.org", None)):
        asks = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        preflight, refusal = app.ask("OPTIONS", "/goals", **asks), app.ask("GET", "/goals", Origin=origin)
        assert (preflight.status_code, refusal.status_code) == (204, 401)
        answers = [preflight, refusal]
        assert [one.headers.get("access-control-allow-origin") for one in answers] == [allowed] * 2


@pytest.mark.parametrize(
    ("bent", "let_in"),
    [
        ("checks_expiry", {"expired", "without an end"}),
        ("checks_start", {"not begun", "issued later"}),
        ("checks_issuer", {"another issuer"}),
        ("checks_client", {"another client"}),
        ("checks_use", {"an ID token"}),
    ],
)
def test_each_rule_keeps_out_what_it_is_for(app: App, bent: str, let_in: set[str]) -> None:
    """An authorizer that forgets one rule lets in just what that rule keeps out."""
    tokens = rightly_signed(app, app.token())
    bend_authorizer(app.world, **{bent: False})
    answers = {name: app.ask("GET", "/goals", token=token).status_code for name, token in tokens.items()}
    assert {name for name, status in answers.items() if status == 200} - {"another environment"} == let_in
    app.world.undo()
    assert app.ask("GET", "/goals", token=tokens[min(let_in)]).status_code == 401


def test_a_careless_verifier_takes_what_is_unsigned(app: App) -> None:
    """One that lets the token choose its algorithm takes none, and the public key for a secret; no more."""
    token = app.token()
    forged = wrongly_signed(app, token)
    bend_authorizer(app.world, checks_algorithm=False)
    statuses = [app.ask("GET", "/goals", token=one).status_code for one in forged]
    assert statuses == [401, 401, 200, 200, 401, 401]


def test_a_route_can_lose_its_authorizer(app: App) -> None:
    """Then it answers anybody as if one user had asked, and it alone."""
    goal_id, gate = app.goal_of_a(), app.deployment.gate
    doors = gate.doors
    gate.doors = replace(doors, guests={"GET /goals/{goal_id}/progress": app.deployment.a})
    app.world.at_lift(lambda: setattr(gate, "doors", doors))
    assert app.ask("GET", f"/goals/{goal_id}/progress").json()["goalId"] == goal_id
    assert is_unauthorized(app.ask("GET", f"/goals/{goal_id}"))


def test_every_request_is_written_down(app: App) -> None:
    """The access log has a JSON line for each request, refused ones too, and no token in it."""
    token, group = app.token(), "/aws/api-gateway/app-local"
    app.ask("GET", "/goals", token=token)
    app.ask("GET", "/goals")
    app.ask("GET", "/nowhere")
    wanted = [("GET", "GET /goals", 200), ("GET", "GET /goals", 401), ("GET", "-", 403)]
    said, deadline = None, time.monotonic() + 10
    # A line is written when its answer was sent: the last one may be on its way.
    while said != wanted and time.monotonic() < deadline:
        events = app.world.logs.between(group, 0, 2**53)
        lines = [json.loads(event.message) for event in events][-3:]
        said = [(line["httpMethod"], line["routeKey"], line["status"]) for line in lines]
    assert said == wanted
    assert all(line["responseLength"] > 0 and line["requestId"] for line in lines)
    assert [event for event in events if token in event.message] == []
