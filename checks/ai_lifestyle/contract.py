"""Are answers of the form that was agreed? Complaints about every field that is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from checks.ai_lifestyle.answers import Said
from checks.ai_lifestyle.journey import Journey
from checks.ai_lifestyle.shapes import Activities, Activity, Done, Error, Goal, Goals, Told

FREE = frozenset({"metadata", "deviceInfo", "details"})
"""Objects whose keys are nobody's business."""
SHAPES: Mapping[str, type[BaseModel]] = {
    "create": Goal,
    "get": Goal,
    "list": Goals,
    "update": Goal,
    "log": Activity,
    "list activities": Activities,
    "progress": Told,
    "archive": Done,
}
"""By step of a journey: of what form its answer is."""


def about(journey: Journey) -> list[str]:
    """What the answers of a journey have that was not agreed; refused steps are another check's business."""
    said = {name: one for name, one in journey.steps.items() if name in SHAPES and one.status < 400}
    located = said.get("create")
    location = located.headers.get("location", "") if located else ""
    is_there = not located or location.endswith(f"/goals/{journey.goal_id}")
    return [
        *(
            f"{journey.pattern}: {name}: {one}"
            for name, answer in said.items()
            for one in _about(name, answer)
        ),
        *([] if is_there else [f"{journey.pattern}: create: Location {location!r}"]),
    ]


def about_error(said: Said) -> list[str]:
    """What an error in the application's own words has that was not agreed."""
    return [f"{said.asked}: {one}" for one in [*_misshapen(Error, said.body), *_headless(said)]]


def _about(name: str, said: Said) -> Iterator[str]:
    yield from _misshapen(SHAPES[name], said.body)
    yield from (f"{key} is not camelCase" for key in sorted(set(_snakes(said.body))))
    yield from _headless(said)


def _headless(said: Said) -> list[str]:
    wanted = {"content-type": "application/json", "x-request-id": ""}
    return [
        f"header {name} is {said.headers.get(name)}"
        for name, start in wanted.items()
        if not said.headers.get(name, "").startswith(start) or name not in said.headers
    ]


def _misshapen(shape: type[BaseModel], body: Mapping[str, Any]) -> list[str]:
    try:
        shape.model_validate(body)
    except ValidationError as error:
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return []


def _snakes(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, within in value.items():
            if "_" in key:
                yield key
            if key not in FREE:
                yield from _snakes(within)
    elif isinstance(value, list):
        for one in value:
            yield from _snakes(one)
