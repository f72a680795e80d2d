"""Which foreign pages may call the chat API or embed the chat: ``COURTESY_WIDGET_ORIGINS``, never with cookies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

Answer = Callable[..., HttpResponseBase]


def allowed() -> list[str]:
    return list(settings.COURTESY_WIDGET_ORIGINS)


def headers_for(origin: str) -> dict[str, str]:
    """What a browser must read before it lets a page of ``origin`` see the answer; nothing when it may not."""
    if not origin or not ({"*", origin} & set(allowed())):
        return {}
    return {
        "Access-Control-Allow-Origin": "*" if "*" in allowed() else origin,
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
        "Access-Control-Expose-Headers": "Retry-After, Content-Disposition",
        "Access-Control-Max-Age": "3600",
        "Vary": "Origin",
    }


def frame_ancestors() -> str:
    """The pages that may hold the chat in a frame, as Content-Security-Policy writes them."""
    return " ".join(["'self'", *allowed()])


def open_to_origins(answer: Answer) -> Answer:
    """Let a view answer pages of the allowed origins, preflight included."""

    def answer_origins(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if preflight else answer(request, *args, **kwargs)
        for name, value in headers_for(request.headers.get("Origin", "")).items():
            response.headers.setdefault(name, value)
        return response

    answer_origins.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens anything here
    return answer_origins
