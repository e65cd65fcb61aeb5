"""What does a user pool sign, with which keys, and what stands in it?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ALGORITHM = "RS256"
KEYS = 2
SCOPE = "aws.cognito.signin.user.admin"


class Signer:
    """The keys of one pool: Cognito publishes two, of which the first one signs.

    `key_set` are the public ones, as a JSON Web Key Set.
    """

    def __init__(self) -> None:
        self._keys = {
            token_urlsafe(33): rsa.generate_private_key(public_exponent=65537, key_size=2048)
            for _ in range(KEYS)
        }
        self.key_set = {"keys": [_published(kid, key) for kid, key in self._keys.items()]}

    def sign(self, claims: Mapping[str, Any]) -> str:
        """A token with these claims, whatever they say."""
        kid, key = next(iter(self._keys.items()))
        return jwt.encode(dict(claims), key, ALGORITHM, headers={"kid": kid, "typ": None})


def issuer_of(pool_id: str) -> str:
    """Who a pool's tokens say has issued them; its id begins with its region."""
    return f"https://cognito-idp.{pool_id.split('_')[0]}.amazonaws.com/{pool_id}"


def access_claims(pool_id: str, client_id: str, sub: str, now: datetime, lifetime_s: int) -> dict[str, Any]:
    """The claims of an access token: no audience and no e-mail, as Cognito has it."""
    common = _claims(pool_id, sub, now, lifetime_s)
    return common | {"client_id": client_id, "token_use": "access", "scope": SCOPE, "username": sub}


def id_claims(
    pool_id: str, client_id: str, sub: str, email: str, now: datetime, lifetime_s: int
) -> dict[str, Any]:
    """The claims of an ID token."""
    common = _claims(pool_id, sub, now, lifetime_s)
    return common | {
        "aud": client_id,
        "token_use": "id",
        "email": email,
        "email_verified": True,
        "cognito:username": sub,
    }


def _claims(pool_id: str, sub: str, now: datetime, lifetime_s: int) -> dict[str, Any]:
    issued = int(now.timestamp())
    return {
        "iss": issuer_of(pool_id),
        "sub": sub,
        "auth_time": issued,
        "iat": issued,
        "exp": issued + lifetime_s,
        "jti": str(uuid4()),
    }


def _published(kid: str, key: rsa.RSAPrivateKey) -> dict[str, Any]:
    public = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return {name: public[name] for name in ("kty", "n", "e")} | {"alg": ALGORITHM, "use": "sig", "kid": kid}
