"""What do we look at in the AI Lifestyle App? Its doors as a stranger, its accounts and goals as a user."""

from checks.ai_lifestyle.looks_access import (
    leftovers,
    material,
    open_doors,
    preflights,
    signer,
    token_attempts,
)
from checks.ai_lifestyle.looks_accounts import (
    refreshes,
    refused_sign_ins,
    sign_ins,
    synthetic_users,
    token_claims,
)
from checks.ai_lifestyle.looks_conduct import containment, registrations, trespasses
from checks.ai_lifestyle.looks_drills import restoration, rollback, turn
from checks.ai_lifestyle.looks_goals import (
    answer_times,
    diary,
    goal_journeys,
    goal_life,
    goal_quota,
    goal_refusals,
    health,
    other_diary,
)
from checks.ai_lifestyle.looks_lines import goal_lines
from checks.ai_lifestyle.looks_lists import activity_lists, goal_lists
from checks.ai_lifestyle.looks_numbers import agreements, measured, number_trials, week_keys
from checks.ai_lifestyle.looks_people import cast, key_set, login_a, login_b, pool_place, user_a, user_b
from checks.ai_lifestyle.looks_rows import (
    goals_by_key,
    goals_of_user,
    legacy_goal,
    own_users,
    reader,
    sample,
    shelves,
    standing_goals,
    stored_goals,
)

__all__ = [
    "activity_lists",
    "agreements",
    "answer_times",
    "cast",
    "containment",
    "diary",
    "goal_journeys",
    "goal_life",
    "goal_lines",
    "goal_lists",
    "goal_quota",
    "goal_refusals",
    "goals_by_key",
    "goals_of_user",
    "health",
    "key_set",
    "leftovers",
    "legacy_goal",
    "login_a",
    "login_b",
    "material",
    "measured",
    "number_trials",
    "open_doors",
    "other_diary",
    "own_users",
    "pool_place",
    "preflights",
    "reader",
    "refreshes",
    "refused_sign_ins",
    "registrations",
    "restoration",
    "rollback",
    "sample",
    "shelves",
    "sign_ins",
    "signer",
    "standing_goals",
    "stored_goals",
    "synthetic_users",
    "token_attempts",
    "token_claims",
    "trespasses",
    "turn",
    "user_a",
    "user_b",
    "week_keys",
]
