"""What does the REST API say to questions that have no answer?"""

from __future__ import annotations

from collections.abc import Sequence

from checks.madrid_bus import errors
from checks.madrid_bus.contract import Reading
from checks.madrid_bus.errors import Question, Refusal
from checks.madrid_bus.visits import AT_ONCE, Visit, read
from fixtures.causes import CouldNotLookError
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes.http import Ask
from fixtures.web import Web
from reports.results import Cause


@observation
def id_refusals(web: Web, visit: Visit, rest_health: Reading) -> list[Refusal]:
    """What it says to ids that nothing has."""
    return _ask(web, visit, rest_health, errors.about_ids())


@observation
def moment_refusals(web: Web, visit: Visit, rest_health: Reading) -> list[Refusal]:
    """What it says to moments that nothing is known about."""
    return _ask(web, visit, rest_health, errors.about_moments(visit.now()))


def _ask(web: Web, visit: Visit, healthy: Reading, questions: Sequence[Question]) -> list[Refusal]:
    if not healthy.is_ok:
        why = f"{healthy.asked}: HTTP {healthy.status}, so that other refusals prove nothing"
        raise CouldNotLookError(Cause.UNREACHABLE, why)

    def ask(question: Question) -> Refusal:
        reading = read(web, visit, "api", Ask(question.path, question.query, visit.headers))
        query = "&".join(f"{name}={value}" for name, value in question.query.items())
        message = str(reading.body.get("message") or "")
        asked = f"{question.path}{'?' * bool(query)}{query}"
        return Refusal(asked, question.statuses, reading.status, message, question.words)

    return each(ask, questions, AT_ONCE)
