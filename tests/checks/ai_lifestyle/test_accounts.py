"""Is what is told of accounts judged right, and is no secret told?"""

from __future__ import annotations

import json

import pytest

from checks.ai_lifestyle.accounts import (
    HIDDEN,
    SIGNED,
    Refresh,
    RefusedSignIn,
    Registration,
    claims,
    refused_sign_in,
    sign_in_of,
    told_apart,
)
from checks.ai_lifestyle.forgery import by_stranger, kid_of, with_bent_signature
from checks.ai_lifestyle.people import Credentials, Login, hold, signed_in
from checks.ai_lifestyle.twin.tokens import Signer
from fixtures.causes import CouldNotLookError
from fixtures.probes.http import Reply
from reports.redaction import REDACTED, Redactor

WHO = Credentials("A", "a@example.org", "Gon0go!!planted")
SIGNER = Signer()
SAID = {"iss": "issuer", "client_id": "app", "sub": "a", "iat": 1000, "exp": 4600}
TOKEN = SIGNER.sign(SAID)
EXPECTED = {"iss": "issuer", "client_id": "app", "sub": "a", "lifetime_s": "3600"}
FORGED = f"signature: not by the published key: InvalidSignatureError, expected {SIGNED}"
GIVEN = {
    "accessToken": TOKEN,
    "refreshToken": "planted-refresh-token",
    "tokenType": "Bearer",
    "expiresIn": 3600,
    "user": {"email": WHO.email, "userId": "a"},
}


def wrong(token: str, **expected: str) -> list[str]:
    """The claims of a token that are not as expected."""
    found = claims(token, SIGNER.key_set["keys"], EXPECTED | expected)
    return [str(one) for one in found if one.said != one.expected]


def test_a_sign_in_is_told_without_its_tokens() -> None:
    """Two tokens are counted, and the e-mail is compared, not shown."""
    seen = sign_in_of(Login(WHO, 200, GIVEN))
    assert str(seen) == "user A: HTTP 200, 2 tokens of type Bearer, good for 3600 s"
    assert (seen.is_as_agreed(3600), seen.is_as_agreed(86400)) == (True, False)
    assert TOKEN not in repr(seen)


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        (401, {"accessToken": None}),
        (200, {"accessToken": ""}),
        (200, {"refreshToken": None}),
        (200, {"tokenType": "bearer"}),
        (200, {"expiresIn": "3600"}),
        (200, {"user": {"email": "b@example.org"}}),
        (200, {"user": None}),
        (201, {}),
    ],
)
def test_a_sign_in_that_is_not_as_agreed(status: int, changes: dict[str, object]) -> None:
    """Each of its parts counts."""
    assert not sign_in_of(Login(WHO, status, GIVEN | changes)).is_as_agreed(3600)


def test_who_was_not_signed_in_looks_at_nothing() -> None:
    """Without both tokens and an id there is no user, for a reason that names no secret."""
    assert signed_in(Login(WHO, 200, GIVEN)).sub == "a"
    for missing in ("accessToken", "refreshToken", "user"):
        with pytest.raises(CouldNotLookError, match="user A was not signed in: HTTP 401"):
            signed_in(Login(WHO, 401, GIVEN | {missing: None}))


def test_half_a_sign_in_is_called_that() -> None:
    """Whoever is asked for a second factor has no tokens, and is told why."""
    half = Login(WHO, 200, {"sessionToken": "half", "mfaRequired": True, "tokenType": "Bearer"})
    assert str(sign_in_of(half)) == "user A: HTTP 200, no tokens: a second factor is asked for"
    with pytest.raises(CouldNotLookError, match="user A was not signed in: a second factor is asked for"):
        signed_in(half)
    assert str(sign_in_of(Login(WHO, 401, {}))) == "user A: HTTP 401, no tokens"


