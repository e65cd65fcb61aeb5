"""Who are we in this app? The synthetic users, and what each holds once signed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from checks.ai_lifestyle.answers import text
from checks.ai_lifestyle.doors import JSON
from fixtures.aws import Aws
from fixtures.causes import CouldNotLookError
from fixtures.probes.http import Ask, Reply
from fixtures.references import resolve
from fixtures.targets import Target
from fixtures.web import Web
from reports.redaction import Redactor
from reports.results import Cause

HELD = ("accessToken", "refreshToken", "sessionToken", "idToken", "secret", "token")


@dataclass(frozen=True)
class Credentials:
    """What a user signs in with; `name` is what we call him."""

    name: str
    email: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True)
class Login:
    """What came of signing in; the body holds secrets, so that nothing of it is to be written down."""

    who: Credentials
    status: int
    body: dict[str, Any] = field(repr=False)

    @property
    def is_half_done(self) -> bool:
        """Whether a second factor is asked for before there are any tokens."""
        return not self.text("accessToken") and bool(
            self.body.get("mfaRequired") or self.text("sessionToken")
        )

    def text(self, name: str) -> str:
        """A string of the body, "" if there is none of that name."""
        return text(self.body, name)


@dataclass(frozen=True)
class User:
    """A user who is signed in; `sub` is the id under which the app keeps what is his."""

    name: str
    sub: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What lets the user in."""
        return {"Authorization": f"Bearer {self.access}"}


def credentials(name: str, declared: Any, target: Target, aws: Aws) -> Credentials:
    """The credentials that settings refer to, never to be seen in what is written down."""
    email, password = (resolve(text, target, aws) for text in (declared.email, declared.password))
    target.run.redactor.learn(password)
    return Credentials(name, email, password)


def post(path: str, body: Any) -> Ask:
    """A POST of JSON."""
    return Ask(path, headers=JSON, method="POST", body=body)


def ask_account(web: Web, path: str, body: Any) -> Reply:
    """What an account route answers to a POST.

    Raises:
        CouldNotLookError: throttled, which says nothing of what was asked.
    """
    reply = web.ask("api", post(path, body))
    if reply.status == 429:
        said = f"POST {path}: HTTP 429 {text(reply.fields, 'error')}".rstrip()
        raise CouldNotLookError(Cause.THROTTLED, said, "run again later, or lower the rate caps")
    return reply


def sign_in(web: Web, who: Credentials, redactor: Redactor) -> Login:
    """One attempt to sign in, whatever comes of it.

    Raises:
        CouldNotLookError: throttled.
    """
    reply = ask_account(web, "/auth/login", {"email": who.email, "password": who.password})
    return Login(who, reply.status, hold(reply, redactor))


def hold(reply: Reply, redactor: Redactor) -> dict[str, Any]:
    """The body of an answer that may hold tokens, after the redactor has learnt them."""
    for name in HELD:
        value = reply.fields.get(name)
        for secret in [value, *value.split(".")[1:]] if isinstance(value, str) else []:
            redactor.learn(secret)
    return reply.fields


def signed_in(login: Login) -> User:
    """Whoever signed in.

    Raises:
        CouldNotLookError: there are no tokens.
    """
    user = login.body.get("user")
    sub = user.get("userId") if isinstance(user, dict) else None
    if login.is_half_done:
        raise CouldNotLookError(
            Cause.MISSING_CREDENTIALS,
            f"user {login.who.name} was not signed in: a second factor is asked for, and we have none",
            f"let user {login.who.name} sign in by password alone: turn the second factor off",
        )
    if not (login.text("accessToken") and login.text("refreshToken") and isinstance(sub, str)):
        raise CouldNotLookError(
            Cause.MISSING_CREDENTIALS,
            f"user {login.who.name} was not signed in: HTTP {login.status}",
            "look at the sign-in of the synthetic users first",
        )
    return User(login.who.name, sub, login.text("accessToken"), login.text("refreshToken"))
