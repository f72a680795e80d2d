"""The company's system as a server of tools on this machine (Model Context Protocol), over the books of one case."""

from __future__ import annotations

import inspect
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.tau_telecom.books import TOOLS, Books, Refused

LONGEST_START = 20  # seconds


class Desk:
    """Whose books are open: one case after another."""

    def __init__(self) -> None:
        self.books: Books | None = None


def _tool(desk: Desk, name: str) -> Callable[..., Any]:
    """A tool with the parameters of the books' own function."""
    from mcp.server.mcpserver.exceptions import ToolError

    def call(**given: Any) -> dict[str, Any]:
        if desk.books is None:
            raise ToolError("no books are open")
        try:
            answer = desk.books.call(name, given)
        except Refused as refused:
            raise ToolError(str(refused)) from refused
        return answer if isinstance(answer, dict) else {"result": answer}

    known = list(inspect.signature(TOOLS[name]).parameters.values())[1:]
    kinds = {"limit": int, "gb_amount": float}
    parameters = [
        inspect.Parameter(
            one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=kinds.get(one.name, str)
        )
        for one in known
    ]
    call.__signature__ = inspect.Signature(parameters, return_annotation=dict[str, Any])  # type: ignore[attr-defined]
    call.__name__, call.__doc__ = name, name.replace("_", " ")
    call.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": dict[str, Any]}
    return call


@contextmanager
def running(desk: Desk) -> Iterator[str]:
    """The server's address while it runs."""
    import uvicorn
    from mcp.server import MCPServer

    server = MCPServer("telephone company", log_level="ERROR")
    for name in TOOLS:
        server.tool(name=name)(_tool(desk, name))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = server.streamable_http_app(stateless_http=True, json_response=True)
    served = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    until = time.monotonic() + LONGEST_START
    while not served.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}/mcp"
    served.should_exit = True
    thread.join(10)
