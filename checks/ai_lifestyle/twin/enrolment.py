"""With what do the synthetic users sign in? With what the settings refer to, made up for this twin."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from typing import Any

from checks.ai_lifestyle.twin.deployment import Cast, Credentials
from fixtures.targets import Target
from fixtures.twins.world import World

NAMES = ("a", "b", "unconfirmed", "careful")


def enrol(world: World, target: Target) -> Cast:
    """Make up an address and a password for each user that the settings declare, and keep them where those
    refer to: in secrets, which are made if they are not there, or in what the twin exports."""
    users = target.settings.users
    declared = {name: getattr(users, name) for name in NAMES if getattr(users, name)}
    kept: dict[str, dict[str, str]] = defaultdict(dict)
    cast: dict[str, Credentials] = {}
    for name, login in declared.items():
        cast[name] = Credentials(f"gonogo-{name}@example.org", f"Gon0go!{secrets.token_urlsafe(12)}")
        for reference, value in ((login.email, cast[name].email), (login.password, cast[name].password)):
            scheme, _, rest = reference.partition(":")
            if scheme == "env":
                world.exports[rest] = value
            else:
                secret, _, key = rest.partition("#")
                kept[target.named(secret)][key] = value
    client = world.aws.client("secretsmanager", target.place.region)
    for secret, values in kept.items():
        _keep(client, secret, values)
    return Cast(**cast)


def _keep(client: Any, secret: str, values: dict[str, str]) -> None:
    try:
        held = json.loads(client.get_secret_value(SecretId=secret)["SecretString"])
        client.put_secret_value(SecretId=secret, SecretString=json.dumps(held | values))
    except client.exceptions.ResourceNotFoundException:
        client.create_secret(Name=secret, SecretString=json.dumps(values))
