"""What does only Madrid Bus have to say about itself? The typed `[settings]` of its manifest."""

from __future__ import annotations

from pydantic import PositiveFloat

from fixtures.manifest import Model


class Cadence(Model):
    """How often the feeders write, in seconds, and what claims derive from it.

    History may tick anywhere between the fastest and the slowest; `live_tick_s` is what a running feeder does
    now. `update_slack_s` is what a subscriber waits beyond a tick.
    """

    slowest_tick_s: PositiveFloat
    fastest_tick_s: PositiveFloat
    live_tick_s: PositiveFloat
    update_slack_s: PositiveFloat
    unsubscribe_grace_s: PositiveFloat
    idle_s: PositiveFloat
    e2e_budget_s: PositiveFloat


class Settings(Model):
    """`api_key` is a reference to the key all three APIs share."""

    api_key: str
    cadence: Cadence
