"""Does a user also have the second factor? Codes that change every thirty seconds (RFC 6238)."""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from checks.ai_lifestyle.twin.pool import Tokens

STEP_S = 30
DIGITS = 6
SESSION_S = 180


@dataclass(frozen=True)
class Waiting:
    """A sign-in whose password was right and whose code has not come yet; it waits `until` then."""

    tokens: Tokens
    until: float


@dataclass
class SecondFactors:
    """Who has set up a second factor, and which sign-ins wait for one, by their session tokens."""

    known: dict[str, str] = field(default_factory=dict, repr=False)
    enabled: set[str] = field(default_factory=set)
    waiting: dict[str, Waiting] = field(default_factory=dict, repr=False)

    def set_up(self, sub: str) -> str:
        """A new secret for a user, who has yet to prove having it."""
        self.known[sub] = base64.b32encode(secrets.token_bytes(20)).decode()
        return self.known[sub]

    def is_code(self, sub: str, code: str, now: datetime) -> bool:
        """Whether it is the user's code of this moment, or of the one before."""
        if sub not in self.known:
            return False
        step = int(now.timestamp()) // STEP_S
        return any(hmac.compare_digest(code, code_of(self.known[sub], at)) for at in (step, step - 1))

    def wait(self, tokens: Tokens, now: datetime) -> str:
        """Let a sign-in wait for its code; the session token."""
        session = secrets.token_urlsafe(48)
        self.waiting[session] = Waiting(tokens, now.timestamp() + SESSION_S)
        return session

    def waits(self, session: str, now: datetime) -> Tokens | None:
        """The tokens that wait under a session token, None if none do any more."""
        found = self.waiting.get(session)
        return found.tokens if found and now.timestamp() < found.until else None


def code_of(secret: str, step: int) -> str:
    """The code of a secret in one thirty-second step since 1970."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8), "sha1")
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)
