"""The door of every desk page: signed in, password changed, in the colleague's language and time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.utils import timezone, translation

from courtesy.pack import editions
from courtesy.workforce.models import Colleague
from courtesy.workforce.presence import note_seen

LOCALES = {"en": "en", "es": "es", "zh": "zh-hans"}
P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request of a colleague who is signed in."""

    user: Colleague


def is_fragment(request: HttpRequest) -> bool:
    """Whether a part of the page asks (htmx), not the browser's address bar."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def colleague_page(
    view: Callable[Concatenate[DeskRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page that may be read."""
    return _guarded(view, ("GET", "HEAD"))


def colleague_deed(
    view: Callable[Concatenate[DeskRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Something that changes the world: by POST alone."""
    return _guarded(view, ("POST",))


def _guarded(
    view: Callable[Concatenate[DeskRequest, P], HttpResponse], methods: tuple[str, ...]
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Colleague):
            return _elsewhere(request, redirect_to_login(request.get_full_path()).headers["Location"])
        if request.user.must_change_password:
            return _elsewhere(request, resolve_url("desk:password"))
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        note_seen(request.user, timezone.now())
        zone = ZoneInfo(request.user.time_zone or editions.in_force().company.time_zone)
        with translation.override(LOCALES.get(request.user.language, "en")), timezone.override(zone):
            response = view(request, *args, **kwargs)  # type: ignore[arg-type]
            response.headers.setdefault("Cache-Control", "private, no-store")
            response.headers["Content-Language"] = translation.get_language() or "en"
        return response

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], wrapped)


def _elsewhere(request: HttpRequest, location: str) -> HttpResponse:
    """Send the whole page elsewhere, also when only a part of it was asked for."""
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": location})
    return HttpResponse(status=302, headers={"Location": location})
