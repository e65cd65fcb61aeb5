"""Can users register, sign in and on, and look after their accounts, and nobody in their place?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import requests

from checks.ai_lifestyle.twin.accounts import MOST_FAILURES
from checks.ai_lifestyle.twin.deployment import Credentials
from checks.ai_lifestyle.twin.second_factor import SESSION_S, STEP_S, Waiting, code_of
from tests.checks.ai_lifestyle.gated import CAST, STRONG, App

WEAK = ["Gon0go!", "gon0go!!", "GON0GO!!", "Gonogo!!", "Gon0gogo", f"Gon0go!!{'x' * 121}", ""]


def sound(**changes: Any) -> dict[str, Any]:
    """A registration that is taken, changed; None leaves a field out."""
    names = {"firstName": "Ana María", "lastName": "Pérez-Gil"}
    body = {"email": f"{uuid4()}@example.org", "password": STRONG} | names | changes
    return {name: value for name, value in body.items() if value is not None}


def told(answer: requests.Response) -> tuple[int, str]:
    """The status and the code of an error."""
    return answer.status_code, answer.json()["error"]


def digits(app: App, secret: str) -> str:
    """The code of a second factor at this moment."""
    return code_of(secret, int(app.world.clock.now().timestamp()) // STEP_S)


@pytest.fixture
def user(app: App) -> Iterator[Credentials]:
    """A user of this test's own."""
    who = Credentials(f"{uuid4()}@example.org", STRONG)
    app.deployment.pool.invite(who.email, who.password, given_name="Ana", family_name="Gil")
    yield who
    app.deployment.pool.cognito.admin_delete_user(UserPoolId=app.deployment.pool.id, Username=who.email)


@pytest.mark.parametrize("password", WEAK)
def test_a_weak_password_is_refused(app: App, password: str) -> None:
    """Too short, too long or without one of four kinds of characters: 400 that names it, and no user."""
    body = sound(password=password)
    answer = app.ask("POST", "/auth/register", body)
    assert told(answer) == (400, "VALIDATION_ERROR")
    assert [one["field"] for one in answer.json()["validation_errors"]] == ["password"]
    assert app.post("login", email=body["email"], password=password or "x").status_code == 401


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", None),
        ("email", "no address"),
        ("password", None),
        ("firstName", None),
        ("firstName", "R2D2"),
        ("firstName", "x" * 51),
        ("lastName", ""),
        ("lastName", "a_b"),
    ],
)
def test_a_field_that_is_missing_or_odd_is_refused(app: App, field: str, value: str | None) -> None:
    """400, and the field is named."""
    answer = app.ask("POST", "/auth/register", sound(**{field: value}))
    assert told(answer) == (400, "VALIDATION_ERROR")
    assert [one["field"] for one in answer.json()["validation_errors"]] == [field]


def test_whoever_registers_gets_in_once_the_code_came_back(app: App) -> None:
    """201, a second time 409; no sign-in before the mailed code was used, which may be used again."""
    body = sound()
    made = app.ask("POST", "/auth/register", body)
    assert (made.status_code, made.json()["email"]) == (201, body["email"])
    assert told(app.ask("POST", "/auth/register", body)) == (409, "USER_ALREADY_EXISTS")
    login = {"email": body["email"], "password": body["password"]}
    assert told(app.post("login", **login)) == (403, "ACCOUNT_NOT_VERIFIED")
    assert told(app.post("email/verify", token=f"{body['email']}:none")) == (400, "INVALID_TOKEN")
    mailed = app.deployment.accounts.mailed[body["email"]]
    assert [app.post("email/verify", token=mailed).status_code for _ in range(2)] == [200, 200]
    user = app.post("login", **login).json()["user"]
    assert (user["userId"], user["emailVerified"]) == (made.json()["userId"], True)


def test_a_sign_in_gives_what_was_agreed(app: App) -> None:
    """Two tokens, their type and lifetime, the user, and no ID token; nothing may be kept of it."""
    answer = app.post("login", email=CAST.a.email, password=CAST.a.password)
    given = answer.json()
    assert set(given) == {"accessToken", "refreshToken", "tokenType", "expiresIn", "user"}
    assert (given["tokenType"], given["expiresIn"]) == ("Bearer", 3600)
    assert (given["user"]["email"], given["user"]["userId"]) == (CAST.a.email, app.deployment.a)
    assert answer.headers["cache-control"] == "no-store"


def test_nobody_learns_who_exists(app: App) -> None:
    """A wrong password and an unknown user are answered word for word the same."""
    answers = [
        app.post("login", email=email, password="wrong").json() for email in (CAST.a.email, "no@one.org")
    ]
    for answer in answers:
        del answer["timestamp"], answer["request_id"]
    assert answers[0] == answers[1]
    assert answers[0]["error"] == "INVALID_CREDENTIALS"
    resets = [app.post("password/reset-request", email=email) for email in (CAST.a.email, "no@one.org")]
    assert [one.json() for one in resets] == [resets[0].json()] * 2


def test_an_account_is_locked_after_many_failures(app: App, user: Credentials) -> None:
    """Then the right password helps no more, and the answer says when to come again."""
    for _ in range(MOST_FAILURES):
        assert app.post("login", email=user.email, password="wrong").status_code == 401
    locked = app.post("login", email=user.email, password=user.password)
    assert (told(locked), locked.headers["retry-after"]) == ((429, "ACCOUNT_LOCKED"), "900")
    app.world.web.changed()
    assert app.token(user)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("login", b""),
        ("login", b"{"),
        ("login", b"[]"),
        ("refresh", b""),
        ("refresh", b'{"refreshToken": ""}'),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(app: App, path: str, body: bytes) -> None:
    """400, not a failure."""
    assert told(app.ask("POST", f"/auth/{path}", body)) == (400, "VALIDATION_ERROR")


