"""What is told of a system whose AWS throttles, half signs in, or has gaps? What it is, and never a pass."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from checks.ai_lifestyle.twin.deployment import deployment_of
from fixtures.targets import Target
from fixtures.twins.__main__ import raise_world
from fixtures.twins.exchange import Answer
from fixtures.twins.metrics import Window
from fixtures.twins.world import World
from reports.results import Cause, Outcome
from tests.command_line import Said, gonogo

APP, BUSES = "ai_lifestyle", "madrid_bus"
OPTIONS = argparse.Namespace(fault=[], latency_ms=0.0, clock_offset_s=0.0, port=0)
ACCOUNTS = (
    "(test_accounts or bad_token_lets or reaches_the_goals or whole_chain or come_quickly) and not shut_out"
)
FUNCTIONS = "test_functions or test_objectives"
BEHIND_A = {
    f"{APP}.no_bad_token_lets_anybody_in",
    f"{APP}.no_user_reaches_the_goals_of_another",
    f"{APP}.a_goal_comes_through_its_whole_chain",
    f"{APP}.answers_come_quickly",
    f"{APP}.the_access_token_is_what_it_should_be",
    f"{APP}.only_a_refresh_token_refreshes",
}
SIGN_IN, REFUSALS = f"{APP}.a_user_signs_in", f"{APP}.refused_sign_ins_reveal_nothing"
USERS, REGISTRATIONS = f"{APP}.the_synthetic_users_may_sign_in", f"{APP}.only_sound_registrations_are_taken"
MANY, A_PAGE = 3_000, 50


@pytest.fixture(scope="module")
def raised() -> Iterator[World]:
    """Both systems in this process, so that any answer can be changed."""
    world, _ = raise_world([APP, BUSES], OPTIONS)
    yield world
    world.stop()


@pytest.fixture
def world(raised: World) -> Iterator[World]:
    """The same, with nothing of a test left in it."""
    alarms, metrics = raised.alarms.snapshot(), raised.metrics.snapshot()
    yield raised
    raised.undo()
    raised.alarms.restore(alarms)
    raised.metrics.restore(metrics)


def told(folder: Path, world: World, system: str, checks: str) -> Said:
    """What a person is told of some checks of a system; whatever happened, no exception."""
    said = gonogo(folder, "-m", system, "-k", checks, GONOGO_TWIN=world.aws.url)
    assert said.results, said.text
    assert "Traceback" not in said.text
    assert said.unknown_for(Cause.BUG) == set()
    return said


def of(said: Said, outcome: Outcome) -> set[str]:
    """The checks that came to an outcome."""
    return {name for name, one in said.results.items() if one.outcome is outcome}


def system_of(world: World, name: str) -> Target:
    """What a system of the world declares."""
    return next(one for one in world.targets if one.system.name == name)


@pytest.fixture
def refuse_sign_ins(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have Cognito refuse the app every sign-in, with an exception of that name."""
    cognito = deployment_of(world).pool.cognito

    def refuse(code: str) -> None:
        error = getattr(cognito.exceptions, code)({"Error": {"Code": code}}, "InitiateAuth")
        monkeypatch.setattr(cognito, "initiate_auth", Mock(side_effect=error))

    return refuse


def test_a_throttled_cognito_accuses_nobody(tmp_path: Path, world: World, refuse_sign_ins: Any) -> None:
    """Neither a password nor a user is called wrong that nobody looked at."""
    refuse_sign_ins("TooManyRequestsException")
    world.aws.refuse("cognito-idp", "AdminGetUser", "TooManyRequestsException")
    said = told(tmp_path, world, APP, ACCOUNTS)
    assert said.code == 10, said.text
    assert said.unknown_for(Cause.THROTTLED) == said.results.keys(), said.text
    assert said.results.keys() == BEHIND_A | {SIGN_IN, REFUSALS, USERS, REGISTRATIONS}
    assert "could not look: throttled: POST /auth/login: HTTP 429 RATE_LIMIT_EXCEEDED" in said.words
    assert "could not look: throttled: cognito-idp:AdminGetUser: TooManyRequestsException" in said.words


