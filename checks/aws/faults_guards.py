"""How do secrets, identity and permissions break?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from checks.aws.aiming import aim
from fixtures.twins.answers import ServiceError
from fixtures.twins.faults import fault
from fixtures.twins.routing import Call
from fixtures.twins.world import World

Answer = dict[str, Any]


def _bend_secret(world: World, operation: str, change: Callable[[Answer], Answer]) -> None:
    """Let an operation on a secret answer otherwise."""
    target, secret = aim(world, "secrets.readable", "secrets")

    def bent(call: Call, answer: Answer) -> Answer:
        is_it = (call.region, call.params["SecretId"]) == (target.place.region, secret.name)
        return change(answer) if is_it else answer

    world.aws.rule("secretsmanager", operation, bent)


def _bend_values(world: World, bend: Callable[[dict[str, str]], dict[str, str]]) -> None:
    def bent(answer: Answer) -> Answer:
        return answer | {"SecretString": json.dumps(bend(json.loads(answer["SecretString"])))}

    _bend_secret(world, "GetSecretValue", bent)


def _refused(code: str, message: str) -> Callable[[Answer], Answer]:
    def refuse(_answer: Answer) -> Answer:
        raise ServiceError(code, message)

    return refuse


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_was_emptied(world: World) -> None:
    """A secret holds none of the keys it should."""
    _bend_values(world, lambda _values: {"key": "its-name-has-changed-since"})


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_kept_its_placeholder(world: World) -> None:
    """Nobody ever set a secret."""
    _bend_values(world, lambda values: dict.fromkeys(values, "change-me-change-me-change-me"))


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_was_cut_short(world: World) -> None:
    """Five characters are left of a secret."""
    _bend_values(world, lambda values: {key: value[:5] for key, value in values.items()})


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_was_marked_for_deletion(world: World) -> None:
    """A secret is scheduled for deletion, and cannot be read meanwhile."""
    yesterday = world.clock.ago(days=1)
    _bend_secret(world, "DescribeSecret", lambda answer: answer | {"DeletedDate": yesterday})
    message = "You can't perform this operation on the secret because it was marked for deletion."
    _bend_secret(world, "GetSecretValue", _refused("InvalidRequestException", message))


@fault(notices=["secrets.readable"], spares=["identity.permitted"])
def a_secret_vanished(world: World) -> None:
    """A secret does not exist any more."""
    message = "Secrets Manager can't find the specified secret."
    for operation in ("DescribeSecret", "GetSecretValue"):
        _bend_secret(world, operation, _refused("ResourceNotFoundException", message))


@fault(notices=["identity.expected"])
def another_account_answered(world: World) -> None:
    """The credentials belong to another account."""
    other = {"Account": "999999999999", "Arn": "arn:aws:iam::999999999999:user/moto"}
    world.aws.rule("sts", "GetCallerIdentity", lambda _call, answer: answer | other)


@fault(notices=["identity.permitted"], spares=["identity.expected", "functions.error_rate"])
def a_permission_was_missing(world: World) -> None:
    """The caller may not list functions."""
    target, _ = aim(world, "identity.permitted", "functions")

    def refuse(call: Call, answer: Answer) -> Answer:
        if call.region == target.place.region:
            raise ServiceError("AccessDeniedException", "User is not authorized", 403)
        return answer

    world.aws.rule("lambda", "ListFunctions", refuse)
