"""Signing in and out, and choosing a password."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from courtesy.desk import wrong_tries
from courtesy.pack import editions
from courtesy.workforce.colleagues import set_password
from courtesy.workforce.models import Colleague


def _page(request: HttpRequest, template: str, *, status: int = 200, **more: object) -> HttpResponse:
    return render(request, template, {"company": editions.in_force().company, **more}, status=status)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The same words and the same work for an unknown address and a wrong password."""
    onward = request.POST.get("next") or request.GET.get("next") or ""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect("desk:inbox")
        return _page(request, "desk/sign_in.html", next=onward)
    address, at = request.POST.get("email", "").strip().lower()[:254], timezone.now()
    key = wrong_tries.key_of(address, request.META.get("REMOTE_ADDR", ""))
    if wait := wrong_tries.wait_left(key, at):
        return _page(request, "desk/sign_in.html", status=429, next=onward, email=address, problem=_too_many(wait))
    wrong_tries.count_try(key, at)
    colleague = authenticate(request, username=address, password=request.POST.get("password", ""))
    if colleague is None:
        problem = _("The address or the password is not right.")
        return _page(request, "desk/sign_in.html", status=400, next=onward, email=address, problem=problem)
    wrong_tries.forget(key)
    login(request, colleague)  # a new session id, so that one known before is worth nothing
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return redirect(onward if safe else "desk:inbox")


def _too_many(wait: timedelta) -> str:
    minutes = max(1, ceil(wait.total_seconds() / 60))
    return ngettext(
        "Too many wrong tries. Try again in %(minutes)d minute.",
        "Too many wrong tries. Try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("desk:sign-in")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Asked for at the first sign-in, and whenever the colleague wants it; the old one is asked again."""
    colleague = request.user
    if not isinstance(colleague, Colleague):
        return redirect("desk:sign-in")
    if request.method != "POST":
        return _page(request, "desk/password.html", forced=colleague.must_change_password)
    problems = _problems(request, colleague)
    if problems:
        return _page(
            request, "desk/password.html", status=400, forced=colleague.must_change_password, problems=problems
        )
    update_session_auth_hash(request, colleague)  # this session goes on, all others of the colleague end
    return redirect("desk:inbox")


def _problems(request: HttpRequest, colleague: Colleague) -> list[str]:
    """What is wrong with the new password; when nothing is, it is set."""
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    key = wrong_tries.key_of(f"change:{colleague.pk}", request.META.get("REMOTE_ADDR", ""))
    at = timezone.now()
    if wait := wrong_tries.wait_left(key, at):
        return [_too_many(wait)]
    wrong_tries.count_try(key, at)
    if not colleague.check_password(old):
        return [_("The current password is not right.")]
    wrong_tries.forget(key)
    if new != request.POST.get("again", ""):
        return [_("The two new passwords are not the same.")]
    if new == old:
        return [_("Choose a password that differs from the current one.")]
    try:
        set_password(colleague, new)
    except ValidationError as error:
        return list(error.messages)
    return []
