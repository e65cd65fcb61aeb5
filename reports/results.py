"""What did one check conclude? The one result type every report is made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

OCCASIONS = ("smoke", "pre_event", "post_deploy", "daily", "weekly", "monthly")


class Outcome(StrEnum):
    """What became of a check."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Cause(StrEnum):
    """Why a check could not look."""

    DENIED = "denied"
    THROTTLED = "throttled"
    TIMED_OUT = "timed out"
    UNREACHABLE = "unreachable"
    MISSING_CREDENTIALS = "missing credentials"
    WRONG_ACCOUNT = "wrong account"
    NO_DATA = "no data"
    MALFORMED = "malformed answer"
    MISCONFIGURED = "misconfigured"
    NOT_RUN = "not run"
    BUG = "our own bug"


@dataclass(frozen=True)
class Result:
    """The conclusion of one check about one target.

    `severity` is 1 (worst) to 4; `seconds` is what its slowest observation took; `looked_at` counts the
    things the claim was judged on. `first` is the first thing to do when it is not passed and `again` the
    command that reruns just this check; a command inside `first` stands in backticks, so that no report
    breaks it. `waiver` says who accepted a failure and until when; it is empty unless a waiver covers it.
    """

    check: str
    system: str
    environment: str
    procedures: tuple[str, ...]
    claim: str
    severity: int
    kind: str
    occasions: tuple[str, ...]
    outcome: Outcome
    cause: Cause | None = None
    detail: str = ""
    offenders: tuple[str, ...] = ()
    looked_at: int = 0
    seconds: float = 0.0
    observations: tuple[str, ...] = ()
    first: str = ""
    again: str = ""
    notes: tuple[str, ...] = ()
    waiver: str = ""

    @property
    def target(self) -> str:
        """The system and the environment it was looked at in, as `madrid_bus/prod`."""
        return f"{self.system}/{self.environment}"

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return {
            key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Result:
        """The inverse of `to_json`."""
        plain: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
        }
        plain["outcome"] = Outcome(plain["outcome"])
        plain["cause"] = Cause(plain["cause"]) if plain["cause"] else None
        return cls(**plain)
