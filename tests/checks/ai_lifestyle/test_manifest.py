"""Does the manifest of the AI Lifestyle App declare what it should, for eight functions and for one?"""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from checks.ai_lifestyle.settings import Login
from fixtures.parts import Parts
from fixtures.systems import Declared, read_systems
from fixtures.targets import Run, Target
from tests.judging import ROOT

SINGLE_HANDLER = """
    [ai_lifestyle.parts]
    functions = [{ name = "api-handler-{env}" }]
"""


def declared(config: Path | None = None) -> Declared:
    """The shipped system, with a configuration laid over it."""
    return read_systems(ROOT / "checks", config)["ai_lifestyle"]


def parts(environment: str, config: Path | None = None) -> Parts:
    """What an environment should have, by the names used there."""
    return Target(declared(config), environment, Run()).parts


@pytest.fixture
def single_handler(tmp_path: Path) -> Path:
    """The configuration of somebody who runs one function."""
    path = tmp_path / "gonogo.toml"
    path.write_text(SINGLE_HANDLER)
    return path


def test_each_function_has_two_alarms_and_the_composite_has_them_all() -> None:
    """Eight functions make sixteen endpoint alarms; the seventeenth is the table's."""
    prod = parts("prod")
    assert len(prod.functions) == 8
    assert len(prod.alarms) == 17
    (composite,) = prod.composite_alarms
    assert composite.name == "ai-lifestyle-app-goals-prod-service-degraded"
    assert set(composite.any_of) == {one.name for one in prod.alarms if one.namespace == "AWS/Lambda"}
    assert {one.dimensions["FunctionName"] for one in prod.alarms if one.namespace == "AWS/Lambda"} == {
        one.name for one in prod.functions
    }


def test_an_environment_has_names_of_its_own() -> None:
    """The twin's end in -local, wherever a name stands: nothing of another environment is in them."""
    text = parts("local").model_dump_json()
    assert "create_goal-local" in text
    assert "{env}" not in text
    assert "-prod" not in text


def test_a_single_handler_is_one_line_of_configuration(single_handler: Path) -> None:
    """Its log group, its two alarms, the composite, the role, the filters and the routes follow."""
    prod = parts("prod", single_handler)
    (function,) = prod.functions
    assert (function.name, function.timeout_s, function.log_group) == (
        "api-handler-prod",
        30,
        "/aws/lambda/api-handler-prod",
    )
    endpoint_alarms = ["api-handler-prod-high-error-rate", "api-handler-prod-high-latency-p99"]
    assert [one.name for one in prod.alarms if one.namespace == "AWS/Lambda"] == endpoint_alarms
    assert [list(one.any_of) for one in prod.composite_alarms] == [endpoint_alarms]
    assert [one.name for one in prod.roles] == ["api-handler-prod-role"]
    assert {one.log_group for one in prod.metric_filters} == {function.log_group}
    assert set(prod.apis[0].integrations.values()) == {function.name}
    assert "create_goal" not in prod.model_dump_json()


def test_every_goal_route_leads_to_its_own_function() -> None:
    """And every route that leads somewhere is guarded."""
    (api,) = parts("prod").apis
    assert api.integrations["POST /goals/{goalId}/activities"] == "log_activity-prod"
    assert len(set(api.integrations.values())) == 8
    assert api.integrations.keys() <= set(api.routes)


def test_what_is_changed_where_is_said_by_the_environment() -> None:
    """Nothing in staging; in production only what is ours, and no drill."""
    places = declared().system.environments
    assert {name: (one.writes, one.drills) for name, one in places.items()} == {
        "local": ("synthetic", True),
        "dev": ("synthetic", True),
        "staging": ("none", False),
        "prod": ("synthetic", False),
    }
    assert [name for name, one in declared().settings.items() if not one.has_real_users] == ["local", "dev"]


def test_two_environments_of_one_run_have_two_pools() -> None:
    """The variable that names the pool is another one outside production."""
    pools = {name: parts(name).user_pools[0].id for name in ("dev", "prod")}
    assert pools == {"dev": "env:AI_LIFESTYLE_DEV_USER_POOL_ID", "prod": "env:AI_LIFESTYLE_USER_POOL_ID"}
    assert parts("dev").functions[0].environment["COGNITO_USER_POOL_ID"] == pools["dev"]


def test_credentials_are_references() -> None:
    """A password that stands in the manifest is refused."""
    with pytest.raises(ValidationError, match="should match pattern"):
        Login(email="env:EMAIL", password="hunter2")