def test_a_throttled_app_accuses_nobody(tmp_path: Path, world: World) -> None:
    """What the gateway lets nobody ask is neither refused rightly nor wrongly."""
    busy = Answer.of({"message": "Too Many Requests"}, 429)
    for path in ("refresh", "register"):
        world.web.before(f"{APP}/api/auth/{path}", lambda _request: busy)
    said = told(tmp_path, world, APP, "test_accounts and not shut_out")
    assert said.code == 10, said.text
    blind = {REGISTRATIONS, f"{APP}.only_a_refresh_token_refreshes"}
    assert said.unknown_for(Cause.THROTTLED) == blind, said.text
    assert of(said, Outcome.PASSED) == said.results.keys() - blind


def test_a_second_factor_keeps_us_out(tmp_path: Path, world: World) -> None:
    """The right password is half a sign-in: what is behind it is not seen, and why is told."""
    deployment = deployment_of(world)
    deployment.accounts.factors.set_up(deployment.a)
    deployment.accounts.factors.enabled.add(deployment.a)
    world.at_lift(lambda: deployment.accounts.factors.enabled.discard(deployment.a))
    said = told(tmp_path, world, APP, ACCOUNTS)
    assert said.code == 1, said.text
    assert of(said, Outcome.FAILED) == {SIGN_IN}, said.text
    assert said.unknown_for(Cause.MISSING_CREDENTIALS) == BEHIND_A
    assert of(said, Outcome.PASSED) == {REFUSALS, USERS, REGISTRATIONS}
    assert "user A: HTTP 200, no tokens: a second factor is asked for" in said.words
    assert "user A was not signed in: a second factor is asked for, and we have none" in said.words
    assert "let user A sign in by password alone: turn the second factor off" in said.words


def test_a_client_without_the_password_flow(tmp_path: Path, world: World, refuse_sign_ins: Any) -> None:
    """The flow that is missing is named, and nobody is signed in."""
    pool = deployment_of(world).pool
    who = {"UserPoolId": pool.id, "ClientId": pool.client_id}
    flows = pool.cognito.describe_user_pool_client(**who)["UserPoolClient"]["ExplicitAuthFlows"]
    fewer = [one for one in flows if one != "ALLOW_USER_PASSWORD_AUTH"]
    pool.cognito.update_user_pool_client(**who, ExplicitAuthFlows=fewer)
    world.at_lift(lambda: pool.cognito.update_user_pool_client(**who, ExplicitAuthFlows=flows))
    refuse_sign_ins("InvalidParameterException")
    said = told(tmp_path, world, APP, f"test_users or ({ACCOUNTS})")
    assert said.code == 1, said.text
    assert of(said, Outcome.FAILED) == {"users.client", SIGN_IN, REFUSALS}
    assert said.unknown_for(Cause.MISSING_CREDENTIALS) == BEHIND_A
    assert "ai-lifestyle-client-local: does not allow ALLOW_USER_PASSWORD_AUTH" in said.words
    assert "user A: HTTP 500, no tokens" in said.words


def crowd(world: World, system: str, prefix: str) -> list[str]:
    """Very many alarms like the first that a system declares, all of them quiet."""
    target = system_of(world, system)
    world.alarms.all()
    model = world.alarms.alarms[target.place.region, target.parts.alarms[0].name]
    names = [f"{prefix}-{number:04}" for number in range(MANY)]
    for name in names:
        other: dict[str, Any] = {"name": name, "arn": model.arn.replace(model.name, name)}
        world.alarms.alarms[model.region, name] = replace(model, **other, state="OK", is_held=True)
    return names


def described(world: World) -> int:
    """How often CloudWatch was asked for alarms."""
    return world.aws.calls().get("cloudwatch:DescribeAlarms", 0)


def test_the_alarms_of_others_cost_nothing(tmp_path: Path, world: World) -> None:
    """Among three thousand, one of which rings, the declared ones are found by name, many at a time."""
    names, before = crowd(world, APP, "somebody-else"), described(world)
    world.alarms.hold(names[-1], "ALARM", world.clock.ago(hours=1))
    said = told(tmp_path, world, APP, "test_alarms")
    assert said.code == 0, said.text
    assert len(said.results) == 6
    assert said.results["alarms.as_agreed"].looked_at == len(system_of(world, APP).parts.alarms)
    assert 1 <= described(world) - before <= 4


