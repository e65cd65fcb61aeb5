"""Does nobody get in to the twin's APIs without the key and a group?"""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from websocket import WebSocketBadStatusException

from tests.checks.madrid_bus.living import LATEST, PAST, ROUTES, Twin

WRONG = "w" * 32


def refused_headers(key: str) -> list[dict[str, str]]:
    """The rows A2 to A7: headers that let nobody in."""
    return [
        {"x-group-name": "g"},
        {"x-api-key": "", "x-group-name": "g"},
        {"x-api-key": WRONG, "x-group-name": "g"},
        {"x-api-key": key},
        {"x-api-key": key, "x-group-name": ""},
        {},
    ]


@pytest.mark.parametrize("how", [LATEST, PAST])
@pytest.mark.parametrize("path", ROUTES)
def test_nobody_gets_in_without_key_and_group(twin: Twin, path: str, how: str) -> None:
    """No route lets anybody in without key and group in the headers; the refusal is 401 and no data."""
    asked = [(f"{path}?{how}", headers) for headers in refused_headers(twin.key)]
    asked.append((f"{path}?{how}&x-api-key={quote(twin.key)}", {"x-group-name": "g"}))
    answers = [twin.get(path, headers) for path, headers in asked]
    assert [answer.status_code for answer in answers] == [401] * 7
    assert [set(answer.json()) for answer in answers] == [{"message"}] * 7
    assert [m for answer in answers if not (m := answer.json()["message"]).startswith("Unauthorized")] == []


def test_the_key_opens_for_any_group_and_case(twin: Twin) -> None:
    """The right key lets in with header names in any case and any group; a second, wrong one shuts out."""
    path = f"{ROUTES[0]}?{LATEST}"
    assert twin.get(path, {"X-API-KEY": twin.key, "X-Group-Name": "new"}).status_code == 200
    assert twin.get(path, {"x-api-key": twin.key, "x-group-name": "health-check"}).status_code == 200
    assert twin.get(path, {"x-api-key": f"{twin.key},{WRONG}", "x-group-name": "g"}).status_code == 401


@pytest.mark.parametrize("route", ["list-tools", "call-tool"])
def test_mcp_is_shut_the_same_way(twin: Twin, route: str) -> None:
    """The MCP routes refuse what REST refuses; its health is open to all."""
    answers = [twin.mcp(route, headers=headers) for headers in refused_headers(twin.key)]
    assert [(a.status_code, list(a.json())) for a in answers] == [(401, ["message"])] * 6
    health = twin.session.get(f"{twin.world.exports['MADRID_BUS_MCP_ENDPOINT']}/health", timeout=5)
    assert (health.status_code, health.json()["status"]) == (200, "healthy")


def test_sockets_are_shut_the_same_way(twin: Twin) -> None:
    """No handshake succeeds without the right key and a group in the query; the refusal is 401."""
    key = quote(twin.key, safe="")
    headers = [f"{name}: {value}" for name, value in twin.identity.items()]
    queries = ["group_name=g", f"api_key={WRONG}&group_name=g", f"api_key={key}", ""]
    for query, header in [*((query, []) for query in queries), ("", headers)]:
        with pytest.raises(WebSocketBadStatusException, match="401"):
            twin.connect(query, header=header)
    assert twin.connections() == []


def test_a_new_key_is_taken_at_once(twin: Twin) -> None:
    """After a rotation all APIs take the new key at once, and the old one no longer once they forget."""
    old, secrets = twin.key, twin.aws("secretsmanager")
    before = twin.identity
    assert twin.get(f"{ROUTES[0]}?{LATEST}").status_code == 200
    new = json.dumps({"api_key": "a+new/key=" * 3})
    secrets.put_secret_value(SecretId="bus-simulator/api-key", SecretString=new)
    try:
        assert twin.key != old
        assert twin.get(f"{ROUTES[0]}?{LATEST}").status_code == 200
        assert twin.mcp("list-tools").status_code == 200
        twin.connect().close()
        twin.world.web.changed()
        assert twin.get(f"{ROUTES[0]}?{LATEST}", before).status_code == 401
    finally:
        secrets.put_secret_value(SecretId="bus-simulator/api-key", SecretString=json.dumps({"api_key": old}))
        twin.world.web.changed()
    assert twin.get(f"{ROUTES[0]}?{LATEST}", before).status_code == 200


def test_a_secret_without_its_key_lets_nobody_in(twin: Twin) -> None:
    """While the secret holds no api_key the authorizers fail: nobody is let in, and nobody is told why."""
    old, secrets = twin.identity, twin.aws("secretsmanager")
    secrets.put_secret_value(SecretId="bus-simulator/api-key", SecretString='{"key": "x"}')
    twin.world.web.changed()
    try:
        assert twin.get(f"{ROUTES[0]}?{LATEST}", old).status_code == 500
    finally:
        secret = json.dumps({"api_key": old["x-api-key"]})
        secrets.put_secret_value(SecretId="bus-simulator/api-key", SecretString=secret)
    assert twin.get(f"{ROUTES[0]}?{LATEST}", old).status_code == 200
