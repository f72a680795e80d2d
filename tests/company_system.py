"""A company's own system for tests: a real HTTP server on this machine, told how to behave, that counts what it did."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class CompanySystem:
    """Accounts with lines. ``trouble`` makes one kind of request go wrong: {"POST": "lost answer"}."""

    address: str = ""
    accounts: dict[str, Any] = field(default_factory=dict)
    top_ups: list[tuple[str, int]] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    keys: dict[str, Any] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    trouble: dict[str, str] = field(default_factory=dict)

    def account(self, number: str) -> tuple[int, Any]:
        return (200, self.accounts[number]) if number in self.accounts else (404, {"error": {"code": "UNKNOWN"}})

    def top_up(self, line: str, gigabytes: Any, key: str) -> tuple[int, Any]:
        if line in self.locked:
            return 409, {"error": {"code": "LINE_LOCKED"}}
        if key and key in self.keys:
            return 200, self.keys[key]
        self.top_ups.append((line, gigabytes))
        answer = {"id": f"T-{len(self.top_ups)}", "charge": {"amount": f"{gigabytes * 2}.00"}}
        if key:
            self.keys[key] = answer
        return 201, answer

    def line(self, id: str) -> tuple[int, Any]:
        every = [line for account in self.accounts.values() for line in account["lines"]]
        found = next((line for line in every if line["id"] == id), None)
        return (200, found) if found else (404, {})

    def last(self, line: str) -> tuple[int, Any]:
        mine = [gigabytes for one, gigabytes in self.top_ups if one == line]
        return 200, {"gigabytes": mine[-1], "state": "done"} if mine else {"gigabytes": 0, "state": "none"}


def _answer(system: CompanySystem, method: str, path: str, body: Any, key: str) -> tuple[int, Any]:
    parts = path.partition("?")[0].strip("/").split("/")
    match method, parts:
        case "GET", ["accounts", number]:
            return system.account(number)
        case "POST", ["lines", line, "top-ups"]:
            return system.top_up(line, body["gb"], key)
        case "GET", ["lines", line]:
            return system.line(line)
        case "GET", ["lines", line, "last-top-up"]:
            return system.last(line)
    return 404, {}


def _handler(system: CompanySystem) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *arguments: Any) -> None:
            return None

        def _respond(self) -> None:
            system.requests.append((self.command, self.path))
            system.tokens.add(self.headers.get("Authorization", ""))
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            trouble = system.trouble.get(self.command, "")
            if trouble == "down":
                return self._say(503, {})
            if trouble == "elsewhere":
                return self._say(302, {}, {"Location": "http://127.0.0.1:9/"})
            if trouble == "huge":
                return self._say(200, {"name": "x" * 2_000_000})
            status, said = _answer(system, self.command, self.path, body, self.headers.get("Idempotency-Key", ""))
            if trouble in ("lost answer", "lost once"):
                if trouble == "lost once":
                    system.trouble.pop(self.command)
                time.sleep(1.6)
            if trouble == "nonsense":
                said = {"status": 7}
            return self._say(status, said)

        do_GET = do_POST = do_HEAD = _respond  # noqa: N815

        def _say(self, status: int, said: Any, headers: dict[str, str] | None = None) -> None:
            content = json.dumps(said).encode()
            try:
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)
            except OSError:  # whoever asked has gone
                return

    return Handler


@contextmanager
def company_system() -> Iterator[CompanySystem]:
    """A running system with one account, "A100", of two lines."""
    lines = [
        {"id": "L1", "number": "612 000 001", "status": "active", "data_gb": 1.5, "warn_gb": 2},
        {"id": "L2", "number": "612 000 002", "status": "suspended", "data_gb": 0, "warn_gb": 2},
    ]
    account = {"name": "Ada Sanz", "address": {"postcode": "48011"}, "status": "active", "due": "12.50", "lines": lines}
    system = CompanySystem(accounts={"A100": account})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(system))
    server.daemon_threads = True
    system.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()
