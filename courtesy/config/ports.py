"""Takes the ports before anything else is done, so that a taken port is said at once and nothing is half started."""

from __future__ import annotations

import errno
import os
import socket

from courtesy.config.trouble import Trouble


def take(host: str, port: int, setting: str) -> socket.socket:
    """A listening socket for ``host:port``; raises Trouble that names the setting to change."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only for a socket that says it is TCP does asyncio send small packets at once; else each kept page waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise Trouble(_why(error, host, port, setting)) from error
    listener.set_inheritable(True)
    return listener


def check_free(host: str, port: int, setting: str) -> None:
    """The same look for a listener that opens its own socket later; 0 means that it is switched off."""
    if port:
        take(host, port, setting).close()


def _why(error: OSError, host: str, port: int, setting: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program. Stop it, or choose another port: {setting}={port + 1}."
    if error.errno == errno.EACCES:
        return f"port {port} needs special rights. Choose a port from 1024 up: {setting}=8000."
    return f"cannot listen on {host}:{port} ({os.strerror(error.errno or 0)}). See {setting}."
