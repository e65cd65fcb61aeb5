"""How do the claims about time scale with the pace of the feeders?"""

from __future__ import annotations

import math
from collections.abc import Iterable

from checks.madrid_bus.settings import Cadence

STALE_TICKS = 3
HANDSHAKE_S = 10.0
ACKNOWLEDGED_S = 5.0
ROW_GONE_S = 10.0
SLOW_ANSWER_S = 3.0
SLOWEST_ANSWER_S = 10.0


def max_age_s(cadence: Cadence) -> float:
    """How old the newest row may be (BUS-47): three of the slowest ticks."""
    return STALE_TICKS * cadence.slowest_tick_s


def ticks_an_hour(cadence: Cadence) -> tuple[int, int]:
    """How many ticks a full hour holds (BUS-24): 57 to 122 for ticks of 60 to 30 s."""
    return int(3600 / cadence.slowest_tick_s * 0.95), int(3600 / cadence.fastest_tick_s * 1.017)


def kept_ticks_an_hour(cadence: Cadence) -> int:
    """How many ticks make an hour of history count (BUS-43): 55 at 60 s."""
    return int(3600 / cadence.slowest_tick_s * 55 / 60)


def median_gap_s(cadence: Cadence) -> tuple[float, float]:
    """Between what the median gap of two ticks lies (BUS-60), with 2 s to spare."""
    return cadence.fastest_tick_s - 2, cadence.slowest_tick_s + 2


def updates_s(cadence: Cadence) -> float:
    """How long a subscriber waits for the buses of its line (BUS-36): a live tick and some slack."""
    return cadence.live_tick_s + cadence.update_slack_s


def percentile(share: float, values: Iterable[float]) -> float:
    """The least of the values that `share` per cent of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share / 100) - 1, 0)]
