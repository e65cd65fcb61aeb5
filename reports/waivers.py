"""Which failures did somebody accept, until when, and which waivers are no longer of use?"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from reports.results import Outcome, Result

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Target = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$")]


class Waiver(BaseModel):
    """A failure of one check on one target (`madrid_bus/prod`), accepted by its owner through `expiry`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    check: Text
    target: Target
    owner: Text
    reason: Text
    expiry: Annotated[date, Field(strict=True)]


class BadWaivers(ValueError):  # noqa: N818  the sentence it makes: "bad waivers: …"
    """The file cannot be used; the message has one line per fault."""


@dataclass(frozen=True)
class Unused:
    """A waiver that is in force and covered nothing, and why."""

    waiver: Waiver
    why: str


@dataclass(frozen=True)
class Applied:
    """The results with the waived ones marked, in the order given, and the waivers to be tidied up."""

    results: tuple[Result, ...]
    expired: tuple[Waiver, ...] = ()
    unused: tuple[Unused, ...] = ()


def parse(text: str, source: str = "waivers.toml") -> tuple[Waiver, ...]:
    """The waivers of a file of `[[waiver]]` tables, in its order; an empty file has none.

    Raises:
        BadWaivers: with every fault at once, each naming file, waiver, key and reason.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadWaivers(f"{source}: not TOML: {error}") from error
    tables = document.pop("waiver", [])
    faults = [f"{source}: {key}: only [[waiver]] tables are known here" for key in document]
    if not isinstance(tables, list):
        raise BadWaivers("\n".join([*faults, f"{source}: waiver: write [[waiver]], with two brackets"]))
    waivers: list[Waiver] = []
    for number, table in enumerate(tables, start=1):
        try:
            waivers.append(Waiver.model_validate(table))
        except ValidationError as error:
            faults += [f"{source}: waiver {number}{_name(table)}: {fault}" for fault in _faults(error)]
    named = Counter((waiver.check, waiver.target) for waiver in waivers)
    faults += [
        f"{source}: {check} on {target}: waived {count} times"
        for (check, target), count in named.items()
        if count > 1
    ]
    if faults:
        raise BadWaivers("\n".join(faults))
    return tuple(waivers)


def _name(table: Any) -> str:
    check = table.get("check") if isinstance(table, dict) else None
    return f" ({check})" if isinstance(check, str) else ""


def _faults(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, fault['loc'])) or 'table'}: {fault['msg']}" for fault in error.errors()]


def apply(waivers: Iterable[Waiver], results: Iterable[Result], today: date) -> Applied:
    """Mark the failures that a waiver covers on `today`; a waiver holds through the day of its expiry.

    Only a failure can be waived: somebody knew it and accepted it. An unknown stays unknown, since nobody
    can have accepted what was not seen. A waiver touches no result but those of its check on its target.
    """
    kept = tuple(results)
    everything = tuple(waivers)
    in_force = {(waiver.check, waiver.target): waiver for waiver in everything if today <= waiver.expiry}
    unused = [Unused(waiver, why) for waiver in in_force.values() if (why := _why_unused(waiver, kept))]
    return Applied(
        results=tuple(_marked(result, in_force.get((result.check, result.target))) for result in kept),
        expired=tuple(waiver for waiver in everything if waiver.expiry < today),
        unused=tuple(unused),
    )


def _marked(result: Result, waiver: Waiver | None) -> Result:
    if waiver is None or result.outcome != Outcome.FAILED:
        return result
    return replace(result, waiver=f"until {waiver.expiry}, {waiver.owner}: {waiver.reason}")


def _why_unused(waiver: Waiver, results: tuple[Result, ...]) -> str:
    """Empty if it covered a failure."""
    outcomes = {
        result.outcome for result in results if (result.check, result.target) == (waiver.check, waiver.target)
    }
    if Outcome.FAILED in outcomes:
        return ""
    if Outcome.UNKNOWN in outcomes:
        return "could not look, and only a failure can be waived"
    if Outcome.PASSED in outcomes:
        return "passed: the waiver can go"
    return "skipped" if outcomes else "not in this run"
