"""Do the lines that metric filters wait for appear when goals of our own are made?"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checks.ai_lifestyle.diary import Diary
from checks.ai_lifestyle.journey import CREATED, Journey
from fixtures.aws import Aws
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import MetricFilter
from fixtures.probes.logs import Matches, matches
from fixtures.targets import Target

SLACK_S = 1.0


@dataclass(frozen=True)
class Trace:
    """What a filter's pattern finds in its group since the first journey, where so many lines must be."""

    pattern: str
    wanted: int
    found: Matches

    @property
    def is_thin(self) -> bool:
        """Whether lines are missing."""
        return self.found.count < self.wanted

    def __str__(self) -> str:
        return f"{self.found.group}: {self.found.count} lines with {self.pattern}, not {self.wanted}"


@observation(deadline_s=180)
def goal_lines(goal_journeys: list[Journey], diary: Diary, aws: Aws, target: Target) -> list[Trace]:
    """The lines about goals and activities of the journeys, as each declared filter finds them."""
    whole = [one for one in goal_journeys if all(_is_made(one, step) for step in CREATED)]
    if not whole:
        raise LookupError("no goal of ours was made and logged to")
    client, begins = aws.client("logs"), [one.steps["create"] for one in whole]
    since = min(said.at - timedelta(seconds=said.seconds) for said in begins)
    return each(lambda one: _trace(client, one, len(whole), since, diary), target.parts.metric_filters)


def _trace(client: Any, declared: MetricFilter, wanted: int, since: datetime, diary: Diary) -> Trace:
    """What is found, once it had its time to appear."""
    began = time.monotonic()
    while True:
        now = diary.now()
        since_s = (now - since).total_seconds() + SLACK_S
        trace = Trace(
            declared.pattern, wanted, matches(client, declared.log_group, declared.pattern, now, since_s)
        )
        if not trace.is_thin or time.monotonic() - began > diary.patience_s:
            return trace
        time.sleep(diary.patience_s / 5)


def _is_made(journey: Journey, step: str) -> bool:
    return step in journey.steps and journey.steps[step].is_any([201])
