"""What do the account routes take? The bodies of their requests, and of what form each field must be."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from checks.ai_lifestyle.twin.shapes import Shape

SYMBOLS = frozenset("!@#$%^&*()_+-=[]{}\\|;:,.<>?")
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


def _is_strong(password: str) -> str:
    kinds = (str.islower, str.isupper, str.isdigit, SYMBOLS.__contains__)
    if not all(any(map(kind, password)) for kind in kinds):
        raise ValueError("should have a lower and an upper case letter, a digit and a symbol")
    return password


def _is_name(name: str) -> str:
    if re.search(r"[^\w\s-]|[\d_]", name):
        raise ValueError("should be letters, blanks and hyphens")
    return name


Email = Annotated[str, Field(pattern=EMAIL, max_length=254)]
Password = Annotated[str, Field(min_length=8, max_length=128), AfterValidator(_is_strong)]
Name = Annotated[str, Field(min_length=1, max_length=50), AfterValidator(_is_name)]
Secret = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^\d{6}$")]


class NewUser(Shape):
    """Who wants to register."""

    email: Email
    password: Password
    first_name: Name
    last_name: Name


class Credentials(Shape):
    """Who wants to sign in."""

    email: Email
    password: Secret


class Renewal(Shape):
    """What a new access token is asked with."""

    refresh_token: Secret


class Proof(Shape):
    """What was mailed: the address and the code, joined by a colon."""

    token: Secret


class NewPassword(Proof):
    """What was mailed, and the password from now on."""

    new_password: Password


class Address(Shape):
    """Whose password is to be reset."""

    email: Email


class Digits(Shape):
    """A code of the second factor."""

    code: Code


class SecondFactor(Digits):
    """A code of the second factor, and the sign-in that waits for it."""

    session_token: Secret


class OldPassword(Shape):
    """The password once more."""

    password: Secret


class ProfileChange(Shape):
    """What users say of themselves."""

    first_name: Name | None = None
    last_name: Name | None = None
    phone_number: Annotated[str, Field(pattern=r"^\+[1-9]\d{6,14}$")] | None = None
    date_of_birth: date | None = None
    timezone: Annotated[str, Field(min_length=1, max_length=50)] | None = None
    preferences: dict[str, Any] | None = None
