"""Which tokens are presented? The matrix N00 to N26, made of one real token and whatever else is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from checks.ai_lifestyle import forgery
from checks.ai_lifestyle.access import REFUSED, Row
from fixtures.probes.http import Ask

HOUR_S = 3600
OR_FORBIDDEN = (*REFUSED, 403)
"""How a REST API may refuse what does not look like a token."""
NO_ROUTE = (403, 404, 405)
UNSIGNABLE = "only who holds the pool's private key can make this token"
RARE = ("N13", "N14", "N15", "N16", "N18", "N19", "N21", "N22")
"""Rows that need what only some environments have: somebody who signs, a user with a second factor."""
SMOKE = tuple(f"N0{number}" for number in range(10))
"""Rows that say the most and cost the least."""
CONTROL = "N00 a good token"

Claims = dict[str, Any]
Sign = Callable[[str, Claims], str]
"""The pool's id and the claims, to a token."""


@dataclass(frozen=True)
class Material:
    """What tokens are made of: a good one of user A, B's sub, the published keys, and what A also holds.

    Without `session`, no sign-in waits for a second factor; without `sign` nobody signs for us.
    """

    good: str = field(repr=False)
    other_sub: str
    keys: tuple[Mapping[str, Any], ...]
    refresh: str = field(repr=False)
    session: str = field(default="", repr=False)
    sign: Sign | None = None


def rows(of: Material) -> list[Row]:
    """Every row that is presented at a door, the control first and last."""
    control = Row(CONTROL, "in", _bearer(of.good))
    return [control, *_plain(), *_forged(of), *_misplaced(of), *_signed(of), control]


def fewest(wanted: Iterable[Row]) -> list[Row]:
    """The rows of a smoke run: the first ten, and the rare ones."""
    return [row for row in wanted if row.name.startswith((*SMOKE, *RARE))]


def strays() -> list[tuple[str, Ask, Row]]:
    """N26: doors that do not exist."""
    path = f"/gonogo-{uuid4().hex[:8]}"
    return [
        ("GET an unknown path", Ask(path), Row("N26 unknown path", statuses=NO_ROUTE)),
        ("PATCH /goals", Ask("/goals", method="PATCH"), Row("N26 wrong method", statuses=NO_ROUTE)),
    ]


def without_token() -> Row:
    """N01."""
    return Row("N01 no header")


def _plain() -> list[Row]:
    return [
        without_token(),
        Row("N02 empty header", headers=_header("")),
        Row("N03 Bearer and nothing after it", headers=_header("Bearer")),
        Row("N04 Basic", headers=_header("Basic dXNlcjpwYXNz"), statuses=OR_FORBIDDEN),
        Row("N05 a word", headers=_header(uuid4().hex), statuses=OR_FORBIDDEN),
        Row("N06 three random parts", headers=_bearer(forgery.random_token()), statuses=OR_FORBIDDEN),
    ]


def _forged(of: Material) -> list[Row]:
    good, kid = of.good, forgery.kid_of(of.good)
    published = next((key for key in of.keys if key.get("kid") == kid), of.keys[0])
    return [
        Row("N07 a bent signature", headers=_bearer(forgery.with_bent_signature(good))),
        Row("N08 another user's sub", headers=_bearer(forgery.with_claims(good, sub=of.other_sub))),
        Row("N09 no algorithm", headers=_bearer(forgery.unsigned(good))),
        Row("N10 signed with the public key", headers=_bearer(forgery.by_public_key(good, published))),
        Row("N11 signed by a stranger", headers=_bearer(forgery.by_stranger(good, kid))),
        Row("N12 unknown key", headers=_bearer(forgery.by_stranger(good, uuid4().hex))),
    ]


def _misplaced(of: Material) -> list[Row]:
    no_session = "" if of.session else "no user with a second factor is declared"
    return [
        Row("N17 refresh token", headers=_bearer(of.refresh), statuses=OR_FORBIDDEN),
        Row(
            "N18 session of a second factor",
            headers=_bearer(of.session),
            statuses=OR_FORBIDDEN,
            why_not=no_session,
        ),
        Row("N20 in the query", query={"access_token": of.good, "Authorization": f"Bearer {of.good}"}),
        Row("N23 without the word Bearer", "either", headers=_header(of.good)),
    ]


def _signed(of: Material) -> list[Row]:
    """Tokens that are rightly signed, and wrong all the same; N16 by the keys of another pool."""
    claims = forgery.claims_of(of.good)
    pool, now = str(claims.get("iss", "")).rpartition("/")[2], int(claims.get("iat", 0))
    other = f"{pool.split('_')[0]}_gonogo{uuid4().hex[:8]}"
    elsewhere = {"iss": str(claims.get("iss", "")).replace(pool, other)}
    nameless = {name: value for name, value in claims.items() if name not in ("sub", "username")}
    identity = {"token_use": "id", "aud": claims.get("client_id")}
    wanted: list[tuple[str, str, Claims]] = [
        ("N13 expired", pool, claims | {"iat": now - 2 * HOUR_S, "exp": now - HOUR_S}),
        ("N14 of another issuer", pool, claims | elsewhere),
        ("N15 of another client", pool, claims | {"client_id": f"gonogo{uuid4().hex[:20]}"}),
        ("N16 of another environment", other, claims | elsewhere),
        ("N19 nameless", pool, nameless),
        (
            "N21 not valid yet",
            pool,
            claims | {"iat": now + HOUR_S, "nbf": now + HOUR_S, "exp": now + 2 * HOUR_S},
        ),
        ("N22 ID token", pool, claims | identity),
    ]
    return [
        Row(
            name,
            "either" if name.startswith("N22") else "out",
            headers=_bearer(of.sign(signer, said)) if of.sign else {},
            why_not="" if of.sign else UNSIGNABLE,
        )
        for name, signer, said in wanted
    ]


def _bearer(token: str) -> dict[str, str]:
    return _header(f"Bearer {token}")


def _header(value: str) -> dict[str, str]:
    return {"Authorization": value}
