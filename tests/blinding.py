"""How is a twin blinded? Whatever a look goes through is a door, and every door can be shut in six ways."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import websocket

from fixtures import web
from fixtures.aws import Aws
from fixtures.observations import sightings_key
from fixtures.observer import Observer
from fixtures.probes.http import fetch
from fixtures.selection import binding_key
from fixtures.sightings import Sighting, current
from fixtures.twins.exchange import Answer, Request
from fixtures.twins.routing import Call
from fixtures.twins.rules import HTML
from fixtures.twins.world import World

LATE_S, DEADLINE_S = 3.0, 0.4
MOST_DOORS = 10


@dataclass(eq=False)
class Ways:
    """How the looks of a run reach what they look at. A door is `service:Operation` or a mount of the twin's
    web host, by look; `needs` and `asked` are the looks that a look needs and a case asks for by name. Looks
    and cases are named with their system: `shop containers.running`."""

    doors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    needs: dict[str, set[str]] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)
    instruments: set[str] = field(default_factory=set)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note what a check asked for."""
        if hasattr(report, "gonogo"):
            system = report.gonogo["system"]
            looks = {f"{system} {name}" for name in report.gonogo["observations"]}
            self.asked[f"{system} {report.gonogo['check']}"] = looks

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        """Note what its looks needed."""
        for sighting in item.stash.get(sightings_key, {}).values():
            self.needs[_name(sighting)] = {_name(need) for need in sighting.needs.values()}
            if sighting.look.is_instrument:
                self.instruments.add(_name(sighting))

    def behind(self, look: str) -> set[str]:
        """A look and all that it needs, directly or not."""
        return {look}.union(*(self.behind(need) for need in self.needs[look]))

    def to(self, look: str) -> set[str]:
        """Every door on the way to what a look sees."""
        return _all(self.doors.get(one, set()) for one in self.behind(look))

    @property
    def everything(self) -> set[str]:
        """All doors."""
        return _all(self.doors.values())

    @property
    def gates(self) -> set[str]:
        """The doors that come first: behind an instrument, so that nothing else is seen without them."""
        return _all(self.to(need) for one in self.instruments for need in self.needs[one])

    def entangled(self) -> dict[str, set[str]]:
        """The doors on the way to each look that has several beside the gates: with all of them shut at once,
        nobody knows which was noticed. A look that knocks at very many on purpose does not count."""
        gates = self.gates
        ways = {look: self.to(look) - gates for look in self.needs}
        return {look: way for look, way in ways.items() if 2 <= len(way) <= MOST_DOORS}

    def apart(self) -> list[set[str]]:
        """The doors of entangled looks in as few groups as will do, so that no look has two of a group on its
        way: each is shut with all others open."""
        rivals: dict[str, set[str]] = defaultdict(set)
        for way in self.entangled().values():
            for door in way:
                rivals[door] |= way - {door}
        groups: list[set[str]] = []
        for door in sorted(rivals, key=lambda one: (-len(rivals[one]), one)):
            group = next((one for one in groups if not one & rivals[door]), None)
            if group is None:
                groups.append(group := set())
            group.add(door)
        return groups

    def through(self, doors: set[str]) -> set[str]:
        """The looks that go through one of these doors themselves."""
        return {look for look, own in self.doors.items() if own & doors}


def _all(sets: Iterable[set[str]]) -> set[str]:
    return set[str]().union(*sets)


def _name(sighting: Sighting) -> str:
    return f"{sighting.target.system.name} {sighting.look.name}"


@contextmanager
def followed(ways: Ways) -> Iterator[None]:
    """Note through which doors each look goes."""
    refuse_writes, connect = Aws._refuse_writes, websocket.create_connection

    def went(door: str) -> None:
        sighting = current.get()
        if sighting is not None:
            ways.doors[_name(sighting)].add(door)

    def asked_aws(self: Aws, model: Any, **more: Any) -> None:
        went(f"{model.service_model.service_name}:{model.name}")
        refuse_writes(self, model, **more)

    def fetched(session: Any, url: str, *more: Any) -> Any:
        went(_mount(url))
        return fetch(session, url, *more)

    def connected(url: str, **more: Any) -> Any:
        went(_mount(url))
        return connect(url, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Aws, "_refuse_writes", asked_aws)
        patch.setattr(web, "fetch", fetched)
        patch.setattr(websocket, "create_connection", connected)
        yield


def _mount(url: str) -> str:
    return "/".join(urlsplit(url).path.split("/")[1:3])


class Only:
    """Lets a run judge these cases only."""

    def __init__(self, cases: Iterable[str]) -> None:
        self._cases = set(cases)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        bindings = [(item, item.stash[binding_key]) for item in items]
        items[:] = [item for item, one in bindings if f"{one.target.system.name} {one.check}" in self._cases]


@contextmanager
def impatient(looks: set[str]) -> Iterator[None]:
    """Give these looks less time than a late answer takes."""
    plan = Observer.plan

    def planned(self: Observer, key: Any, look: Any, target: Any, *more: Any) -> Sighting:
        if f"{target.system.name} {look.name}" in looks:
            look = dataclasses.replace(look, deadline_s=DEADLINE_S)
        return plan(self, key, look, target, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Observer, "plan", planned)
        yield


@contextmanager
def shut(world: World, doors: set[str], way: str) -> Iterator[None]:
    """The twin with its doors shut in one way."""
    for door in doors:
        service, _, operation = door.partition(":")
        if operation:
            AWS[way](world, service, operation)
        else:
            WEB[way](world, door)
    try:
        yield
    finally:
        world.undo()


def _emptied(_call: Call, result: dict[str, Any]) -> dict[str, Any]:
    return {name: [] for name, value in result.items() if isinstance(value, list)}


AWS: Mapping[str, Callable[[World, str, str], None]] = {
    "denied": lambda world, *asked: world.aws.refuse(*asked, "AccessDenied", "not for you", 403),
    "throttled": lambda world, *asked: world.aws.refuse(*asked, "ThrottlingException", "Rate exceeded"),
    "late": lambda world, *asked: world.aws.delay(*asked, LATE_S),
    "empty": lambda world, *asked: world.aws.rule(*asked, _emptied),
    "halved": lambda world, *asked: world.aws.rule(*asked, lambda _call, _result: {}),
    "garbled": lambda world, *asked: world.aws.garble(*asked),
}


def _refused(status: int, message: str) -> Callable[[World, str], None]:
    answer = Answer.of({"message": message}, status)
    return lambda world, mount: world.web.before(mount, lambda _: answer)


def _empty(world: World, mount: str) -> None:
    world.web.after(mount, lambda _request, _answer: Answer.of({}))
    world.web.frames(mount, lambda _: [])


def _halved(world: World, mount: str) -> None:
    def after(_: Request, answer: Answer) -> Answer:
        return dataclasses.replace(answer, body=answer.body[: len(answer.body) // 2])

    world.web.after(mount, after)
    world.web.frames(mount, lambda frame: [json.dumps(frame)[:-9]])


WEB: Mapping[str, Callable[[World, str], None]] = {
    "denied": _refused(403, "Forbidden"),
    "throttled": _refused(429, "Too Many Requests"),
    "late": lambda world, mount: world.web.delay(mount, LATE_S),
    "empty": _empty,
    "halved": _halved,
    "garbled": lambda world, mount: world.web.before(
        mount, lambda _: Answer(200, {"content-type": "text/html"}, HTML)
    ),
}
