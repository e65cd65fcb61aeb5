"""What comes of writing: users who register, who reach for the goals of others, who are shut out?"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from checks.ai_lifestyle.accounts import Registration
from checks.ai_lifestyle.diary import Diary
from checks.ai_lifestyle.doors import ID_ROUTES, door
from checks.ai_lifestyle.looks_people import Cast, PoolPlace
from checks.ai_lifestyle.people import Login, User, ask_account, sign_in
from checks.ai_lifestyle.samples import a_goal
from checks.ai_lifestyle.trespass import Step, Trespass
from fixtures.aws import Aws
from fixtures.creations import Creation
from fixtures.observations import observation
from fixtures.probes.http import Ask, Reply
from fixtures.probes.pool_users import MISSING, pool_user
from fixtures.targets import Target
from fixtures.web import Web

MAILBOX = "success+gonogo-{}@simulator.amazonses.com"
"""Amazon's mailbox for tests: it takes any mail and keeps none."""
STRONG = "Gon0go!!"
WEAK = {
    "7 characters": "Gon0go!",
    "no capital": "gon0go!!",
    "no small letter": "GON0GO!!",
    "no digit": "Gonogo!!",
    "no symbol": "Gon0gogo",
}
FIELDS = ("email", "password", "firstName", "lastName")
POLLS = 5
BODIES: dict[str, dict[str, Any]] = {
    "PUT /goals/{goalId}": {"title": "gonogo-taken"},
    "POST /goals/{goalId}/activities": {"value": 1, "unit": "steps", "activityType": "progress"},
}


@observation(deadline_s=60)
def trespasses(web: Web, user_b: User, diary: Diary) -> list[Trespass]:
    """User B at a goal of user A's, which is archived afterwards."""
    title, user_a = diary.title("private"), diary.user
    with diary.places.take(), diary.goal(a_goal("recurring", title, diary.today())) as goal_id:
        before = _own(web, user_a, goal_id)
        tries = [_reach(web, user_b, route, goal_id, title) for route in sorted(ID_ROUTES, key=_harm)]
        lists = [_list(web, user_b, status, goal_id) for status in ("active", "archived")]
        after = _own(web, user_a, goal_id)
    changed = after.json != before.json
    return [*tries, *lists, Trespass("the goal afterwards", after.status, 200, changed=changed)]


@observation(deadline_s=60)
def registrations(web: Web, synthetic_aws: Aws, pool_place: PoolPlace, target: Target) -> list[Registration]:
    """What becomes of those who register; whoever is made is removed again."""
    asked = [(f"password with {case}", 400, _new_user(password=weak)) for case, weak in WEAK.items()]
    asked += [(f"without {name}", 400, _new_user(**{name: None})) for name in FIELDS]
    if not target.settings.has_real_users:
        sound = _new_user()
        asked += [("sound", 201, sound), ("the same e-mail again", 409, sound)]
    cognito = synthetic_aws.client("cognito-idp")

    def register(case: str, expected: int, body: dict[str, Any]) -> Registration:
        status = ask_account(web, "/auth/register", body).status
        is_there = "email" in body and _is_there(cognito, pool_place, body["email"])
        return Registration(case, expected, status, is_there)

    made = {Creation(target.id, "user", body["email"]) for _, _, body in asked if "email" in body}
    try:
        for one in made:
            target.run.creations.created(one)
        return [register(*one) for one in asked]
    finally:
        for one in made:
            if is_removed(cognito, pool_place, one.id):
                target.run.creations.removed(one)


@observation(deadline_s=180)
def containment(
    web: Web, drill_aws: Aws, pool_place: PoolPlace, cast: Cast, login_b: Login, user_b: User, target: Target
) -> list[Step]:
    """User B is disabled, and enabled again."""
    cognito, who = drill_aws.client("cognito-idp"), {"UserPoolId": pool_place.id, "Username": cast.b.email}

    def signs_in() -> int:
        return sign_in(web, cast.b, target.run.redactor).status

    def refreshes() -> int:
        return ask_account(web, "/auth/refresh", {"refreshToken": user_b.refresh}).status

    limit_s = target.settings.settling_s
    steps = [Step("signing in before", login_b.status, (200,))]
    cognito.admin_disable_user(**who)
    try:
        steps.append(_step("signing in while disabled", signs_in, (401,), limit_s))
        steps.append(_step("refreshing while disabled", refreshes, (401,), limit_s))
        # A token is verified offline: it opens until it has run out, at most an hour later.
        goals = web.ask("api", Ask("/goals", headers=user_b.headers))
        steps.append(Step("goals by the old token", goals.status, (200, 401)))
    finally:
        cognito.admin_enable_user(**who)
    return [*steps, _step("signing in when enabled again", signs_in, (200,), limit_s)]


def is_removed(cognito: Any, place: PoolPlace, email: str) -> bool:
    """Whether a user is gone, who was removed if there was one."""
    if not _is_there(cognito, place, email):
        return True
    cognito.admin_delete_user(UserPoolId=place.id, Username=email)
    return not _is_there(cognito, place, email)


def _new_user(**changes: str | None) -> dict[str, Any]:
    """A sound registration, changed; None leaves a field out."""
    sound = {
        "email": MAILBOX.format(uuid4().hex[:12]),
        "password": STRONG,
        "firstName": "Gonogo",
        "lastName": "Synthetic",
    }
    return {name: value for name, value in (sound | changes).items() if value is not None}


def _is_there(cognito: Any, place: PoolPlace, email: str) -> bool:
    return pool_user(cognito, place.id, email, email).status != MISSING


def _own(web: Web, user: User, goal_id: str) -> Reply:
    return web.ask("api", Ask(f"/goals/{goal_id}", headers=user.headers))


def _reach(web: Web, user: User, route: str, goal_id: str, title: str) -> Trespass:
    reply = web.ask("api", door(route, goal_id, BODIES.get(route)).knock(user.headers, {}))
    return Trespass(route, reply.status, 404, shows=reply.is_success or title in reply.text)


def _list(web: Web, user: User, status: str, goal_id: str) -> Trespass:
    reply = web.ask("api", Ask("/goals", {"status": status, "limit": "100"}, user.headers))
    return Trespass(f"GET /goals, {status} ones", reply.status, 200, shows=goal_id in reply.text)


def _harm(route: str) -> int:
    """Reading comes before writing, and archiving last, so that each finds the goal as it was."""
    return ("GET", "POST", "PUT", "DELETE").index(route.split(" ")[0])


def _step(name: str, ask: Callable[[], int], expected: tuple[int, ...], limit_s: float) -> Step:
    """What is answered once it had its time to show everywhere."""
    status = ask()
    for _ in range(POLLS):
        if status in expected:
            break
        time.sleep(limit_s / POLLS)
        status = ask()
    return Step(name, status, expected)
