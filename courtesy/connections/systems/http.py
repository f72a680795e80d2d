"""A company's system over HTTP: the declared call, its arguments in the path, the query or a JSON body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import httpx2

from courtesy.connections import wall
from courtesy.connections.port import SystemAway, Told
from courtesy.pack.answers import UnfitAnswer, at, parse
from courtesy.pack.connections import Connection, Operation
from courtesy.pack.pages.connections import IN_PATH

NOT_FOUND = (404, 410)
TIMED_OUT = 408
LATER = (425, 429)  # surely not done: another try can help


class Http:
    """``port.System`` over HTTP."""

    def ask(
        self, connection: Connection, operation: Operation, values: Mapping[str, Any], key: str, at: datetime
    ) -> Told:
        rest = {**operation.fixed, **values}
        path = IN_PATH.sub(lambda found: _segment(rest.pop(found[1], "")), operation.path)
        url = f"{wall.address_of(connection)}{path}"
        headers = {"Accept": "application/json"}
        body = None
        if operation.method in ("GET", "DELETE"):
            url += f"?{urlencode({name: _text(value) for name, value in rest.items()})}" if rest else ""
        else:
            headers["Content-Type"] = "application/json"
            body = json.dumps(rest).encode()
        if operation.idempotency:
            headers[operation.idempotency] = key
        answer = wall.send(connection, operation.method, url, headers=headers, body=body, seconds=operation.seconds)
        return _told(operation, answer)

    def look_around(self, connection: Connection) -> tuple[str, ...]:
        """HEAD of the address: any answer at all shows that it is there."""
        answer = wall.send(connection, "HEAD", wall.address_of(connection), headers={}, body=None, seconds=10)
        return (f"answers with status {answer.status_code}",)


def _segment(value: Any) -> str:
    """A value as one segment of a path, which can lead nowhere else."""
    text = _text(value)
    if text in ("", ".", ".."):
        raise SystemAway("a part of the address would be empty or lead elsewhere", permanent=True, sent=False)
    return quote(text, safe="")


def _text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _told(operation: Operation, answer: httpx2.Response) -> Told:
    status, text = answer.status_code, answer.text
    if 200 <= status < 300:
        return Told(text or "{}")
    code = _code(operation, text)
    for said in (code, str(status)):
        if said in operation.refusals:
            return Told(text, refused=said)
    if status in NOT_FOUND and not operation.changes:
        return Told(text, found=False)
    if status in LATER:
        raise SystemAway(f"status {status}", permanent=False, sent=False)
    if status >= 500 or status == TIMED_OUT:
        raise SystemAway(f"status {status}", permanent=False, sent=True)
    raise SystemAway(f"status {status}", permanent=True, sent=False)


def _code(operation: Operation, text: str) -> str:
    if not operation.refusal_at:
        return ""
    try:
        return str(at(parse(text), operation.refusal_at, missing=""))
    except UnfitAnswer:
        return ""
