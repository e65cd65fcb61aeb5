"""Who may do what, and who signs in? Secrets, roles and user pools."""

from __future__ import annotations

from checks.aws.questions import now_of
from fixtures.aws import Aws, Caller
from fixtures.concurrency import each
from fixtures.observations import instrument, observation
from fixtures.parts import Role, UserPool
from fixtures.probes import buckets, custody, roles, user_pools
from fixtures.probes.answers import pages
from fixtures.probes.inspections import Inspection
from fixtures.references import resolve
from fixtures.resources import Resources
from fixtures.targets import Target


@instrument
def function_variables(aws: Aws, target: Target) -> dict[str, dict[str, str]]:
    """The variables of every declared function that exists; never recorded, for they may hold secrets.

    Raises:
        LookupError: none of them exists.
    """
    names = {one.name for one in target.parts.functions}
    found = {
        one["FunctionName"]: one.get("Environment", {}).get("Variables", {})
        for one in pages(aws.client("lambda"), "list_functions", "Functions")
        if one["FunctionName"] in names
    }
    if names and not found:
        raise LookupError("no declared function exists")
    return found


@observation
def function_literals(function_variables: dict[str, dict[str, str]], target: Target) -> list[Inspection]:
    """Which variables of functions hold a secret in plain text."""
    secrets = frozenset(one.name for one in target.parts.secrets)
    return [custody.literals(name, variables, secrets) for name, variables in function_variables.items()]


@observation
def secret_custody(aws: Aws, target: Target) -> list[custody.Custody]:
    """How every declared secret is kept."""
    client = aws.client("secretsmanager")
    return each(lambda one: custody.custody(client, one.name), target.parts.secrets)


@observation
def secret_renewals(
    secret_custody: list[custody.Custody], target: Target, caller: Caller
) -> list[Inspection]:
    """Whether every declared secret was changed in time."""
    now = now_of(caller)
    return [
        custody.renewal(found, one.max_age_days, now)
        for found, one in zip(secret_custody, target.parts.secrets, strict=True)
    ]


@observation
def account_roles(aws: Aws, target: Target) -> roles.Roles:
    """The declared roles, those that declared parts run under, and all that are named like the system's."""
    return roles.roles(aws.client("iam"), _role_names(target), target.parts.role_prefix)


def _role_names(target: Target) -> set[str]:
    parts = target.parts
    used = [one.role for one in parts.functions]
    used += [role for one in parts.containers for role in (one.role, one.execution_role)]
    return {one.name for one in parts.roles}.union(name for name in used if name)


@instrument
def granted_resources(aws: Aws, target: Target) -> Resources:
    """The declared parts by ARN, with the actual ones of the secrets and buckets that grants name."""
    parts = target.parts
    named = {name for role in parts.roles for grant in role.grants for name in grant.resources}
    secrets = [one.name for one in parts.secrets if one.name in named]
    kept = each(lambda name: custody.custody(aws.client("secretsmanager"), name), secrets)
    prefixes = [one.prefix for one in parts.buckets if one.prefix in named]
    found = buckets.names(aws.client("s3"), prefixes) if prefixes else {}
    actual = {one.name: one.arn for one in kept if one.arn}
    actual |= {prefix: names[0] for prefix, names in found.items() if names}
    return Resources(parts, target.place.region, target.account, actual)


@observation
def role_grants(account_roles: roles.Roles, granted_resources: Resources, target: Target) -> list[Inspection]:
    """Whether every declared role may do what it must."""

    def wanted(role: Role) -> list[tuple[str, str]]:
        return [
            (action, granted_resources.arn(name, action))
            for grant in role.grants
            for action in grant.actions
            for name in grant.resources
        ]

    return [roles.granted(one.name, account_roles.find(one.name), wanted(one)) for one in target.parts.roles]


@observation
def role_modesty(account_roles: roles.Roles, target: Target) -> list[Inspection]:
    """Whether each of the system's roles that exist may do no more than it should."""
    resources = Resources(target.parts, target.place.region, target.account)
    data = {service: resources.patterns(service) for service in roles.DATA_SERVICES}
    never = {one.name: one.never for one in target.parts.roles}
    return [roles.modest(one, never.get(one.name, ()), data) for one in account_roles.roles]


@observation
def role_namesakes(account_roles: roles.Roles, target: Target) -> list[Inspection]:
    """Each role that is named like the system's, and whether it is declared."""
    return roles.strangers(account_roles.namesakes, _role_names(target))


def _pool(aws: Aws, target: Target, declared: UserPool) -> user_pools.Pool:
    id_ = resolve(declared.id, target, aws) if declared.id else None
    return user_pools.pool(aws.client("cognito-idp"), declared.name, id_)


@observation
def pools(aws: Aws, target: Target) -> list[user_pools.Pool]:
    """Every declared user pool."""
    return each(lambda one: _pool(aws, target, one), target.parts.user_pools)


@observation
def pool_admissions(pools: list[user_pools.Pool], target: Target) -> list[Inspection]:
    """What each pool demands of those who sign in."""
    return [
        user_pools.admission(found, one.min_password_length, one.mfa)
        for found, one in zip(pools, target.parts.user_pools, strict=True)
    ]


@observation
def pool_clients(aws: Aws, pools: list[user_pools.Pool], target: Target) -> list[Inspection]:
    """How the declared client of each pool differs from what was agreed."""
    client = aws.client("cognito-idp")
    return [
        user_pools.tokens(
            one.client,
            user_pools.app_client(client, found, one.client),
            (one.access_minutes, one.id_minutes, one.refresh_days),
            one.flows,
        )
        for found, one in zip(pools, target.parts.user_pools, strict=True)
    ]


@observation
def pool_triggers(aws: Aws, pools: list[user_pools.Pool]) -> list[Inspection]:
    """Whether the functions that each pool calls are there and active."""
    client = aws.client("lambda")
    arns = sorted({arn for one in pools for _, arn in one.triggers})
    states = dict(zip(arns, each(lambda arn: user_pools.function_state(client, arn), arns), strict=True))
    return [user_pools.trigger_health(one, states) for one in pools]