def test_a_good_token_says_what_it_should() -> None:
    """Whatever the clock: its lifetime is what counts."""
    assert wrong(TOKEN) == []


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (with_bent_signature(TOKEN), FORGED),
        (by_stranger(TOKEN, "other"), f"signature: by a key that is not published, expected {SIGNED}"),
        (by_stranger(TOKEN, kid_of(TOKEN)), FORGED),
        (SIGNER.sign(SAID | {"exp": 87400}), "lifetime_s: 86400, expected 3600"),
        (SIGNER.sign(SAID | {"exp": None}), "lifetime_s: nothing, expected 3600"),
        (SIGNER.sign(SAID | {"client_id": "other"}), "client_id: other, expected app"),
        ("no token", "the access token: is no token: Not enough segments, expected a token"),
    ],
)  # fmt: skip
def test_a_token_that_says_something_else(token: str, said: str) -> None:
    """The one thing that is wrong is named, and nothing else."""
    assert wrong(token) == [said]


def test_refusals_that_can_be_told_apart() -> None:
    """Status, code and words must be the same for whoever does not exist."""
    alike = [RefusedSignIn(case, 401, "INVALID", "no", False) for case in HIDDEN]
    unconfirmed = RefusedSignIn("unconfirmed user", 403, "NOT_VERIFIED", "verify", False)
    assert told_apart([*alike, unconfirmed]) == []
    assert [one.is_right for one in (*alike, unconfirmed)] == [True] * 3
    revealed = RefusedSignIn(HIDDEN[1], 404, "UNKNOWN", "who?", False)
    assert told_apart([alike[0], revealed]) == [
        "wrong password: HTTP 401 INVALID: no",
        "unknown user: HTTP 404 UNKNOWN: who?",
    ]
    assert not revealed.is_right


def test_a_refused_sign_in_with_a_token_is_wrong() -> None:
    """Even half a sign-in is too much."""
    body = {"sessionToken": "half", "error": "INVALID", "message": "no"}
    seen = refused_sign_in(HIDDEN[0], Login(WHO, 401, body))
    assert (seen.is_right, str(seen)) == (False, "wrong password: HTTP 401 INVALID: no, and a token")


@pytest.mark.parametrize(
    ("seen", "is_right"),
    [
        (Refresh("good", True, 200, True, True), True),
        (Refresh("good", True, 200, True, False), False),
        (Refresh("good", True, 401, False, False), False),
        (Refresh("broken", False, 401, False, False), True),
        (Refresh("broken", False, 200, True, False), False),
    ],
)
def test_a_refresh(seen: Refresh, is_right: bool) -> None:
    """The good one opens a door; another gives nothing, not even what opens none."""
    assert seen.is_right is is_right


@pytest.mark.parametrize(
    ("seen", "is_right"),
    [
        (Registration("weak", 400, 400, False), True),
        (Registration("weak", 400, 400, True), False),
        (Registration("weak", 400, 201, True), False),
        (Registration("sound", 201, 201, True), True),
        (Registration("sound", 201, 201, False), False),
        (Registration("again", 409, 409, True), True),
    ],
)
def test_a_registration(seen: Registration, is_right: bool) -> None:
    """What was answered and what stands in the pool must both be right."""
    assert seen.is_right is is_right


def test_tokens_are_learnt_before_anything_is_done_with_them() -> None:
    """Whole, in their parts and in base64: nothing of what an answer held can be written down."""
    redactor = Redactor()
    body = GIVEN | {"sessionToken": "planted-session-token"}
    assert hold(Reply("/auth/login", 200, 0.1, {}, json.dumps(body)), redactor) == body
    _, payload, signature = TOKEN.split(".")
    for secret in (TOKEN, payload, signature, "planted-refresh-token", "planted-session-token"):
        assert redactor.text(f"<{secret}>") == f"<{REDACTED}>"
    assert redactor.text("Bearer 3600 a@example.org") == "Bearer 3600 a@example.org"
    for shown in (repr(WHO), repr(Login(WHO, 200, GIVEN)), repr(signed_in(Login(WHO, 200, GIVEN)))):
        assert [secret for secret in (TOKEN, WHO.password, "planted-refresh-token") if secret in shown] == []
