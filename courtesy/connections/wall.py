"""The one way out of the house to a company's system: only its own address, no redirects, bounded in time and size."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx2

from courtesy.connections.port import SystemAway
from courtesy.pack.connections import VARIABLE, VARIABLE_NAME, Connection

LOCAL = ("localhost", "127.0.0.1", "::1")


def filled(written: str) -> str:
    """A text with its variables put in. Only variables named CONNECTION_… are ever read."""

    def value(name: str) -> str:
        found = os.environ.get(name, "") if VARIABLE_NAME.fullmatch(name) else ""
        if not found:
            raise SystemAway(f"the variable {name} is not set", permanent=True, sent=False)
        return found

    return VARIABLE.sub(lambda found: value(found[1]), written)


def address_of(connection: Connection) -> str:
    """The system's address without a slash at its end; raises SystemAway unless it is https, or on this machine."""
    address = filled(connection.address).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise SystemAway(f"the address of '{connection.name}' is not https", permanent=True, sent=False)
    return address


def send(
    connection: Connection,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None,
    seconds: float,
) -> httpx2.Response:
    """One request to the connection's own host. The answer is read whole, up to ``most_bytes`` and ``seconds``."""
    if _host(url) != _host(address_of(connection)):
        raise SystemAway(f"'{connection.name}' may not be sent anywhere else", permanent=True, sent=False)
    own = {name: filled(value) for name, value in connection.headers.items()}
    sent = False
    try:
        with httpx2.Client(timeout=seconds, follow_redirects=False, trust_env=False) as client:
            request = client.build_request(method, url, headers={**headers, **own}, content=body)
            until = time.monotonic() + seconds
            sent = True
            answer = client.send(request, stream=True)
            content = _read(connection, answer, until)
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
        raise SystemAway(f"'{connection.name}' cannot be reached", permanent=False, sent=False) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise SystemAway(
            f"'{connection.name}' gave no answer: {type(error).__name__}", permanent=False, sent=sent
        ) from error
    if 300 <= answer.status_code < 400:
        raise SystemAway(f"'{connection.name}' sends elsewhere, which is not followed", permanent=True, sent=True)
    return httpx2.Response(answer.status_code, headers=answer.headers, content=content)


def _read(connection: Connection, answer: httpx2.Response, until: float) -> bytes:
    content = b""
    try:
        for part in answer.iter_bytes():
            content += part
            if len(content) > connection.most_bytes:
                raise SystemAway(f"the answer of '{connection.name}' is too large", permanent=True, sent=True)
            if time.monotonic() > until:
                raise SystemAway(f"the answer of '{connection.name}' takes too long", permanent=False, sent=True)
    finally:
        answer.close()
    return content


def _host(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
