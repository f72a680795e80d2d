"""Gives every request an id that its log lines and its answer carry, and logs each answer once."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from courtesy.foundation.identifiers import new_id

log = logging.getLogger("courtesy.requests")

_GIVEN = re.compile(r"[A-Za-z0-9_.:-]{8,64}")
_CONVERSATION = re.compile(r"/(cnv_[0-9a-z]{1,36})(?:/|$)")
_SECRET = re.compile(r"(/desk/decide/)[^/]+")  # a link that decides is worth a signature
_QUIET = ("/static/", "/healthz", "/readyz", "/metrics")


class RequestLog:
    """Middleware: binds ``request`` and ``conversation`` for the length of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _GIVEN.fullmatch(given) else new_id("req")
        found = _CONVERSATION.search(request.path)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id, **({"conversation": found[1]} if found else {}))
        started = time.perf_counter()
        try:
            response = self.get_response(request)
        finally:
            elapsed = round((time.perf_counter() - started) * 1000, 1)
        response.headers["X-Request-ID"] = request_id
        level = logging.DEBUG if request.path.startswith(_QUIET) else logging.INFO
        told = {
            "method": request.method,
            "path": _SECRET.sub(r"\1…", request.path),
            "status": response.status_code,
            "milliseconds": elapsed,
        }
        log.log(level, "answered", extra=told)
        structlog.contextvars.clear_contextvars()
        return response
