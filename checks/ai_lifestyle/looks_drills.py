"""What happens when a release is rolled back, and when the table is restored?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from checks.ai_lifestyle.diary import Diary
from checks.ai_lifestyle.drills import Restoration, Rollback, Smoke
from checks.ai_lifestyle.journey import travel
from checks.ai_lifestyle.settings import Drill
from fixtures.aws import Aws
from fixtures.causes import CouldNotLookError
from fixtures.observations import instrument, observation
from fixtures.parts import Function
from fixtures.probes.answers import member, pages
from fixtures.probes.tables import MISSING, table
from fixtures.targets import Target
from reports.results import Cause

AN_HOUR_S = 3600.0
MOVED = "get_progress"


@instrument
def turn() -> threading.Lock:
    """One drill at a time: each moves what the others look at."""
    return threading.Lock()


@observation(deadline_s=600)
def rollback(turn: threading.Lock, drill_aws: Aws, diary: Diary, target: Target) -> Rollback:
    """A function's alias, led back to the version before and forward again, with a goal's chain each time."""
    function = _moved(target)
    client, where = drill_aws.client("lambda"), {"FunctionName": function.name, "Name": function.alias}
    with turn:
        live = str(member(client.get_alias(**where), "FunctionVersion"))
        previous = _previous(client, function.name, live)
        try:
            client.update_alias(**where, FunctionVersion=previous)
            before = _smoke(diary, f"on version {previous}")
        finally:
            client.update_alias(**where, FunctionVersion=live)
        after = _smoke(diary, f"back on version {live}")
        ended = str(member(client.get_alias(**where), "FunctionVersion"))
    return Rollback(function.name, live, previous, ended, (before, after))


@observation(deadline_s=AN_HOUR_S)
def restoration(turn: threading.Lock, drill_aws: Aws, target: Target) -> Restoration:
    """The goals table, restored under another name as of the latest moment, compared, and removed."""
    declared, pace = target.parts.tables[0], target.settings.drill
    name = declared.restored or f"{declared.name}-restored"
    client = drill_aws.client("dynamodb")
    with turn:
        if table(client, name).status != MISSING:
            raise CouldNotLookError(
                Cause.NOT_RUN, f"{name} is there already, and not ours", "finish with it, then delete it"
            )
        client.restore_table_to_point_in_time(
            SourceTableName=declared.name, TargetTableName=name, UseLatestRestorableTime=True
        )
        try:
            active_s = _until(lambda: table(client, name).status == "ACTIVE", pace)
            copy = table(client, name)
            copied = 0 if active_s is None else _count(client, name)
            kept = _count(client, declared.name)
        finally:
            _until(lambda: table(client, name).status != "CREATING", pace)
            client.delete_table(TableName=name)
            is_removed = _until(lambda: table(client, name).status == MISSING, pace) is not None
    original = table(client, declared.name)
    return Restoration(original, copy, active_s, kept, copied, is_removed)


def _moved(target: Target) -> Function:
    """The function whose alias is moved: one that only reads, if there are several."""
    found = [one for one in target.parts.functions if one.alias]
    if not found:
        raise LookupError("no function has an alias")
    return next((one for one in found if one.name.startswith(MOVED)), found[0])


def _previous(client: Any, function: str, live: str) -> str:
    versions = [
        one["Version"]
        for one in pages(client, "list_versions_by_function", "Versions", FunctionName=function)
    ]
    older = [version for version in versions if version.isdigit() and int(version) < int(live)]
    if not older:
        raise LookupError(f"{function}: no version before {live}")
    return str(max(older, key=int))


def _smoke(diary: Diary, when: str) -> Smoke:
    return Smoke(when, diary.get("/health"), travel(diary, "recurring"))


def _count(client: Any, name: str) -> int:
    found = client.get_paginator("scan").paginate(TableName=name, Select="COUNT")
    return sum(int(member(page, "Count")) for page in found)


def _until(is_so: Callable[[], bool], pace: Drill) -> float | None:
    """After how many seconds something was so; None if it was not in time."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > pace.restored_s:
            return None
        time.sleep(pace.poll_s)
    return round(time.monotonic() - began, 1)
