"""In which ways are questions answered that have no answer?"""

from __future__ import annotations

from dataclasses import replace

from fixtures.twins.exchange import Answer, Request
from fixtures.twins.faults import fault
from fixtures.twins.world import World

API = "madrid_bus/api"


@fault(notices=["BUS-58"], spares=["BUS-59", "BUS-32", "BUS-40"])
def an_unknown_id_got_an_answer(world: World) -> None:
    """/people-count answers for a stop that does not exist with the count of another."""

    def before(request: Request) -> Request:
        return replace(request, path=request.path.replace("S999", "S001"))

    world.web.before(f"{API}/people-count", before)


@fault(notices=["BUS-58"], spares=["BUS-59", "BUS-32", "BUS-40"])
def an_odd_id_broke_the_api(world: World) -> None:
    """An id with a quote in it ends in a 500."""

    def after(request: Request, answer: Answer) -> Answer:
        return answer.with_json({"message": "Internal Server Error"}, 500) if "'" in request.path else answer

    world.web.after(API, after)


@fault(notices=["BUS-59"], spares=["BUS-58", "BUS-32", "BUS-44"])
def malformed_moments_were_ignored(world: World) -> None:
    """A timestamp that is none is answered with the newest row."""

    def before(request: Request) -> Request:
        is_odd = request.query.get("timestamp") == "not-a-time"
        return replace(request, query={"mode": "latest"}) if is_odd else request

    world.web.before(API, before)


@fault(notices=["BUS-59"], spares=["BUS-58", "BUS-32"])
def a_refusal_lost_its_message(world: World) -> None:
    """What is refused with 400 is not told why."""

    def after(_request: Request, answer: Answer) -> Answer:
        return answer.with_json({"error": True}, 400) if answer.status == 400 else answer

    world.web.after(f"{API}/bus-position", after)
