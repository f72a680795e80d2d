"""The chat's pages: the hosted one, the one inside the widget's frame, and the files they are made of."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from courtesy.channels.chat.origins import frame_ancestors
from courtesy.channels.chat.theme import style_sheet, theme_of
from courtesy.channels.chat.welcome import best_language
from courtesy.pack.editions import in_force

FOLDER = Path(__file__).resolve().parents[1] / "static" / "chat"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_YEAR = "public, max-age=31536000, immutable"
_HOUR = "public, max-age=3600"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)


@cache
def assets() -> dict[str, bytes]:
    """The files the pages are made of, read once."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES}


@cache
def version() -> str:
    """Changes whenever one of the files does; part of their address, so they may be kept for a year."""
    digest = hashlib.sha256()
    for name, content in assets().items():
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:12]


def _answer(content: bytes | str, media_type: str, keep: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Cache-Control"] = keep
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def asset(request: HttpRequest, edition: str, name: str) -> HttpResponse:
    content = assets().get(name)
    if content is None:
        raise Http404("no such file")
    return _answer(content, _TYPES[Path(name).suffix], _YEAR if edition == version() else "no-store")


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The company's colours as a style sheet."""
    return _answer(style_sheet(in_force().company.colours), _TYPES[".css"], _HOUR)


@require_safe
def widget(request: HttpRequest) -> HttpResponse:
    """The one script that a shop puts on its pages. It may be read from any page; what it opens is checked there."""
    accent = theme_of(in_force().company.colours)["accent"]
    tag = f'"{version()}-{accent[1:]}"'
    response = _answer(assets()["widget.js"].replace(b"%ACCENT%", accent.encode()), _TYPES[".js"], _HOUR)
    response.headers["ETag"] = tag
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.headers.get("If-None-Match") == tag:
        response.status_code, response.content = 304, b""
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The hosted chat: a page of its own, to link to."""
    return _chat(request, embedded=False, ancestors="'self'")


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest) -> HttpResponse:
    """The chat inside the widget's frame; only pages of the allowed origins may hold it."""
    return _chat(request, embedded=True, ancestors=frame_ancestors())


def _chat(request: HttpRequest, *, embedded: bool, ancestors: str) -> HttpResponse:
    company = in_force().company
    language = best_language(company, request.GET.get("language", ""), request.headers.get("Accept-Language", ""))
    told = {
        "api": "/api/v1/chat",
        "embedded": embedded,
        "language": language,
        "wished": request.GET.get("language", ""),
        "company": company.name,
        "representative": company.representative_name,
        "max_upload": settings.COURTESY_MAX_UPLOAD,
    }
    context = {
        "company": company,
        "language": language,
        "about": company.about.get(language, ""),
        "settings": told,
        "embedded": embedded,
        "main": reverse("chat-asset", args=(version(), "main.js")),
        "style": reverse("chat-asset", args=(version(), "chat.css")),
        "icon": reverse("chat-asset", args=(version(), "icon.svg")),
    }
    response = render(request, "chat/page.html", context)
    response.headers["Content-Security-Policy"] = _POLICY.format(ancestors=ancestors)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Language"
    return response
