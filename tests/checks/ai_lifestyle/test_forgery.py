"""Are falsified tokens what they should be: like the real one but for one thing?"""

from __future__ import annotations

import base64
import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from checks.ai_lifestyle import forgery
from checks.ai_lifestyle.access import Row
from checks.ai_lifestyle.matrix import CONTROL, RARE, UNSIGNABLE, Material, fewest, rows, strays
from checks.ai_lifestyle.twin.tokens import Signer

CLAIMS = {"iss": "https://issuer/us-east-1_pool", "sub": "a", "client_id": "app", "iat": 1000, "exp": 4600}
SIGNER = Signer()
TOKEN = SIGNER.sign(CLAIMS)
KEYS: list[dict[str, Any]] = SIGNER.key_set["keys"]


def verified(token: str) -> bool:
    """Whether the pool's key verifies the signature."""
    unchecked: Any = {"verify_exp": False}
    try:
        jwt.decode(token, jwt.PyJWK(KEYS[0]).key, ["RS256"], unchecked)
    except jwt.InvalidTokenError:
        return False
    return True


def material(**more: Any) -> Material:
    """What the matrix is made of, without anything that is rare."""
    return Material(TOKEN, "b", tuple(KEYS), "refresh", **more)


def test_a_bent_signature_differs_in_one_character() -> None:
    """It stands in the middle, where every bit counts, and is never what it was."""
    bent = forgery.with_bent_signature(TOKEN)
    differing = [place for place, pair in enumerate(zip(bent, TOKEN, strict=True)) if pair[0] != pair[1]]
    assert len(differing) == 1
    assert TOKEN.rindex(".") < differing[0] < len(TOKEN) - 100
    assert (verified(TOKEN), verified(bent)) == (True, False)
    assert forgery.with_bent_signature("a.b.AAA") != "a.b.AAA"


def test_other_claims_stand_under_the_same_signature() -> None:
    """Only what is to be changed is."""
    forged = forgery.with_claims(TOKEN, sub="b")
    assert forgery.claims_of(forged) == CLAIMS | {"sub": "b"}
    assert forged.split(".")[0::2] == TOKEN.split(".")[0::2]
    assert not verified(forged)


def test_an_unsigned_token_says_so() -> None:
    """Algorithm none, the claims as they were, and nothing after the last dot."""
    forged = forgery.unsigned(TOKEN)
    assert jwt.get_unverified_header(forged)["alg"] == "none"
    assert forgery.claims_of(forged) == CLAIMS
    assert forged.endswith(".")


def test_the_public_key_makes_a_mac() -> None:
    """HS256 by the PEM of the published key, as a careless verifier computes it."""
    forged = forgery.by_public_key(TOKEN, KEYS[0])
    secret = jwt.PyJWK(KEYS[0]).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    body, _, mac = forged.rpartition(".")
    digest = jwt.get_algorithm_by_name("HS256")
    assert jwt.get_unverified_header(forged)["alg"] == "HS256"
    made = base64.urlsafe_b64decode(mac + "=" * (-len(mac) % 4))
    assert digest.verify(body.encode(), secret, made)


@pytest.mark.parametrize("kid", [KEYS[0]["kid"], "unknown"], ids=["known", "unknown"])
def test_a_stranger_signs_in_the_name_of_a_key(kid: str) -> None:
    """RS256, the claims and the name as wanted; the pool's key does not verify it."""
    forged = forgery.by_stranger(TOKEN, kid)
    assert (forgery.kid_of(forged), forgery.claims_of(forged)) == (kid, CLAIMS)
    assert not verified(forged)


def test_the_matrix_is_whole() -> None:
    """N00 to N23, of which another pool signs N16; the control first and last, and each token another."""
    signed: list[str] = []

    def sign(pool_id: str, claims: dict[str, Any]) -> str:
        signed.append(pool_id)
        return (SIGNER if pool_id == "us-east-1_pool" else Signer()).sign(claims)

    made = rows(material(session="half", sign=sign))
    assert [made[0].name, made[-1].name] == [CONTROL, CONTROL]
    assert sorted({row.name[:3] for row in made}) == [f"N{number:02}" for number in range(24)]
    assert sorted(row.name[:3] for row in made if row.expected != "out") == ["N00", "N00", "N22", "N23"]
    tokens = [row.token for row in made[1:-1] if row.token]
    assert len(set(tokens)) == len(tokens)
    assert TOKEN not in tokens
    assert [row.name for row in made if row.why_not] == []
    assert signed.count("us-east-1_pool") == len(signed) - 1
    assert [row.name for _, _, row in strays()] == ["N26 unknown path", "N26 wrong method"]


def test_signed_rows_are_wrong_in_one_thing() -> None:
    """Each says what the good token says, but for what its row is about."""
    signed: dict[str, dict[str, Any]] = {}

    def sign(_pool_id: str, claims: dict[str, Any]) -> str:
        token = f"{len(signed)}"
        signed[token] = claims
        return token

    wrong = {
        row.name: {name for name in CLAIMS | claims if claims.get(name) != CLAIMS.get(name)}
        for row in rows(material(sign=sign))
        if (claims := signed.get(row.token))
    }
    assert wrong == {
        "N13 expired": {"iat", "exp"},
        "N14 of another issuer": {"iss"},
        "N15 of another client": {"client_id"},
        "N16 of another environment": {"iss"},
        "N19 nameless": {"sub"},
        "N21 not valid yet": {"iat", "nbf", "exp"},
        "N22 ID token": {"token_use", "aud"},
    }


def test_what_nobody_signs_is_not_tried() -> None:
    """Without a signer and a second factor, just the rare rows cannot be tried, and each says why."""
    made = rows(material())
    untried = [row for row in made if row.why_not]
    assert sorted(row.name[:3] for row in untried) == list(RARE)
    assert {row.why_not for row in untried} == {UNSIGNABLE, "no user with a second factor is declared"}
    assert [row.name for row in untried if row.token] == []


def test_a_smoke_run_presents_the_first_ten() -> None:
    """And the rare ones where they can be had."""
    names = [row.name[:3] for row in fewest(rows(material()))]
    plain = [name for name in names if name not in RARE]
    assert plain == ["N00", *(f"N0{number}" for number in range(1, 10)), "N00"]
    assert sorted(set(names) - set(plain)) == list(RARE)


def test_a_row_shows_no_token() -> None:
    """Whoever prints a row or the material of the matrix prints no token."""
    row = Row("N00", headers={"Authorization": f"Bearer {TOKEN}"}, query={"access_token": TOKEN})
    assert row.token == TOKEN
    assert TOKEN not in repr(row)
    assert TOKEN not in repr(material())
    assert json.loads(base64.urlsafe_b64decode(TOKEN.split(".")[0] + "=="))["alg"] == "RS256"
