"""Who is let in: with the key and a group, without, and with the key that the secret holds?"""

from __future__ import annotations

import json
from dataclasses import replace

from checks.madrid_bus.access import Attempt, Case, alive, fresh_group, http_cases, is_answered, socket_cases
from checks.madrid_bus.limits import HANDSHAKE_S
from checks.madrid_bus.visits import AT_ONCE, LATEST, Visit, headers, post, socket_headers, socket_url
from fixtures.aws import Aws
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.probes.answers import member
from fixtures.probes.http import Ask
from fixtures.probes.websocket import handshake
from fixtures.targets import Target
from fixtures.web import Web

ROUTES = ("/people-count/S001", "/sensors/bus/B001", "/bus-position/B001", "/bus-position/line/L1")
LINE_ROUTE = ROUTES[-1]
MCP_CALLS = {"/mcp/list-tools": "", "/mcp/call-tool": "query_people_count"}
MCP_CASES = 7
SHOWN = 60


@observation
def rest_attempts(web: Web, visit: Visit, api_key: str) -> list[Attempt]:
    """Every case on each of the four routes, asking for now and, where that is possible, for the past."""
    moment = {"timestamp": visit.now().isoformat(timespec="seconds").replace("+00:00", "Z")}
    cases = http_cases(api_key)
    doors = [(route, LATEST) for route in ROUTES] + [
        (route, moment) for route in ROUTES if route != LINE_ROUTE
    ]
    knocks = [(route, query, case) for route, query in doors for case in cases]
    return alive(
        each(
            lambda knock: _knock(
                web, "api", Ask(knock[0], {**knock[1], **knock[2].query}, knock[2].headers), knock[2]
            ),
            knocks,
            AT_ONCE,
        )
    )


@observation
def mcp_attempts(web: Web, api_key: str) -> list[Attempt]:
    """The first seven cases on both routes of the MCP server."""
    asks = [
        (case, post(path, case.headers, tool, {"stop_id": "S001"}))
        for path, tool in MCP_CALLS.items()
        for case in http_cases(api_key)[:MCP_CASES]
    ]
    return alive(each(lambda ask: _knock(web, "mcp", ask[1], ask[0]), asks, AT_ONCE))


@observation
def socket_attempts(endpoints: dict[str, str], api_key: str) -> list[Attempt]:
    """Every case of the handshake. Only a status counts: without an answer nothing was seen."""
    return alive(each(lambda case: _shake(endpoints["websocket"], case), socket_cases(api_key)))


@observation
def secret_attempts(web: Web, endpoints: dict[str, str], aws: Aws, target: Target) -> list[Attempt]:
    """The key that the secret holds, on all three APIs."""
    (declared,) = target.parts.secrets
    answer = aws.client("secretsmanager").get_secret_value(SecretId=declared.name)
    key = _value(member(answer, "SecretString"), declared.keys[0])
    if key is None:
        return [Attempt(declared.name, f"holds no {declared.keys[0]}", True, 0)]
    return alive(knock_everywhere(web, endpoints, key, fresh_group(), is_entitled=True))


def knock_everywhere(
    web: Web, endpoints: dict[str, str], key: str, group: str, *, is_entitled: bool
) -> list[Attempt]:
    """A key and a group on all three APIs."""
    case = Case("this key", is_entitled, headers(key, group))
    socket = replace(case, headers={}, query={"api_key": key, "group_name": group})
    return [
        _knock(web, "api", Ask(ROUTES[0], LATEST, case.headers), case),
        _shake(endpoints["websocket"], socket),
        _knock(web, "mcp", post("/mcp/list-tools", case.headers), case),
    ]


def _knock(web: Web, endpoint: str, ask: Ask, case: Case) -> Attempt:
    reply = web.ask(endpoint, ask)
    way = "" if ask.method == "POST" else " latest" if "mode" in ask.query else " past"
    said = reply.fields.get("message") or reply.fields.get("error") or ""
    answered = is_answered(reply.json)
    return Attempt(ask.path + way, case.name, case.is_entitled, reply.status, answered, str(said)[:SHOWN])


def _shake(endpoint: str, case: Case) -> Attempt:
    shaken = handshake(socket_url(endpoint, case.query), {**socket_headers(), **case.headers}, HANDSHAKE_S)
    return Attempt("websocket", case.name, case.is_entitled, shaken.status)


def _value(text: str, key: str) -> str | None:
    try:
        value = json.loads(text)[key]
    except (ValueError, TypeError, KeyError):
        return None
    return value if isinstance(value, str) and value else None
