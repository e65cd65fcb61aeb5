"""What can users do about their accounts? Register, sign in and on, and say who they are."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from contextlib import suppress
from datetime import date
from typing import Any

from botocore.exceptions import ClientError

from checks.ai_lifestyle.twin import forms
from checks.ai_lifestyle.twin.pool import Person, Pool, RefusedSignInError, Tokens
from checks.ai_lifestyle.twin.refusals import RefusedError, bad_request
from checks.ai_lifestyle.twin.second_factor import SecondFactors
from checks.ai_lifestyle.twin.shapes import read
from fixtures.twins.clock import Clock

Block = dict[str, Any]
MOST_FAILURES = 10
LOCKED_S = 900
ATTRIBUTES = {
    "first_name": "given_name",
    "last_name": "family_name",
    "phone_number": "phone_number",
    "date_of_birth": "birthdate",
    "timezone": "zoneinfo",
    "preferences": "custom:preferences",
}
"""What a profile calls something, and what Cognito does."""
SIGN_IN_REFUSALS = {
    "NotAuthorizedException": (401, "INVALID_CREDENTIALS", "Invalid email or password"),
    "UserNotConfirmedException": (403, "ACCOUNT_NOT_VERIFIED", "The email address is not verified yet"),
    "UserNotFoundException": (404, "USER_NOT_FOUND", "There is no such user"),
    "TooManyRequestsException": (429, "RATE_LIMIT_EXCEEDED", "Too many requests"),
}
BAD_PROOF = (400, "INVALID_TOKEN", "The token is not valid")
BROKEN = (500, "SYSTEM_ERROR", "An unexpected error occurred")
BAD_CODE = (400, "INVALID_CODE", "The code is not valid")


class Accounts:
    """The accounts of a pool's users; `mailed` is what an address was last sent, `factors` who has a second.

    Bodies are parsed JSON, answers are JSON in the API's names. Every method raises `RefusedError` for what
    is refused, and `botocore.exceptions.ClientError` when Cognito fails.
    """

    def __init__(self, pool: Pool, clock: Clock) -> None:
        self.pool = pool
        self.factors = SecondFactors()
        self.mailed: dict[str, str] = {}
        self._clock = clock
        self._failures: Counter[str] = Counter()

    def register(self, body: object) -> Block:
        """A new user, who is let in once the mailed code came back."""
        asked = read(forms.NewUser, body)
        names = {"given_name": asked.first_name, "family_name": asked.last_name}
        try:
            sub = self.pool.register(asked.email, asked.password, **names)
        except ClientError as error:
            raise _not_registered(error) from error
        self._mail(asked.email)
        return {"userId": sub, "email": asked.email, "message": "A code was mailed to you"}

    def verify_email(self, body: object) -> Block:
        """Take what was mailed as proof of the address; again, too."""
        email = self._proven(read(forms.Proof, body))
        self.pool.confirm(email)
        return {"message": "The email address is verified"}

    def login(self, body: object) -> Block:
        """Tokens, or for users with a second factor the session that waits for it."""
        asked = read(forms.Credentials, body)
        if self._failures[asked.email] >= MOST_FAILURES:
            raise RefusedError(429, "ACCOUNT_LOCKED", "Too many attempts")
        try:
            tokens = self.pool.sign_in(asked.email, asked.password)
        except RefusedSignInError as error:
            if error.code not in SIGN_IN_REFUSALS:
                raise
            refusal = RefusedError(*SIGN_IN_REFUSALS[error.code])
            self._failures[asked.email] += refusal.status != 429
            raise refusal from error
        del self._failures[asked.email]
        if tokens.sub in self.factors.enabled:
            session = self.factors.wait(tokens, self._clock.now())
            return {"sessionToken": session, "mfaRequired": True, "tokenType": "Bearer"}
        return self._signed_in(tokens)

    def refresh(self, body: object) -> Block:
        """A new access token, and no new refresh token."""
        asked = read(forms.Renewal, body)
        try:
            return _told(self.pool.renew(asked.refresh_token))
        except RefusedSignInError as error:
            raise RefusedError(401, "INVALID_TOKEN", "The refresh token is not valid") from error

    def second_factor(self, body: object) -> Block:
        """The tokens that waited for the code."""
        asked = read(forms.SecondFactor, body)
        tokens = self.factors.waits(asked.session_token, self._clock.now())
        if tokens is None:
            raise RefusedError(401, "INVALID_SESSION", "The session is not valid")
        self._require_code(tokens.sub, asked.code)
        del self.factors.waiting[asked.session_token]
        return self._signed_in(tokens)

    def request_reset(self, body: object) -> Block:
        """Mail a code to whoever has the address; nobody is told whether somebody has."""
        email = read(forms.Address, body).email
        with suppress(RefusedError):
            self._person(email)
            self._mail(email)
        return {"message": "If there is an account, a code was mailed to it"}

    def confirm_reset(self, body: object) -> Block:
        """Take what was mailed as leave to change the password."""
        asked = read(forms.NewPassword, body)
        email = self._proven(asked)
        self.pool.set_password(email, asked.new_password)
        del self.mailed[email]
        return {"message": "The password is changed"}

    def profile(self, sub: str) -> Block:
        """What users say of themselves."""
        return self._shown(self._person(sub))

    def update_profile(self, sub: str, body: object) -> Block:
        """The profile after the change."""
        said = read(forms.ProfileChange, body).said()
        if said:
            self.pool.describe(sub, **{ATTRIBUTES[name]: _stored(value) for name, value in said.items()})
        return self.profile(sub)

    def set_up_factor(self, sub: str) -> Block:
        """A secret for the second factor, which is off until its first code came."""
        if sub in self.factors.enabled:
            raise RefusedError(409, "MFA_ALREADY_ENABLED", "The second factor is on already")
        secret, email = self.factors.set_up(sub), self._person(sub).attributes["email"]
        return {"secret": secret, "qrCode": f"otpauth://totp/ai-lifestyle:{email}?secret={secret}"}

    def enable_factor(self, sub: str, body: object) -> Block:
        """Turn the second factor on for whoever can tell its code."""
        self._require_code(sub, read(forms.Digits, body).code)
        self.factors.enabled.add(sub)
        return {"enabled": True, "backupCodes": [secrets.token_hex(4) for _ in range(8)]}

    def disable_factor(self, sub: str, body: object) -> Block:
        """Turn the second factor off for whoever knows the password."""
        asked, email = read(forms.OldPassword, body), self._person(sub).attributes["email"]
        try:
            self.pool.sign_in(email, asked.password)
        except RefusedSignInError as error:
            raise RefusedError(400, "INVALID_PASSWORD", "The password is not right") from error
        self.factors.enabled.discard(sub)
        return {"enabled": False}

    def forget(self) -> None:
        """Unlock every account."""
        self._failures.clear()

    def _signed_in(self, tokens: Tokens) -> Block:
        shown = self._shown(self.pool.person(tokens.sub))
        return _told(tokens) | {"refreshToken": tokens.refresh, "user": shown}

    def _shown(self, person: Person) -> Block:
        known = person.attributes
        optional = {"phoneNumber": "phone_number", "dateOfBirth": "birthdate", "timezone": "zoneinfo"}
        return {
            "userId": person.sub,
            "email": known["email"],
            "firstName": known.get("given_name", ""),
            "lastName": known.get("family_name", ""),
            "emailVerified": known.get("email_verified") == "true",
            "mfaEnabled": person.sub in self.factors.enabled,
            "createdAt": person.created_at.isoformat(),
            "updatedAt": person.updated_at.isoformat(),
            "preferences": json.loads(known.get(ATTRIBUTES["preferences"], "{}")),
        } | {name: known[attribute] for name, attribute in optional.items() if attribute in known}

    def _person(self, name: str) -> Person:
        try:
            return self.pool.person(name)
        except ClientError as error:
            if error.response["Error"]["Code"] != "UserNotFoundException":
                raise
            raise RefusedError(404, "USER_NOT_FOUND", "There is no such user") from error

    def _mail(self, email: str) -> None:
        self.mailed[email] = f"{email}:{secrets.randbelow(10**6):06}"

    def _proven(self, proof: forms.Proof) -> str:
        email = proof.token.rpartition(":")[0]
        if self.mailed.get(email) != proof.token:
            raise RefusedError(*BAD_PROOF)
        return email

    def _require_code(self, sub: str, code: str) -> None:
        if not self.factors.is_code(sub, code, self._clock.now()):
            raise RefusedError(*BAD_CODE)


def _told(tokens: Tokens) -> Block:
    return {"accessToken": tokens.access, "tokenType": "Bearer", "expiresIn": tokens.lifetime_s}


def _not_registered(error: ClientError) -> Exception:
    code = error.response["Error"]["Code"]
    if code == "UsernameExistsException":
        return RefusedError(409, "USER_ALREADY_EXISTS", "There is an account for this address already")
    if code == "InvalidPasswordException":
        return bad_request({"password": "does not meet the policy"})
    return RefusedError(*BROKEN)


def _stored(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else json.dumps(value)
