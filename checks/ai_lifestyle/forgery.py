"""How is a token falsified? Everything that somebody can do to one without the pool's private key."""

from __future__ import annotations

import base64
import functools
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Claims = dict[str, Any]


def claims_of(token: str) -> Claims:
    """What a token says, believed or not.

    Raises:
        jwt.InvalidTokenError: it is no token.
    """
    claims: Claims = jwt.decode(token, options={"verify_signature": False})
    return claims


def kid_of(token: str) -> str:
    """The id of the key that a token says it is signed with, "" if it does not say."""
    return str(jwt.get_unverified_header(token).get("kid", ""))


def with_bent_signature(token: str) -> str:
    """One character in the middle of the signature is another; a change of the last may change no bit."""
    start = token.rindex(".") + 1
    middle = (start + len(token)) // 2
    return f"{token[:middle]}{'A' if token[middle] != 'A' else 'B'}{token[middle + 1 :]}"


def with_claims(token: str, **claims: Any) -> str:
    """Other claims under the same signature."""
    head, _, signature = token.split(".")
    return ".".join([head, _encoded(claims_of(token) | claims), signature])


def unsigned(token: str) -> str:
    """Algorithm `none`, and nothing where the signature would be."""
    return f"{_encoded({'alg': 'none', 'typ': 'JWT', 'kid': kid_of(token)})}.{token.split('.')[1]}."


def by_public_key(token: str, published: Mapping[str, Any]) -> str:
    """HS256 with the pool's public key as the shared secret.

    `jwt` refuses to do this, and rightly: it is what a careless verifier takes.
    """
    secret = jwt.PyJWK(dict(published)).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    body = f"{_encoded({'alg': 'HS256', 'typ': 'JWT', 'kid': kid_of(token)})}.{token.split('.')[1]}"
    return f"{body}.{_base64(hmac.digest(secret, body.encode(), 'sha256'))}"


def by_stranger(token: str, kid: str) -> str:
    """The same claims, signed with a key of our own that calls itself `kid`."""
    return jwt.encode(claims_of(token), _own_key(), "RS256", headers={"kid": kid, "typ": None})


def random_token() -> str:
    """Three dotted parts of nothing."""
    return ".".join(secrets.token_urlsafe(24) for _ in range(3))


@functools.cache
def _own_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _encoded(value: Mapping[str, Any]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
