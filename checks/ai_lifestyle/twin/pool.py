"""Who are the users of the app, and how do they sign in? A Cognito pool with what moto leaves out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from checks.ai_lifestyle.twin.tokens import Signer, access_claims
from fixtures.parts import UserPool
from fixtures.twins.clock import Clock
from fixtures.twins.world import World

UNITS_S = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


class RefusedSignInError(Exception):
    """A sign-in or a refresh that Cognito refuses; `code` is its exception's name."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Tokens:
    """What a sign-in gives: the access token lives `lifetime_s`; a refresh gives no new `refresh` token."""

    sub: str
    lifetime_s: int
    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)


@dataclass(frozen=True)
class Person:
    """A user of the pool; `attributes` are Cognito's, by its names."""

    sub: str
    is_enabled: bool
    status: str
    attributes: dict[str, str]
    created_at: datetime
    updated_at: datetime


class Pool:
    """A user pool and its client. moto keeps the users and their passwords, the pool signs by its own keys.

    Whatever else Cognito raises (`botocore.exceptions.ClientError`) is let through.
    """

    def __init__(self, cognito: Any, pool_id: str, client_id: str, clock: Clock) -> None:
        self.id = pool_id
        self.client_id = client_id
        self.signer = Signer()
        self.cognito = cognito
        self._clock = clock
        self._owners: dict[str, str] = {}

    def sign_in(self, email: str, password: str) -> Tokens:
        """New tokens for whoever knows the password.

        Raises:
            RefusedSignInError: wrong password, disabled, unconfirmed, or not known, if the client tells.
        """
        try:
            given = self._initiate("USER_PASSWORD_AUTH", USERNAME=email, PASSWORD=password)
        except ClientError as error:
            code = str(error.response["Error"]["Code"])
            is_hidden = self._client().get("PreventUserExistenceErrors") == "ENABLED"
            is_unknown = code == "UserNotFoundException"
            raise RefusedSignInError(
                "NotAuthorizedException" if is_hidden and is_unknown else code
            ) from error
        sub = self.person(email).sub
        self._owners[given["RefreshToken"]] = sub
        return self.issue(sub, given["RefreshToken"])

    def renew(self, refresh_token: str) -> Tokens:
        """A new access token for a refresh token that was neither revoked nor signed out.

        moto forgets that a user may have been disabled meanwhile.

        Raises:
            RefusedSignInError: it is none, is revoked, or its user is disabled or gone.
        """
        sub = self._owners.get(refresh_token)
        try:
            if sub is None or not self.person(sub).is_enabled:
                raise RefusedSignInError("NotAuthorizedException")
            self._initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=refresh_token)
        except ClientError as error:
            raise RefusedSignInError(str(error.response["Error"]["Code"])) from error
        return self.issue(sub)

    def revoke(self, refresh_token: str) -> None:
        """End a refresh token; access tokens made with it live on until they run out."""
        self._owners.pop(refresh_token, None)

    def person(self, name: str) -> Person:
        """The user of an e-mail address or a sub."""
        found = self.cognito.admin_get_user(UserPoolId=self.id, Username=name)
        attributes = {one["Name"]: one["Value"] for one in found["UserAttributes"]}
        return Person(
            attributes["sub"],
            found["Enabled"],
            found["UserStatus"],
            attributes,
            found["UserCreateDate"],
            found["UserLastModifiedDate"],
        )

    def invite(self, email: str, password: str, **attributes: str) -> str:
        """Make a user who can sign in at once; the sub."""
        told = attributes | {"email": email, "email_verified": "true"}
        self.cognito.admin_create_user(
            UserPoolId=self.id, Username=email, MessageAction="SUPPRESS", UserAttributes=_listed(told)
        )
        self.set_password(email, password)
        return self.person(email).sub

    def register(self, email: str, password: str, **attributes: str) -> str:
        """Make a user who has yet to confirm the address; the sub."""
        made = self.cognito.sign_up(
            ClientId=self.client_id,
            Username=email,
            Password=password,
            UserAttributes=_listed(attributes | {"email": email}),
        )
        return str(made["UserSub"])

    def confirm(self, email: str) -> None:
        """Let a registered user in from now on."""
        self.cognito.admin_confirm_sign_up(UserPoolId=self.id, Username=email)
        self.describe(email, email_verified="true")

    def set_password(self, name: str, password: str) -> None:
        """Give a user another password for good."""
        self.cognito.admin_set_user_password(
            UserPoolId=self.id, Username=name, Password=password, Permanent=True
        )

    def describe(self, name: str, **attributes: str) -> None:
        """Change attributes of a user."""
        self.cognito.admin_update_user_attributes(
            UserPoolId=self.id, Username=name, UserAttributes=_listed(attributes)
        )

    def _initiate(self, flow: str, **parameters: str) -> dict[str, Any]:
        answer = self.cognito.initiate_auth(ClientId=self.client_id, AuthFlow=flow, AuthParameters=parameters)
        given: dict[str, Any] = answer["AuthenticationResult"]
        return given

    def issue(self, sub: str, refresh: str = "") -> Tokens:
        """An access token for a user, good for as long as the client says, and the refresh token given."""
        client = self._client()
        unit = client.get("TokenValidityUnits", {}).get("AccessToken", "hours")
        lifetime_s = client.get("AccessTokenValidity", 1) * UNITS_S[unit]
        claims = access_claims(self.id, self.client_id, sub, self._clock.now(), lifetime_s)
        return Tokens(sub, lifetime_s, self.signer.sign(claims), refresh)

    def _client(self) -> dict[str, Any]:
        found = self.cognito.describe_user_pool_client(UserPoolId=self.id, ClientId=self.client_id)
        client: dict[str, Any] = found["UserPoolClient"]
        return client


def find_pool(world: World, declared: UserPool, region: str) -> Pool:
    """The declared pool and its client, which must be there already."""
    cognito = world.aws.client("cognito-idp", region)
    pools = {one["Name"]: one["Id"] for one in cognito.list_user_pools(MaxResults=60)["UserPools"]}
    pool_id = str(pools[declared.name])
    listed = cognito.list_user_pool_clients(UserPoolId=pool_id, MaxResults=60)["UserPoolClients"]
    clients = {one["ClientName"]: one["ClientId"] for one in listed}
    return Pool(cognito, pool_id, str(clients[declared.client]), world.clock)


def _listed(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in attributes.items()]
