"""What does the REST API say, now and about the past?"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from checks.madrid_bus import past, statements
from checks.madrid_bus.access import fresh_group
from checks.madrid_bus.contract import Reading, time_of
from checks.madrid_bus.past import Drawn, Edge, Past, Question, Subject, Transcript, resolution
from checks.madrid_bus.rows import HISTORY_S, Span
from checks.madrid_bus.statements import TABLES, relations
from checks.madrid_bus.topology import agreed
from checks.madrid_bus.visits import AT_ONCE, HEALTH_CHECK, LATEST, Visit, ask_latest, headers, read, sampled
from fixtures.aws import Aws, Caller
from fixtures.causes import CouldNotLookError
from fixtures.concurrency import each
from fixtures.observations import instrument, observation, upfront
from fixtures.probes.http import Ask
from fixtures.references import resolve
from fixtures.sql import Sql
from fixtures.targets import Target
from fixtures.web import Web
from reports.results import Cause

FAR_AHEAD = timedelta(days=3650)
LOOK_BACK = timedelta(minutes=5)
# The oldest rows may expire while we ask.
LEEWAY_S = 600.0
STORED = {
    "people_count": "measure_value::bigint",
    "sensor_data": "temperature",
    "bus_position": "distance_to_next_stop",
}


@observation
def api_key(aws: Aws, target: Target) -> str:
    """The key that the environment says all three APIs share."""
    return resolve(target.settings.api_key, target, aws)


@instrument
def visit(api_key: str, caller: Caller) -> Visit:
    """Who we are to the APIs: a group of our own for every run."""
    return Visit(api_key, fresh_group(), caller.clock_offset_s)


@observation
def rest_health(web: Web, visit: Visit) -> Reading:
    """The one request by which the runbook tells whether the API is well."""
    return read(web, visit, "api", Ask("/people-count/S001", LATEST, headers(visit.key, HEALTH_CHECK)))


@observation
def latest_people(web: Web, visit: Visit, target: Target) -> dict[str, Reading]:
    """The newest count, by stop."""
    stops = [stop.stop_id for stop in sampled(agreed().stops, target.run.sample)]
    return dict(zip(stops, ask_latest(web, visit, [f"/people-count/{stop}" for stop in stops]), strict=True))


@observation
def latest_sensors(web: Web, visit: Visit, target: Target) -> dict[str, Reading]:
    """The newest sensor values, by bus or stop."""
    buses = [(bus.bus_id, "bus") for bus in sampled(agreed().buses, target.run.sample)]
    stops = [(stop.stop_id, "stop") for stop in sampled(agreed().stops, target.run.sample)]
    paths = [f"/sensors/{kind}/{entity_id}" for entity_id, kind in buses + stops]
    readings = ask_latest(web, visit, paths)
    return {entity_id: reading for (entity_id, _), reading in zip(buses + stops, readings, strict=True)}


@observation
def latest_positions(web: Web, visit: Visit, target: Target) -> dict[str, Reading]:
    """The newest position, by bus."""
    buses = [bus.bus_id for bus in sampled(agreed().buses, target.run.sample)]
    return dict(zip(buses, ask_latest(web, visit, [f"/bus-position/{bus}" for bus in buses]), strict=True))


@observation
def latest_lines(web: Web, visit: Visit, target: Target) -> dict[str, Reading]:
    """The newest positions of all buses, by line; a sample is its first two."""
    lines = [line.line_id for line in agreed().lines][: 2 if target.run.sample else None]
    return dict(
        zip(lines, ask_latest(web, visit, [f"/bus-position/line/{line}" for line in lines]), strict=True)
    )


@upfront
def past_moments() -> Drawn:
    """Moments of the past, drawn at random."""
    return past.draw(_subjects(), secrets.randbelow(2**32))


@observation(deadline_s=60)
def past_answers(
    web: Web, sql: Sql, visit: Visit, spans: list[Span], past_moments: Drawn, target: Target
) -> Transcript:
    """What the API says about moments of the past, fixed and drawn, and what Timestream holds for them."""
    subjects = _subjects()
    reach_s = {span.table: min((span.oldest_s or 0.0) - LEEWAY_S, HISTORY_S) for span in spans}
    fixed = [(s, back.total_seconds()) for s in subjects[:3] for back in past.FIXED]
    now = visit.now()
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    asked = [
        Question(s, now - timedelta(seconds=int(back)))
        for s, back in fixed + past_moments.within(reach_s)
        if back < reach_s[s.table]
    ]
    if not asked:
        raise CouldNotLookError(Cause.NO_DATA, "there is no history to ask about")
    zones = [
        replace(question, zone=zone)
        for question in asked[::5]
        for zone in past.ZONES
        if zone != question.zone
    ]
    answers = _ask(web, visit, asked + zones)
    edges = each(lambda subject: _edge(web, visit, subject), subjects[:3])
    again = [
        Question(question.subject, answer.time + resolution(answer.time) - timedelta(milliseconds=1))
        for question, answer in zip(asked[::3], answers[: len(asked) : 3], strict=True)
        if answer.time
    ]
    stored = _stored(sql, asked + zones, answers, relations(target))
    return Transcript(past_moments.seed, tuple(stored), tuple(_ask(web, visit, again)), tuple(edges))


def _subjects() -> list[Subject]:
    """A stop, a bus and a sensor first, then everything."""
    counts = [
        Subject(f"/people-count/{s.stop_id}", "people_count", s.stop_id, "count") for s in agreed().stops
    ]
    buses = [
        Subject(f"/bus-position/{b.bus_id}", "bus_position", b.bus_id, "distance_to_next_stop")
        for b in agreed().buses
    ]
    sensors = [
        Subject(f"/sensors/bus/{b.bus_id}", "sensor_data", b.bus_id, "temperature") for b in agreed().buses
    ]
    return [counts[0], buses[0], sensors[0], *counts[1:], *buses[1:], *sensors[1:]]


def _ask(web: Web, visit: Visit, questions: Sequence[Question]) -> list[Past]:
    def ask(question: Question) -> Past:
        path = question.subject.path
        reading = read(web, visit, "api", Ask(path, {"timestamp": question.timestamp}, visit.headers))
        value = reading.body.get(question.subject.field)
        number = float(value) if isinstance(value, int | float) else None
        return Past(path, question.at, question.zone, reading.status, time_of(reading.body), number)

    return each(ask, questions, AT_ONCE)


def _edge(web: Web, visit: Visit, subject: Subject) -> Edge:
    def at(when: timedelta) -> dict[str, str]:
        return {"timestamp": Question(subject, visit.now() + when).timestamp}

    times = [
        time_of(read(web, visit, "api", Ask(subject.path, query, visit.headers)).body)
        for query in (LATEST, at(timedelta()), at(FAR_AHEAD), LATEST)
    ]
    return Edge(subject.path, *times)


def _stored(
    sql: Sql, questions: Sequence[Question], answers: Sequence[Past], where: dict[str, str]
) -> list[Past]:
    """The answers, each with what Timestream holds for its moment: one statement per table."""
    found = list(answers)
    for table, relation in where.items():
        mine = [(i, question) for i, question in enumerate(questions) if question.subject.table == table]
        if not mine:
            continue
        asked = [(question.subject.entity_id, question.at, LOOK_BACK) for _, question in mine]
        rows = sql.rows(statements.newest_before(relation, TABLES[table], STORED[table], asked))
        for row in rows:
            i = mine[row["probe"]][0]
            value = None if row["value"] is None else float(row["value"])
            found[i] = replace(found[i], stored_time=row["time"], stored_value=value)
    return found
