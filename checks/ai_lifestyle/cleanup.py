"""What did a killed run leave in the app? Its goals are put away, its users removed from the pool."""

from __future__ import annotations

from checks.ai_lifestyle.answers import text
from checks.ai_lifestyle.diary import GOALS, GOALS_TITLED, LONGEST_PAGE, Diary
from checks.ai_lifestyle.looks_conduct import is_removed
from checks.ai_lifestyle.looks_people import PoolPlace
from checks.ai_lifestyle.people import Login, signed_in
from fixtures.aws import Aws, Caller
from fixtures.creations import Creation
from fixtures.targets import Target
from fixtures.web import Web

NOT_ARCHIVED = "draft,active,paused,completed"


def is_gone(
    left: Creation,
    web: Web,
    login_a: Login,
    login_b: Login,
    synthetic_aws: Aws,
    pool_place: PoolPlace,
    caller: Caller,
    target: Target,
) -> bool:
    """Whether something that was left is there no more.

    Raises:
        CouldNotLookError: the user whose goals they are could not sign in.
    """
    if left.kind == "user":
        return is_removed(synthetic_aws.client("cognito-idp"), pool_place, left.id)
    (login,) = (one for one in (login_a, login_b) if one.who.name == left.owner)
    diary = Diary(web, signed_in(login), target, caller.clock_offset_s, "")
    return left.kind == GOALS_TITLED and are_archived(diary, left.id)


def are_archived(diary: Diary, title: str) -> bool:
    """Whether no goal is left whose title begins so, after each of them was put away."""
    for goal_id in _begun(diary, title):
        diary.archive(goal_id)
    return not _begun(diary, title)


def _begun(diary: Diary, title: str) -> list[str]:
    goals = diary.pages(GOALS, "goals", status=NOT_ARCHIVED, limit=LONGEST_PAGE)
    return [text(one, "goalId") for one in goals if text(one, "title").startswith(title)]