def test_a_refresh_token_gives_an_access_token(app: App) -> None:
    """One that opens the door, and no new refresh token; anything else gives nothing."""
    given = app.login()
    renewed = app.post("refresh", refreshToken=given["refreshToken"]).json()
    assert set(renewed) == {"accessToken", "tokenType", "expiresIn"}
    assert app.ask("GET", "/goals", token=renewed["accessToken"]).status_code == 200
    for token in ("garbage", given["accessToken"]):
        assert told(app.post("refresh", refreshToken=token)) == (401, "INVALID_TOKEN")


def test_a_profile_is_kept(app: App, user: Credentials) -> None:
    """What is changed is there when asked again, the rest as before; nonsense changes nothing."""
    token = app.token(user)
    before = app.ask("GET", "/users/profile", token=token).json()
    changes = {
        "firstName": "Ana",
        "phoneNumber": "+34600000000",
        "dateOfBirth": "2000-02-29",
        "timezone": "Europe/Madrid",
        "preferences": {"units": {"weight": "kg"}},
    }
    shown = app.ask("PUT", "/users/profile", changes, token).json()
    assert shown == app.ask("GET", "/users/profile", token=token).json()
    assert {name: shown[name] for name in changes} == changes
    assert (shown["email"], shown["lastName"]) == (before["email"], before["lastName"])
    for bad in ({"firstName": "R2D2"}, {"phoneNumber": "600"}, {"dateOfBirth": "yesterday"}):
        assert told(app.ask("PUT", "/users/profile", bad, token)) == (400, "VALIDATION_ERROR")
    assert app.ask("GET", "/users/profile", token=token).json() == shown


def test_a_second_factor_is_asked_for_once_it_is_on(app: App, user: Credentials) -> None:
    """It is on after a right code only; then a sign-in gives a session, which the code turns into tokens."""
    token = app.token(user)
    secret = app.ask("POST", "/auth/mfa/setup", token=token).json()["secret"]
    code = digits(app, secret)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    refused = app.ask("POST", "/auth/mfa/verify-setup", {"code": wrong}, token)
    assert (told(refused), "accessToken" in app.login(user)) == ((400, "INVALID_CODE"), True)
    assert app.ask("POST", "/auth/mfa/verify-setup", {"code": code}, token).json()["enabled"] is True
    assert told(app.ask("POST", "/auth/mfa/setup", token=token)) == (409, "MFA_ALREADY_ENABLED")
    given = app.login(user)
    assert {**given, "sessionToken": ""} == {"sessionToken": "", "mfaRequired": True, "tokenType": "Bearer"}
    session = {"sessionToken": given["sessionToken"]}
    assert told(app.post("mfa/verify", **session, code=wrong)) == (400, "INVALID_CODE")
    assert told(app.post("mfa/verify", sessionToken="none", code=code)) == (401, "INVALID_SESSION")
    assert app.post("mfa/verify", **session, code=code).json()["user"]["mfaEnabled"] is True
    assert told(app.post("mfa/verify", **session, code=code)) == (401, "INVALID_SESSION")


def test_a_session_ends(app: App) -> None:
    """A sign-in waits three minutes for its code."""
    session, factors = app.login(CAST.careful or CAST.a)["sessionToken"], app.deployment.accounts.factors
    factors.waiting[session] = Waiting(
        factors.waiting[session].tokens, factors.waiting[session].until - SESSION_S
    )
    answer = app.post("mfa/verify", sessionToken=session, code="123456")
    assert told(answer) == (401, "INVALID_SESSION")


def test_the_second_factor_is_turned_off_by_the_password(app: App, user: Credentials) -> None:
    """A wrong one leaves it on."""
    token = app.token(user)
    secret = app.ask("POST", "/auth/mfa/setup", token=token).json()["secret"]
    app.ask("POST", "/auth/mfa/verify-setup", {"code": digits(app, secret)}, token)
    refused = app.ask("POST", "/auth/mfa/disable", {"password": "wrong"}, token)
    assert (told(refused), "sessionToken" in app.login(user)) == ((400, "INVALID_PASSWORD"), True)
    assert app.ask("POST", "/auth/mfa/disable", {"password": STRONG}, token).json() == {"enabled": False}
    assert "accessToken" in app.login(user)


def test_a_forgotten_password_is_replaced_by_mail(app: App, user: Credentials) -> None:
    """Only what was mailed does it, only once, and only for a strong one."""
    app.post("password/reset-request", email=user.email)
    mailed = app.deployment.accounts.mailed[user.email]
    weak = app.post("password/reset-confirm", token=mailed, newPassword="weak")
    forged = app.post("password/reset-confirm", token=f"{user.email}:none", newPassword="An0ther!!")
    assert [told(weak), told(forged)] == [(400, "VALIDATION_ERROR"), (400, "INVALID_TOKEN")]
    statuses = [
        app.post("password/reset-confirm", token=mailed, newPassword="An0ther!!").status_code
        for _ in range(2)
    ]
    assert statuses == [200, 400]
    assert app.token(Credentials(user.email, "An0ther!!"))
    assert "no@one.org" not in app.deployment.accounts.mailed


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    """The examples of RFC 6238, to six digits."""
    assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", second // STEP_S) == code
