"""Of what form are the fields of a request? Shared kinds of values, and how a request is read with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel, to_snake

from checks.ai_lifestyle.twin.refusals import bad_request

FREE = frozenset({"metadata", "device_info", "deviceInfo"})
"""Objects whose keys are the user's own."""
api_name, store_name = cache(to_camel), cache(to_snake)
SMALLEST, LARGEST = 1e-100, 1e100
"""DynamoDB takes no number much beyond."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T.+)?")


class Shape(BaseModel):
    """A JSON object in camelCase. What it does not know it leaves out; null is as good as absent."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)

    def stored(self) -> dict[str, Any]:
        """What was said and what stands for the rest, under the names of the store."""
        return self.model_dump(exclude_none=True)

    def said(self) -> dict[str, Any]:
        """What was said, under the names of the store."""
        return self.model_dump(exclude_none=True, exclude_unset=True)


AnyShape = TypeVar("AnyShape", bound=Shape)


def read(shape: type[AnyShape], body: object) -> AnyShape:
    """The body of a request.

    Raises:
        RefusedError: 400, naming every field that is not of its form.
    """
    try:
        return shape.model_validate(body)
    except ValidationError as error:
        faults = {".".join(map(str, fault["loc"])) or "body": fault["msg"] for fault in error.errors()}
        raise bad_request(faults) from error


def day_of(text: str) -> date:
    """The day of a date or a date-time.

    Raises:
        ValueError: it is neither.
    """
    if not DAY.fullmatch(text):
        raise ValueError("should be YYYY-MM-DD or a date-time")
    return datetime.fromisoformat(text).date()


def in_api_names(said: Mapping[str, Any]) -> dict[str, Any]:
    """Something stored, as the API names it: camelCase, all the way down."""
    return _renamed(said, api_name)


def in_store_names(said: Mapping[str, Any]) -> dict[str, Any]:
    """Something of the API, as the store names it: snake_case, all the way down."""
    return _renamed(said, store_name)


def _is_day(text: str) -> str:
    day_of(text)
    return text


def _is_storable(number: float) -> float:
    if number and not SMALLEST <= abs(number) <= LARGEST:
        raise ValueError("is out of range")
    return number


def _renamed(said: Mapping[str, Any], rename: Callable[[str], str]) -> dict[str, Any]:
    def inner(value: Any) -> Any:
        if isinstance(value, Mapping):
            return _renamed(value, rename)
        return [inner(one) for one in value] if isinstance(value, list | tuple) else value

    return {rename(key): value if key in FREE else inner(value) for key, value in said.items()}


Number = Annotated[float, Field(strict=True, allow_inf_nan=False), AfterValidator(_is_storable)]
Positive = Annotated[Number, Field(gt=0)]
Whole = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Line = Annotated[str, Field(min_length=1, max_length=50)]
Paragraph = Annotated[str, Field(max_length=500)]
Color = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Day = Annotated[str, AfterValidator(_is_day)]
"""A date `YYYY-MM-DD` or a date-time, kept as it was given."""
