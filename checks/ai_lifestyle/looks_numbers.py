"""What is counted of goals of our own: agreed examples, drawn ones, and standing goals after a log?"""

from __future__ import annotations

import secrets

from checks.ai_lifestyle import chains, numbers, trials
from checks.ai_lifestyle.answers import text
from checks.ai_lifestyle.diary import GOALS, LONGEST_PAGE, Diary
from checks.ai_lifestyle.numbers import Agreement, Measured, Weeks
from checks.ai_lifestyle.samples import PATTERNS, READINGS, a_log
from checks.ai_lifestyle.trials import Draw, Trial
from checks.ai_lifestyle.vectors import progress_vectors, statistics_vectors
from fixtures.concurrency import each
from fixtures.observations import observation, upfront
from fixtures.targets import Target

AT_ONCE = 4
EXAMPLES, THOROUGH_EXAMPLES = 1, 3


@observation(deadline_s=600)
def measured(diary: Diary) -> list[Measured]:
    """What is counted for every agreed example."""
    found = chains.chains(progress_vectors() + statistics_vectors())
    return [one for some in each(lambda chain: numbers.measure(diary, chain), found, AT_ONCE) for one in some]


@observation(deadline_s=120)
def week_keys(diary: Diary) -> Weeks:
    """In which weeks a Sunday and the Monday after it are counted."""
    return numbers.weeks(diary)


@upfront
def number_draws(target: Target) -> list[tuple[int, Draw]]:
    """Goals and activities drawn at random, each pattern at least once, with their seeds."""
    first, count = secrets.randbelow(2**32), THOROUGH_EXAMPLES if target.run.is_thorough else EXAMPLES
    return [(first + i, trials.draw(pattern, first + i)) for i in range(count) for pattern in PATTERNS]


@observation(deadline_s=600)
def number_trials(diary: Diary, number_draws: list[tuple[int, Draw]]) -> list[Trial]:
    """What is counted for what was drawn."""
    return each(lambda one: trials.attempt(diary, *one), number_draws, AT_ONCE)


@observation(deadline_s=300)
def agreements(diary: Diary, target: Target) -> list[Agreement]:
    """Each standing goal after one more log: what it says of its progress, and what progress itself says."""
    patterns = {title: pattern for pattern, title in target.settings.standing_goals.items()}
    goals = diary.pages(GOALS, "goals", limit=LONGEST_PAGE)
    standing = [(text(goal, "goalId"), text(goal, "title"), text(goal["target"], "unit")) for goal in goals]
    found = [one for one in standing if one[1] in patterns]
    if len(found) < len(patterns):
        raise LookupError(f"user A has {len(found)} of {len(patterns)} standing goals")

    def look(one: tuple[str, str, str]) -> Agreement:
        goal_id, title, unit = one
        body = a_log(READINGS[patterns[title]], diary.today(), unit=unit) | {"note": diary.note}
        with diary.places.take():
            return numbers.agree(diary, goal_id, title, body)

    return each(look, found)
