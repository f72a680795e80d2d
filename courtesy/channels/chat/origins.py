"""Which foreign pages may call the API or embed the chat (``COURTESY_WIDGET_ORIGINS``), and how much they may send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

LARGEST_WORDS = 128 * 1024
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


def is_welcome(origin: str, own: str) -> bool:
    """Whether a request that names this origin may be served. Programs name none; our own pages name ``own``."""
    return not origin or origin in (own, settings.COURTESY_URL) or bool({"*", origin} & set(allowed()))


def largest_body(path: str) -> int:
    """Bytes that a request may bring: some files, or a few screens of words."""
    return settings.COURTESY_MAX_UPLOAD * 5 + LARGEST_WORDS if path.endswith("/attachments") else LARGEST_WORDS


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Why this request is not even read. A body without a length is read as empty further on."""
    if not is_welcome(request.headers.get("Origin", ""), f"{request.scheme}://{request.get_host()}"):
        return JsonResponse({"detail": "Pages of this origin may not use this chat."}, status=403)
    given = request.headers.get("Content-Length") or "0"
    if not given.isdigit() or int(given) > (most := largest_body(request.path)):
        return JsonResponse({"detail": f"At most {most // 1024} KB can be sent here at once."}, status=413)
    return None


def frame_ancestors() -> str:
    """The pages that may hold the chat in a frame, as Content-Security-Policy writes them."""
    return " ".join(["'self'", *allowed()])


def open_to_origins(answer: Answer) -> Answer:
    """Let a view answer pages of the allowed origins, preflight included."""

    def answer_origins(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response: HttpResponseBase
        response = HttpResponse(status=204) if preflight else _refusal(request) or answer(request, *args, **kwargs)
        for name, value in headers_for(request.headers.get("Origin", "")).items():
            response.headers.setdefault(name, value)
        return response

    answer_origins.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens anything here
    return answer_origins