def test_very_many_alarms_are_read_to_the_last_page(tmp_path: Path, world: World) -> None:
    """Those with the system's prefix are its own: all are seen, page by page, and the last one counts."""
    names, before = crowd(world, BUSES, "bus-simulator-zone"), described(world)
    said = told(tmp_path, world, BUSES, "test_alarms")
    assert said.code == 0, said.text
    assert said.results["alarms.quiet"].looked_at > MANY
    assert MANY / A_PAGE < described(world) - before < MANY / A_PAGE + 5
    world.alarms.hold(names[-1], "ALARM", world.clock.ago(hours=1))
    (tmp_path / "again").mkdir()
    said = told(tmp_path / "again", world, BUSES, "every_alarm_is_quiet")
    assert said.code == 1, said.text
    assert said.results["alarms.quiet"].offenders == (f"{names[-1]}: ALARM for 60 min",)


def test_a_table_that_is_being_changed(tmp_path: Path, world: World) -> None:
    """It is not ACTIVE, which is what was claimed; that it serves is told, and nothing else is wrong."""
    changes = {"TableStatus": "UPDATING"}
    world.aws.rule("dynamodb", "DescribeTable", lambda _, answer: {"Table": answer["Table"] | changes})
    said = told(tmp_path, world, APP, "test_tables")
    assert said.code == 1, said.text
    assert of(said, Outcome.PASSED) == said.results.keys() - {"tables.active"}
    assert "ai-lifestyle-app-goals-local: is UPDATING: it serves, but is being changed" in said.words


def forget(world: World, metrics: list[str], window: Window = (None, None)) -> None:
    """Take the datapoints of all functions away."""
    for metric in metrics:
        world.metrics.replace("AWS/Lambda", metric, {}, None, window)


def test_gaps_are_neither_zeros_nor_failures(tmp_path: Path, world: World) -> None:
    """What was measured around them is judged as ever."""
    for since in (50, 35, 20):
        window = world.clock.ago(minutes=since), world.clock.ago(minutes=since - 10)
        forget(world, ["Errors", "Duration"], window)
    said = told(tmp_path, world, APP, f"{FUNCTIONS} or test_alarms")
    assert said.code == 0, said.text
    assert of(said, Outcome.PASSED) == said.results.keys()


BY_ERRORS = {"functions.failure_budget", "functions.quiet_after_release"}
OF_DURATION = ("duration", "percentiles", "percentiles_by_day", "tail_latency")
BY_DURATION = {f"functions.{one}" for one in OF_DURATION}
ALL = ["Invocations", "Errors", "Duration", "Throttles", "ConcurrentExecutions"]
BY_CALLS = {"functions.invoked", "functions.not_throttled", "functions.concurrency_headroom"}


@pytest.mark.parametrize(
    ("gone", "blind", "said_so"),
    [
        (["Errors"], BY_ERRORS, "invoked, but no Errors in the last hour"),
        (["Duration"], BY_DURATION, "invoked, but no p50, p95, p99 of its Duration in the last hour"),
        (ALL, BY_DURATION | BY_CALLS | BY_ERRORS, "no Invocations in the last hour"),
    ],
    ids=["no Errors", "no Duration", "nothing"],
)
def test_what_was_not_measured_is_unknown(
    tmp_path: Path, world: World, gone: list[str], blind: set[str], said_so: str
) -> None:
    """No data is no proof of anything, of percentiles neither."""
    forget(world, gone)
    said = told(tmp_path, world, APP, FUNCTIONS)
    assert said.code == 10, said.text
    assert said.unknown_for(Cause.NO_DATA) == blind, said.text
    assert of(said, Outcome.PASSED) == said.results.keys() - blind
    assert f"could not look: no data: create_goal-local: {said_so}" in said.words


def test_an_api_with_few_requests_has_no_percentiles(tmp_path: Path, world: World) -> None:
    """Two quick answers prove nothing."""
    world.metrics.replace("AWS/ApiGateway", "Latency", {}, lambda minute: None if minute % 30 else 100.0)
    said = told(tmp_path, world, BUSES, "test_apis_answer_in_time")
    assert (said.code, said.unknown_for(Cause.NO_DATA)) == (10, {"apis.latency"}), said.text
    assert re.search("madrid-bus-simulator-http: [23] requests in the last hour, 20 needed", said.words)
