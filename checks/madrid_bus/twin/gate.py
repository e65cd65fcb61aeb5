"""Who is let in to the twin's APIs? Whoever has the key of the secret, and a group."""

from __future__ import annotations

import json
from dataclasses import dataclass
from secrets import compare_digest
from threading import Lock
from typing import Any

from checks.madrid_bus.twin.trail import Trail
from fixtures.twins.clock import Clock

SECRET = "bus-simulator/api-key"  # noqa: S105 (its name)
DECISION_TTL_S = 300.0
KEY_TTL_S = 1.0


@dataclass(frozen=True)
class Refusal:
    """Why somebody is not let in: an HTTP status and its message."""

    status: int
    message: str


MISSING = Refusal(401, "Unauthorized")
WRONG = Refusal(401, "Unauthorized: Invalid API key")
BROKEN = Refusal(500, "Internal Server Error")


class ApiKey:
    """The key as the authorizers know it: read from Secrets Manager, remembered for a few seconds."""

    def __init__(self, secrets: Any, clock: Clock) -> None:
        self._secrets = secrets
        self._clock = clock
        self._lock = Lock()
        self._known: tuple[float, str] | None = None

    def matches(self, key: str) -> bool:
        """Whether `key` is the one; a key that is not what we remember makes us read again.

        Raises:
            botocore.exceptions.ClientError: the secret cannot be read.
            ValueError, KeyError, TypeError: it does not hold an `api_key`.
        """
        return self._is(key, self._remembered()) or self._is(key, self._read())

    def forget(self) -> None:
        """Read the secret anew the next time."""
        self._known = None

    def _remembered(self) -> str:
        known = self._known
        fresh = known and self._clock.now().timestamp() - known[0] < KEY_TTL_S
        return known[1] if known and fresh else self._read()

    def _read(self) -> str:
        with self._lock:
            text = self._secrets.get_secret_value(SecretId=SECRET)["SecretString"]
            key: str = json.loads(text)["api_key"]
            self._known = (self._clock.now().timestamp(), key)
        return key

    @staticmethod
    def _is(given: str, key: str) -> bool:
        return compare_digest(given.encode(), key.encode())


class Gate:
    """The authorizer of one API. Whom it let in it lets in unasked for `ttl_s`; refusals it forgets."""

    def __init__(
        self, function: str, key: ApiKey, clock: Clock, trail: Trail, ttl_s: float = DECISION_TTL_S
    ) -> None:
        self._function = function
        self._key = key
        self._clock = clock
        self._trail = trail
        self._ttl_s = ttl_s
        self._allowed: dict[tuple[str, str], float] = {}

    def refusal(self, key: str, group: str) -> Refusal | None:
        """Why this key and group are not let in; None when they are. Without either no function is called."""
        if not key or not group:
            return MISSING
        now = self._clock.now().timestamp()
        if now < self._allowed.get((key, group), 0.0):
            return None
        try:
            with self._trail.invocation(self._function):
                if not self._key.matches(key):
                    return WRONG
        except Exception:
            return BROKEN
        if self._ttl_s:
            self._allowed[key, group] = now + self._ttl_s
        return None

    def forget(self) -> None:
        """Ask the function again for everybody."""
        self._allowed.clear()
        self._key.forget()
