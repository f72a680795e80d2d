"""The pages of the withdrawal function: the details, the confirmation, and what was received."""

from __future__ import annotations

import re
import secrets
from typing import Any
from zoneinfo import ZoneInfo

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courtesy.channels.withdrawal.declaring import Declaration, declare
from courtesy.channels.withdrawal.words import words_in
from courtesy.conversations.models import Case
from courtesy.knowledge.labels import NAMES
from courtesy.knowledge.pages import best_language
from courtesy.pack.editions import in_force
from courtesy.representative.wording import moment_text

SALT = "withdrawal"
HOURS = 3600
CONFIRM_WITHIN = 24 * HOURS
SHOWN_FOR = 24 * HOURS
AN_HOUR = 20  # declarations from one address
LONGEST = {"name": 160, "contract": 80, "address": 254, "items": 1000}
_LINK = re.compile(r"https?:|\bwww\.|://", re.IGNORECASE)  # else anybody could have us mail a link to anybody
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """First step: the details; sent, they are shown again under "confirm withdrawal"."""
    if request.method != "POST":
        given = {"contract": request.GET.get("contract", "")[: LONGEST["contract"]]}
        return _shown(request, "ask", given=given)
    given = {name: " ".join(request.POST.get(name, "").replace("\0", "").split()) for name in LONGEST}
    given = {name: value[: LONGEST[name]] for name, value in given.items()}
    wrong = _wrong(given, best_language(request))
    if wrong or "change" in request.POST:
        return _shown(request, "ask", given=given, wrong={} if "change" in request.POST else wrong)
    signed = signing.dumps({**given, "key": secrets.token_urlsafe(18)}, salt=SALT)
    return _shown(request, "confirm", given=given, signed=signed)


def _wrong(given: dict[str, str], language: str) -> dict[str, str]:
    words = words_in(language)
    wrong = {name: words["needed"] for name in ("name", "contract", "address") if not given[name]}
    if given["address"] and not _ADDRESS.fullmatch(given["address"]):
        wrong["address"] = words["bad address"]
    return wrong | {name: words["no links"] for name, value in given.items() if _LINK.search(value)}


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Second step: what was shown, and nothing else, is declared."""
    language = best_language(request)
    words = words_in(language)
    try:
        given = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return _shown(request, "ask", given={}, notice=words["expired"], status=400)
    if not _seldom(request):
        return _shown(request, "confirm", given=given, signed=request.POST["signed"], notice=words["often"], status=429)
    case = declare(Declaration(language=language, **given), timezone.now())
    receipt = signing.dumps(case.number, salt=f"{SALT} receipt")
    return HttpResponseRedirect(f"/withdraw/received/{receipt}/?lang={language}")


def _seldom(request: HttpRequest) -> bool:
    key = f"withdrawal:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, HOURS)
    try:
        return cache.incr(key) <= AN_HOUR
    except ValueError:  # the hour ended between the two lines
        return True


@require_safe
def received(request: HttpRequest, receipt: str) -> HttpResponse:
    """What was received and when; only whoever declared it has the address of this page."""
    try:
        number = signing.loads(receipt, salt=f"{SALT} receipt", max_age=SHOWN_FOR)
    except signing.BadSignature:
        return HttpResponseRedirect("/withdraw/")
    case = Case.objects.get(number=number)
    at = timezone.localtime(case.opened_at, ZoneInfo(in_force().company.time_zone))
    said = f"{moment_text(at, best_language(request))} ({in_force().company.time_zone})"
    return _shown(request, "received", given=case.details, case=case, moment=said)


def _shown(request: HttpRequest, page: str, *, status: int = 200, **more: Any) -> HttpResponse:
    company, language = in_force().company, best_language(request)
    words = {name.replace(" ", "_"): text for name, text in words_in(language).items()}
    given = more.get("given", {})
    words["sent"] = words["sent"].format(address=given.get("address", ""))
    context = {
        "company": company,
        "language": language,
        "title": f"{words['title']} · {company.name}",
        "words": words,
        "languages": [
            {"code": code, "name": NAMES.get(code, code), "url": f"?lang={code}", "here": code == language}
            for code in company.languages
        ],
        "fields": [(name, words[name], given.get(name, ""), more.get("wrong", {}).get(name, "")) for name in LONGEST],
        **more,
    }
    response = render(request, f"withdrawal/{page}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Vary"] = "Accept-Language"
    return response
