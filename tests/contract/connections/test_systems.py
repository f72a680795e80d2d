"""Every kind of system passes the same cases, against a real server on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from company_system import CompanySystem, company_system

from courtesy.connections import wall
from courtesy.connections.calls import SYSTEMS
from courtesy.connections.port import SystemAway
from courtesy.pack.answers import parse
from courtesy.pack.connections import Connection, Operation
from courtesy.pack.place import Place

NOWHERE = Place("test", 1)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def operation(name: str, *, changes: bool = False, **more: Any) -> Operation:
    usual: dict[str, Any] = {
        "connection": "Billing", "confirm": changes, "says": "", "method": "GET", "path": "/", "tool": "",
        "arguments": (), "fixed": {}, "fields": (), "choices": (), "same": {}, "refusals": {}, "refusal_at": (),
        "idempotency": "", "unsure": None, "seconds": 1.0, "tries": 2, "example": "", "place": NOWHERE,
    }  # fmt: skip
    return Operation(name=name, changes=changes, **{**usual, **more})


ACCOUNT = operation("account", path="/accounts/{number}", tool="account")
TOP_UP = operation(
    "top up", changes=True, method="POST", path="/lines/{line}/top-ups", tool="top_up",
    refusals={"LINE_LOCKED": "refusal: line locked"}, refusal_at=("error", "code"), idempotency="Idempotency-Key",
)  # fmt: skip
TOP_UP_BY_TOOL = replace(TOP_UP, idempotency="key")


def connection(over: str, address: str) -> Connection:
    return Connection("Billing", over, address, {}, "", {}, (), NOWHERE)  # type: ignore[arg-type]


def _mcp_server(system: CompanySystem) -> Iterator[str]:
    """The official server of the Model Context Protocol, with this system's tools."""
    server_module = pytest.importorskip("mcp.server")
    import uvicorn
    from mcp.server.mcpserver.exceptions import ToolError

    server = server_module.MCPServer("billing")

    def account(number: str) -> dict[str, Any]:
        status, said = system.account(number)
        if status != 200:
            raise ToolError("UNKNOWN")
        return dict(said)

    def top_up(line: str, gb: int, key: str = "") -> dict[str, Any]:
        status, said = system.top_up(line, gb, key)
        if status >= 400:
            raise ToolError(said["error"]["code"])
        return dict(said)

    server.tool()(account)
    server.tool()(top_up)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = uvicorn.Server(
        uvicorn.Config(server.streamable_http_app(), host="127.0.0.1", port=port, log_level="error")
    )
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not running.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}/mcp"
    running.should_exit = True
    thread.join(10)


@pytest.fixture(params=["http", "mcp"])
def reached(request: pytest.FixtureRequest) -> Iterator[tuple[CompanySystem, Connection, Operation]]:
    with company_system() as system:
        if request.param == "http":
            yield system, connection("http", system.address), TOP_UP
            return
        for address in _mcp_server(system):
            yield system, connection("mcp", address), TOP_UP_BY_TOOL


def test_a_look_up_brings_its_answer(reached: Any) -> None:
    _, system, _ = reached
    told = SYSTEMS[system.over].ask(system, ACCOUNT, {"number": "A100"}, "", NOW)
    assert parse(told.content)["address"]["postcode"] == "48011"


def test_an_act_with_the_same_key_is_done_once(reached: Any) -> None:
    company, system, top_up = reached
    answers = [SYSTEMS[system.over].ask(system, top_up, {"line": "L1", "gb": 2}, "key-1", NOW) for _ in range(2)]
    assert company.top_ups == [("L1", 2)]
    assert [parse(one.content)["id"] for one in answers] == ["T-1", "T-1"]


def test_the_systems_own_no_is_a_value(reached: Any) -> None:
    company, system, top_up = reached
    company.locked.add("L1")
    assert SYSTEMS[system.over].ask(system, top_up, {"line": "L1", "gb": 2}, "k", NOW).refused == "LINE_LOCKED"
    assert company.top_ups == []


def test_looking_around_does_nothing(reached: Any) -> None:
    company, system, _ = reached
    seen = SYSTEMS[system.over].look_around(system)
    assert seen
    assert company.top_ups == []


@pytest.mark.parametrize("over", ["http", "mcp"])
def test_nobody_there_is_worth_another_try_and_nothing_was_done(over: str) -> None:
    with pytest.raises(SystemAway) as away:
        SYSTEMS[over].ask(connection(over, "http://127.0.0.1:9"), TOP_UP, {"line": "L1", "gb": 2}, "k", NOW)
    assert (away.value.permanent, away.value.sent) == (False, False)


# --- the wall ---------------------------------------------------------------------------------------


def test_a_value_cannot_lead_to_another_path() -> None:
    with company_system() as system:
        here = connection("http", system.address)
        SYSTEMS["http"].ask(here, ACCOUNT, {"number": "../lines/L1?x=1#y"}, "", NOW)
        assert system.requests == [("GET", "/accounts/..%2Flines%2FL1%3Fx%3D1%23y")]
        with pytest.raises(SystemAway):
            SYSTEMS["http"].ask(here, ACCOUNT, {"number": ".."}, "", NOW)


@pytest.mark.parametrize(("trouble", "permanent"), [("elsewhere", True), ("huge", True), ("down", False)])
def test_redirects_and_large_answers_are_refused(trouble: str, permanent: bool) -> None:
    with company_system() as system:
        system.trouble["GET"] = trouble
        with pytest.raises(SystemAway) as away:
            SYSTEMS["http"].ask(connection("http", system.address), ACCOUNT, {"number": "A100"}, "", NOW)
        assert away.value.permanent is permanent
        assert len(system.requests) == 1


def test_a_slow_answer_may_have_been_done() -> None:
    with company_system() as system:
        system.trouble["POST"] = "lost answer"
        with pytest.raises(SystemAway) as away:
            SYSTEMS["http"].ask(connection("http", system.address), TOP_UP, {"line": "L1", "gb": 2}, "k", NOW)
        assert (away.value.permanent, away.value.sent) == (False, True)
        assert system.top_ups == [("L1", 2)]


@pytest.mark.parametrize("address", ["http://example.org", "ftp://example.org", "${CONNECTION_NOT_SET}", "file:bills"])
def test_only_https_or_this_machine(address: str) -> None:
    with pytest.raises(SystemAway) as away:
        wall.address_of(connection("http", address))
    assert away.value.permanent


def test_no_other_variable_is_ever_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURTESY_SECRET_KEY", "the key of the house")
    with pytest.raises(SystemAway):
        wall.filled("Bearer ${COURTESY_SECRET_KEY}")


def test_no_other_host_is_ever_reached() -> None:
    with company_system() as one, company_system() as other, pytest.raises(SystemAway):
        wall.send(connection("http", one.address), "GET", other.address, headers={}, body=None, seconds=1)
    assert other.requests == []
