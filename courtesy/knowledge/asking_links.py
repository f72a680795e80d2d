"""Asks a web address whether it still leads anywhere: politely, in time, and never inside our own network.

The name is resolved once, every address it has must be public, and the connection goes to that very address, so that a
name that changes between look and connection gains nothing. Each redirection is judged anew. No body is read.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext_noop as _

SECONDS = 8.0
REDIRECTIONS = 4
PORTS = {"http": 80, "https": 443}
_GONE = {404, 410}
_ALIVE_THOUGH = {401, 403, 405, 429}  # there is something, though not for a machine
_AGENT = "Courtesy link check"

Public = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """``problem`` is "" when the address leads somewhere; ``lasting`` when another try will hardly change it."""

    problem: str = ""
    lasting: bool = False


def is_public(address: str) -> bool:
    """Whether an IP address is reachable by everybody: not private, loopback, link-local, multicast or reserved."""
    found = ipaddress.ip_address(address)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    found = mapped or found
    return found.is_global and not found.is_multicast


def is_web_port(port: int) -> bool:
    return port in PORTS.values()


def ask(
    url: str, *, public: Public = is_public, ports: Callable[[int], bool] = is_web_port, seconds: float = SECONDS
) -> Answer:
    """Follow the address to its end. ``public`` and ``ports`` say what may be connected to."""
    for _step in range(REDIRECTIONS + 1):
        parts = urlsplit(url)
        try:
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError:
            return Answer(_("no web address"), lasting=True)
        if parts.scheme not in PORTS or not parts.hostname or not ports(port):
            return Answer(_("no web address"), lasting=True)
        try:
            status, onward = _status(parts, port, public, seconds)
        except _Refused:
            return Answer(_("not a public address"), lasting=True)
        except socket.gaierror:
            return Answer(_("there is no such host"))
        except ssl.SSLError:
            return Answer(_("its certificate is not valid"))
        except (OSError, http.client.HTTPException, UnicodeError):
            return Answer(_("no answer"))
        if status in (301, 302, 303, 307, 308) and onward:
            url = urljoin(url, onward)
            continue
        if status in _GONE:
            return Answer(_("there is no such page"), lasting=True)
        return Answer() if status < 400 or status in _ALIVE_THOUGH else Answer(_("it answers with an error"))
    return Answer(_("it is redirected in circles"), lasting=True)


class _Refused(Exception):
    """The name leads to an address that may not be connected to."""


def _status(parts: SplitResult, port: int, public: Public, seconds: float) -> tuple[int, str]:
    """HEAD, and GET where HEAD is not known. Returns the status and where it leads on."""
    host = parts.hostname or ""
    address = _address(host, port, public)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = f"[{host}]" if ":" in host else host
    headers = {
        "Host": named if port == PORTS[parts.scheme] else f"{named}:{port}",
        "User-Agent": _AGENT,
        "Accept": "*/*",
    }
    status, onward = 0, ""
    for method in ("HEAD", "GET"):
        connection = http.client.HTTPConnection(host, port, timeout=seconds)
        try:
            plain = socket.create_connection((address, port), timeout=seconds)
            secure = parts.scheme == "https"
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            status, onward = answer.status, answer.getheader("Location") or ""
        finally:
            connection.close()
        if status not in (400, 403, 404, 405, 501):
            break
    return status, onward


def _address(host: str, port: int, public: Public) -> str:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(public(one.partition("%")[0]) for one in addresses):
        raise _Refused
    return addresses[0]
