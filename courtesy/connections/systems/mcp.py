"""A company's system as an MCP server over streamable HTTP: its tools, called by name.

Model Context Protocol, revision 2025-06-18: initialize, notifications/initialized, tools/list, tools/call; an answer
comes as JSON or as one event stream. Only tools that the pack names are called; what a server says of its tools is
never read as an instruction.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import httpx2

from courtesy.connections import wall
from courtesy.connections.port import SystemAway, Told
from courtesy.pack.answers import UnfitAnswer, parse
from courtesy.pack.connections import Connection, Operation

VERSION = "2025-06-18"
NOT_TAKEN = (-32600, -32601, -32602)  # invalid request, no such method, invalid arguments: nothing was done
ME = {"name": "courtesy", "version": "1"}


class Mcp:
    """``port.System`` over MCP."""

    def ask(
        self, connection: Connection, operation: Operation, values: Mapping[str, Any], key: str, at: datetime
    ) -> Told:
        sent = {**operation.fixed, **values}
        if operation.idempotency:
            sent[operation.idempotency] = key
        session = _Session(connection, operation.seconds)
        session.open()
        result = session.request("tools/call", {"name": operation.tool, "arguments": sent})
        return _told(operation, result)

    def look_around(self, connection: Connection) -> tuple[str, ...]:
        """The names of its tools; asking for them calls none."""
        session = _Session(connection, 10)
        session.open()
        tools = session.request("tools/list", {}).get("tools", [])
        return tuple(sorted(str(tool.get("name", "")) for tool in tools if isinstance(tool, Mapping)))


class _Session:
    def __init__(self, connection: Connection, seconds: float) -> None:
        self.connection = connection
        self.seconds = seconds
        self.headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
        self.numbers = itertools.count(1)

    def open(self) -> None:
        """Nothing is done yet here, so whatever goes wrong is safe to try again."""
        wanted = {"protocolVersion": VERSION, "capabilities": {}, "clientInfo": ME}
        try:
            answer = self.request("initialize", wanted)
            self.headers["MCP-Protocol-Version"] = str(answer.get("protocolVersion", VERSION))
            self._post({"jsonrpc": "2.0", "method": "notifications/initialized"})
        except SystemAway as away:
            raise SystemAway(str(away), permanent=away.permanent, sent=False) from away

    def request(self, method: str, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        number = next(self.numbers)
        answer = self._post({"jsonrpc": "2.0", "id": number, "method": method, "params": wanted})
        for message in _messages(answer):
            if isinstance(message, Mapping) and message.get("id") == number:
                if "result" in message:
                    return message["result"] if isinstance(message["result"], Mapping) else {}
                done = method == "tools/call" and _code(message) not in NOT_TAKEN
                raise SystemAway(f"'{self.connection.name}' refused '{method}'", permanent=True, sent=done)
        raise SystemAway(f"'{self.connection.name}' did not answer '{method}'", permanent=False, sent=True)

    def _post(self, message: Mapping[str, Any]) -> httpx2.Response:
        answer = wall.send(
            self.connection,
            "POST",
            wall.address_of(self.connection),
            headers=self.headers,
            body=json.dumps(message).encode(),
            seconds=self.seconds,
        )
        if not 200 <= answer.status_code < 300:
            later = answer.status_code in (408, 425, 429) or answer.status_code >= 500
            raise SystemAway(f"status {answer.status_code}", permanent=not later, sent=answer.status_code >= 500)
        if session := answer.headers.get("mcp-session-id"):
            self.headers["Mcp-Session-Id"] = session
        return answer


def _code(message: Mapping[str, Any]) -> Any:
    error = message.get("error")
    return error.get("code") if isinstance(error, Mapping) else None


def _messages(answer: httpx2.Response) -> Iterator[Any]:
    """The JSON messages of an answer, or of its event stream."""
    try:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            for event in answer.text.replace("\r\n", "\n").split("\n\n"):
                lines = [line[5:].lstrip() for line in event.split("\n") if line.startswith("data:")]
                if any(lines):
                    yield parse("\n".join(lines))
        else:
            yield parse(answer.text)
    except UnfitAnswer as error:
        raise SystemAway("what came back is not JSON", permanent=True, sent=True) from error


def _told(operation: Operation, result: Mapping[str, Any]) -> Told:
    """The structured content, else the text of the first part. An error names a declared refusal, or is a fault."""
    parts = [part for part in result.get("content") or () if isinstance(part, Mapping) and part.get("type") == "text"]
    text = str(parts[0].get("text", "")) if parts else ""
    if result.get("isError"):
        for said in operation.refusals:
            if said.casefold() in text.casefold():
                return Told(text, refused=said)
        raise SystemAway("the tool reports an error", permanent=True, sent=operation.changes)
    structured = result.get("structuredContent")
    if structured is None:
        return Told(text)
    return Told(json.dumps(structured, default=str))
