"""Whose token is this, if it is a good one? What an authorizer of API Gateway finds out offline."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from checks.ai_lifestyle.twin.tokens import ALGORITHM, issuer_of
from fixtures.twins.clock import Clock

KeySet = dict[str, Any]
UNCHECKED: Any = {
    f"verify_{claim}": False for claim in ("signature", "exp", "nbf", "iat", "aud", "iss", "sub", "jti")
}


@dataclass(frozen=True)
class AuthorizerRules:
    """What the authorizer looks at; each stands at its healthy value, and a fault names another.

    Attributes:
        checks_algorithm: only RS256 is taken; otherwise the token says how it is to be verified.
        checks_expiry: a token is good until `exp`.
        checks_start: a token is good from `iat` and `nbf`.
        checks_issuer: only this pool's tokens are taken; otherwise any pool's, by the keys of either.
        checks_client: only tokens of this pool's client are taken.
        checks_use: only access tokens are taken.
    """

    checks_algorithm: bool = True
    checks_expiry: bool = True
    checks_start: bool = True
    checks_issuer: bool = True
    checks_client: bool = True
    checks_use: bool = True


class BadTokenError(Exception):
    """A token that lets nobody in; the message says why, which nobody outside is told."""


class Authorizer:
    """Verifies access tokens by `rules`; `key_set` gives the keys that an issuer has published."""

    def __init__(
        self, pool_id: str, client_id: str, key_set: Callable[[str], KeySet | None], clock: Clock
    ) -> None:
        self.rules = AuthorizerRules()
        self._issuer = issuer_of(pool_id)
        self._client_id = client_id
        self.key_set = key_set
        self._clock = clock

    def claims(self, header: str) -> Mapping[str, Any]:
        """What the token in an `Authorization` header says; the word Bearer may be left out.

        Raises:
            BadTokenError: there is no token, or none to be believed.
        """
        token = header.strip().removeprefix("Bearer").strip()
        try:
            head, claims = _read(token)
        except (jwt.InvalidTokenError, UnicodeError) as error:
            raise BadTokenError("is not a token") from error
        issuers = {self._issuer} if self.rules.checks_issuer else {self._issuer, str(claims.get("iss"))}
        keys = [key for issuer in issuers for key in (self.key_set(issuer) or {"keys": []})["keys"]]
        if not self._is_signed(token, head, keys):
            raise BadTokenError("is not signed by the issuer")
        if wrong := [name for name, is_kept in self._conditions(claims).items() if not is_kept]:
            raise BadTokenError(f"does not meet {', '.join(wrong)}")
        return claims

    def _is_signed(self, token: str, head: Mapping[str, Any], keys: list[dict[str, Any]]) -> bool:
        algorithm = str(head.get("alg"))
        if algorithm == ALGORITHM:
            published = [one for one in keys if one["kid"] == head.get("kid")]
            return any(_verifies(token, json.dumps(one)) for one in published)
        if self.rules.checks_algorithm:
            return False
        return algorithm == "none" or any(_is_mac(token, one) for one in keys)

    def _conditions(self, claims: Mapping[str, Any]) -> dict[str, bool]:
        now, rules = self._clock.now().timestamp(), self.rules
        return {
            "exp": not rules.checks_expiry or now < _moment(claims, "exp"),
            "iat": not rules.checks_start or _moment(claims, "iat") <= now,
            "nbf": not rules.checks_start or _moment(claims, "nbf") <= now,
            "iss": not rules.checks_issuer or claims.get("iss") == self._issuer,
            "client_id": not rules.checks_client or claims.get("client_id") == self._client_id,
            "token_use": not rules.checks_use or claims.get("token_use") == "access",
        }


@lru_cache
def _read(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The header and the claims of a token, whoever signed it.

    Raises:
        jwt.InvalidTokenError: it is none.
    """
    return jwt.get_unverified_header(token), jwt.decode(token, options=UNCHECKED)


@lru_cache
def _verifies(token: str, published: str) -> bool:
    """Whether a published key, as JSON, is the one that signed."""
    try:
        key = jwt.PyJWK(json.loads(published)).key
        jwt.decode(token, key, [ALGORITHM], UNCHECKED | {"verify_signature": True})
    except jwt.InvalidTokenError:
        return False
    return True


def _is_mac(token: str, published: dict[str, Any]) -> bool:
    """Whether the public key was taken for a shared secret, as PyJWT would refuse to."""
    secret = jwt.PyJWK(published).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed, _, signature = token.rpartition(".")
    made = base64.urlsafe_b64encode(hmac.digest(secret, signed.encode(), "sha256")).rstrip(b"=")
    return hmac.compare_digest(made, signature.encode())


def _moment(claims: Mapping[str, Any], name: str) -> float:
    """The moment in epoch seconds that a claim names; one that is no number keeps no condition."""
    value = claims.get(name, 0)
    return float(value) if isinstance(value, int | float) else float("nan")
