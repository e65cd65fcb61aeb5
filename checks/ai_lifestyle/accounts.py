"""What is seen of accounts? Sign-ins, tokens, refusals and registrations, without a secret in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jwt

from checks.ai_lifestyle import forgery
from checks.ai_lifestyle.people import Login

SIGNED = "signed by a published key"
HIDDEN = ("wrong password", "unknown user")
"""Two refusals that nobody may tell apart."""


@dataclass(frozen=True)
class SignIn:
    """What a sign-in answered: with how many tokens, and whether for the e-mail that was sent; or that it
    waits for a second factor."""

    who: str
    status: int
    token_type: str
    lifetime_s: float
    tokens: int
    is_for_whom_asked: bool
    is_half_done: bool = False

    def is_as_agreed(self, lifetime_s: float) -> bool:
        """Whether it gave two tokens, the one for an access of so many seconds."""
        told = (self.status, self.token_type, self.lifetime_s, self.tokens)
        return told == (200, "Bearer", lifetime_s, 2) and self.is_for_whom_asked

    def __str__(self) -> str:
        if not self.tokens:
            instead = ": a second factor is asked for" if self.is_half_done else ""
            return f"user {self.who}: HTTP {self.status}, no tokens{instead}"
        whom = "" if self.is_for_whom_asked else ", not for the e-mail that was sent"
        return (
            f"user {self.who}: HTTP {self.status}, {self.tokens} tokens of type {self.token_type or '-'}, "
            f"good for {self.lifetime_s:g} s{whom}"
        )


@dataclass(frozen=True)
class Claim:
    """What a token says, and what it should say."""

    name: str
    said: str
    expected: str

    def __str__(self) -> str:
        return f"{self.name}: {self.said or 'nothing'}, expected {self.expected}"


@dataclass(frozen=True)
class Refresh:
    """What a refresh token gave: a token, and whether that opens a door."""

    case: str
    is_good: bool
    status: int
    has_token: bool
    is_let_in: bool

    @property
    def is_right(self) -> bool:
        """Whether the good one opens a door, and another gives nothing."""
        return self.is_let_in if self.is_good else not self.has_token

    def __str__(self) -> str:
        opens = ", which lets nobody in" if self.has_token and not self.is_let_in else ""
        return f"{self.case}: HTTP {self.status}, {'a' if self.has_token else 'no'} token{opens}"


@dataclass(frozen=True)
class RefusedSignIn:
    """What somebody was told who may not sign in; `code` and `message` are the app's."""

    case: str
    status: int
    code: str
    message: str
    has_token: bool

    @property
    def is_right(self) -> bool:
        """Whether there was no token but a code, and the status of the case."""
        expected = 401 if self.case in HIDDEN else 403
        return not self.has_token and self.status == expected and self.code != ""

    def __str__(self) -> str:
        token = ", and a token" if self.has_token else ""
        return f"{self.case}: HTTP {self.status} {self.code}: {self.message}{token}"


@dataclass(frozen=True)
class Registration:
    """What a registration answered, and what then stood in the pool."""

    case: str
    expected: int
    status: int
    is_there: bool

    @property
    def is_right(self) -> bool:
        """Whether it was answered as it should be, and made a user if and only if it should."""
        return self.status == self.expected and self.is_there == (self.expected != 400)

    def __str__(self) -> str:
        there = "a user" if self.is_there else "no user"
        return f"{self.case}: HTTP {self.status}, expected {self.expected}; {there} in the pool"


def sign_in_of(login: Login) -> SignIn:
    """What may be told of a sign-in."""
    user, lifetime = login.body.get("user"), login.body.get("expiresIn")
    return SignIn(
        login.who.name,
        login.status,
        login.text("tokenType"),
        float(lifetime) if isinstance(lifetime, int | float) else 0.0,
        sum(bool(login.text(name)) for name in ("accessToken", "refreshToken")),
        isinstance(user, dict) and user.get("email") == login.who.email,
        login.is_half_done,
    )


def refused_sign_in(case: str, login: Login) -> RefusedSignIn:
    """What may be told of a sign-in that should not have worked."""
    has_token = any(login.text(name) for name in ("accessToken", "refreshToken", "sessionToken"))
    return RefusedSignIn(case, login.status, login.text("error"), login.text("message"), has_token)


def told_apart(refusals: list[RefusedSignIn]) -> list[str]:
    """The two refusals that should be alike, if they are not."""
    alike = [one for one in refusals if one.case in HIDDEN]
    is_same = len({(one.status, one.code, one.message) for one in alike}) == 1
    return [] if is_same else [str(one) for one in alike]


def claims(token: str, keys: list[dict[str, Any]], expected: dict[str, str]) -> list[Claim]:
    """How a token is signed, what it says of each `expected` claim, and for how long it is good.

    The app's clock says when it runs out; ours does not.
    """
    try:
        said = forgery.claims_of(token)
        algorithm = str(jwt.get_unverified_header(token).get("alg"))
    except jwt.InvalidTokenError as error:
        return [Claim("the access token", f"is no token: {error}", "a token")]
    found = {name: str(said.get(name, "")) for name in expected}
    begins, ends = said.get("iat"), said.get("exp")
    found |= {"algorithm": algorithm, "signature": _signature(token, keys)}
    lifetime = str(ends - begins) if isinstance(begins, int) and isinstance(ends, int) else ""
    found |= {"lifetime_s": lifetime}
    wanted = {"algorithm": "RS256", "signature": SIGNED} | expected
    return [Claim(name, found[name], wanted[name]) for name in wanted]


def _signature(token: str, keys: list[dict[str, Any]]) -> str:
    kid = forgery.kid_of(token)
    published = next((key for key in keys if key.get("kid") == kid), None)
    if published is None:
        return "by a key that is not published"
    unchecked: Any = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud")}
    try:
        jwt.decode(token, jwt.PyJWK(published).key, ["RS256"], unchecked)
    except jwt.InvalidTokenError as error:
        return f"not by the published key: {type(error).__name__}"
    return SIGNED
