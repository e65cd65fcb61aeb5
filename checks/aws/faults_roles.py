"""How do roles come to be allowed too little, or too much?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from checks.aws.aiming import aim
from fixtures.parts import Role
from fixtures.twins.faults import fault
from fixtures.twins.roles import POLICY, TRUST
from fixtures.twins.routing import Call
from fixtures.twins.world import World

ADMINISTRATOR = "AdministratorAccess"


def _role(world: World, check: str, fits: Callable[[Role], object] = lambda _: True) -> Role:
    _, role = aim(world, check, "roles", fits)
    return role  # type: ignore[no-any-return]


def _iam(world: World) -> Any:
    return world.aws.client("iam", "us-east-1")


def _document(effect: str, action: str, resource: str = "*") -> str:
    statement = {"Effect": effect, "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def _add_policy(world: World, role: str, document: str) -> None:
    policy = {"RoleName": role, "PolicyName": "added-by-hand"}
    _iam(world).put_role_policy(**policy, PolicyDocument=document)
    world.at_lift(lambda: _iam(world).delete_role_policy(**policy))


@fault(notices=["roles.granted"], spares=["roles.modest", "roles.declared_only"])
def a_role_lost_a_grant(world: World) -> None:
    """A role is not allowed any more what it must be."""
    policy = {"RoleName": _role(world, "roles.granted", lambda one: one.grants).name, "PolicyName": POLICY}
    document = json.dumps(_iam(world).get_role_policy(**policy)["PolicyDocument"])
    _iam(world).delete_role_policy(**policy)
    world.at_lift(lambda: _iam(world).put_role_policy(**policy, PolicyDocument=document))


@fault(notices=["roles.granted"], spares=["roles.modest", "roles.declared_only"])
def a_role_was_denied_everything(world: World) -> None:
    """A policy denies a role whatever others allow it."""
    _add_policy(world, _role(world, "roles.granted", lambda one: one.grants).name, _document("Deny", "*"))


@fault(notices=["roles.granted"], spares=["roles.modest", "roles.declared_only"])
def a_boundary_shut_a_role_in(world: World) -> None:
    """The permissions boundary of a role leaves it next to nothing of what its policies allow."""
    client, role = _iam(world), {"RoleName": _role(world, "roles.granted", lambda one: one.grants).name}
    document = _document("Allow", "sts:GetCallerIdentity")
    arn = client.create_policy(PolicyName="shut-in-by-hand", PolicyDocument=document)["Policy"]["Arn"]
    client.put_role_permissions_boundary(**role, PermissionsBoundary=arn)
    world.at_lift(lambda: client.delete_policy(PolicyArn=arn))
    world.at_lift(lambda: client.delete_role_permissions_boundary(**role))


@fault(notices=["roles.granted"], spares=["roles.declared_only", "containers.running"])
def a_role_was_deleted(world: World) -> None:
    """A role does not exist any more."""
    name = _role(world, "roles.granted").name

    def without(_call: Call, answer: dict[str, Any]) -> dict[str, Any]:
        return answer | {
            "RoleDetailList": [one for one in answer["RoleDetailList"] if one["RoleName"] != name]
        }

    world.aws.rule("iam", "GetAccountAuthorizationDetails", without)


@fault(notices=["roles.modest"], spares=["roles.granted", "roles.declared_only"])
def a_role_became_admin(world: World) -> None:
    """A policy called AdministratorAccess is attached to a role."""
    client, name = _iam(world), _role(world, "roles.modest").name
    document = _document("Allow", "*")
    arn = client.create_policy(PolicyName=ADMINISTRATOR, PolicyDocument=document)["Policy"]["Arn"]
    client.attach_role_policy(RoleName=name, PolicyArn=arn)
    world.at_lift(lambda: client.delete_policy(PolicyArn=arn))
    world.at_lift(lambda: client.detach_role_policy(RoleName=name, PolicyArn=arn))


@fault(notices=["roles.modest"], spares=["roles.granted", "roles.declared_only"])
def a_role_was_allowed_everything(world: World) -> None:
    """An inline policy allows a role every action on everything."""
    _add_policy(world, _role(world, "roles.modest").name, _document("Allow", "*"))


@fault(notices=["roles.modest"], spares=["roles.granted", "roles.declared_only"])
def a_role_was_allowed_what_it_never_should(world: World) -> None:
    """A role is allowed an action that it must not be, written in a roundabout way."""
    role = _role(world, "roles.modest", lambda one: one.never)
    _add_policy(world, role.name, _document("Allow", f"{role.never[0].partition(':')[0]}:*"))


@fault(notices=["roles.modest"], spares=["roles.granted", "roles.declared_only"])
def a_role_reached_for_all_tables(world: World) -> None:
    """A role may read every table of the account."""
    _add_policy(world, _role(world, "roles.modest").name, _document("Allow", "dynamodb:GetItem"))


@fault(notices=["roles.declared_only"], spares=["roles.granted", "roles.modest"])
def a_foreign_role_appeared(world: World) -> None:
    """There is a role that is named like the system's, and that nobody declared."""
    target, _ = aim(world, "roles.declared_only", "roles")
    name = f"{target.parts.role_prefix}-visitor"
    _iam(world).create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))
    world.at_lift(lambda: _iam(world).delete_role(RoleName=name))
