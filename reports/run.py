"""What was this run: where did it look, as whom, and at what cost?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class TargetInfo:
    """One target and the identity used there; `account` is the twelve-digit id."""

    system: str
    environment: str
    region: str = ""
    account: str = ""
    role: str = ""

    @property
    def name(self) -> str:
        """As `Result.target` has it: `madrid_bus/prod`."""
        return f"{self.system}/{self.environment}"


@dataclass(frozen=True)
class RunInfo:
    """What a report says of the run itself.

    `run_dir` is the folder as it should be typed; `selection` what was asked for (`-m "smoke and prod"`);
    `versions` maps a component to its version; `notes` are sentences about the whole run.
    """

    run_id: str
    run_dir: str
    selection: str = ""
    targets: tuple[TargetInfo, ...] = ()
    occasion: str = ""
    seconds: float = 0.0
    aws_calls: int = 0
    retries: int = 0
    notes: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
