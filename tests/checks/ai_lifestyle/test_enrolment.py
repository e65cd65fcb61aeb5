"""Do the synthetic users sign in with what the settings refer to?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from checks.ai_lifestyle.settings import Login, Users
from checks.ai_lifestyle.twin.enrolment import enrol
from checks.ai_lifestyle.twin.forms import NewUser
from checks.ai_lifestyle.twin.shapes import read
from fixtures.targets import Target
from tests.checks.ai_lifestyle.living import REGION, Api
from tests.fixtures.places import a_target

SECRET, LATER = "tests/users-local", "tests/later"


def login(name: str, secret: str) -> Login:
    """References to two keys of a secret."""
    reference = f"secretsmanager:{secret.replace('local', '{env}')}#{name}"
    return Login(email=f"{reference}_email", password=f"{reference}_password")


@pytest.fixture
def target() -> Target:
    """A system with two users in one secret, and a third by variables."""
    by_variables = Login(email="env:TESTS_EMAIL", password="env:TESTS_PASSWORD")
    users = Users(a=login("a", SECRET), b=login("b", LATER), unconfirmed=by_variables)
    target = a_target(region=REGION)
    settings = {"local": SimpleNamespace(users=users)}
    return replace(target, declared=replace(target.declared, settings=settings))


@pytest.fixture
def secrets(living: Api) -> Iterator[Any]:
    """A client of the secrets, of which one is there already and keeps something else as well."""
    client = living.world.aws.client("secretsmanager", REGION)
    client.create_secret(Name=SECRET, SecretString=json.dumps({"a_email": "old", "other": "kept"}))
    yield client
    for secret in (SECRET, LATER):
        client.delete_secret(SecretId=secret, ForceDeleteWithoutRecovery=True)


def test_users_are_kept_where_the_settings_say(living: Api, secrets: Any, target: Target) -> None:
    """In secrets that were there or are made, beside what they held, or in the exports."""
    cast = enrol(living.world, target)
    held, made = (
        json.loads(secrets.get_secret_value(SecretId=secret)["SecretString"]) for secret in (SECRET, LATER)
    )
    assert held == {"a_email": cast.a.email, "a_password": cast.a.password, "other": "kept"}
    assert made == {"b_email": cast.b.email, "b_password": cast.b.password}
    exports = living.world.exports
    assert (exports["TESTS_EMAIL"], exports["TESTS_PASSWORD"]) == (
        cast.unconfirmed.email,
        cast.unconfirmed.password,
    )
    assert cast.careful is None


def test_everybody_has_a_password_that_is_taken(living: Api, secrets: Any, target: Target) -> None:
    """Strong, and another one for each."""
    cast = enrol(living.world, target)
    for who in (cast.a, cast.b):
        read(NewUser, {"email": who.email, "password": who.password, "firstName": "A", "lastName": "B"})
    assert len({cast.a.password, cast.b.password, cast.unconfirmed.password}) == 3
    assert secrets.get_secret_value(SecretId=SECRET)
