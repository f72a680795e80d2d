"""The help centre's pages: its front, a search, an article, and a reader's word on whether it helped."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from courtesy.knowledge import feedback, gaps
from courtesy.knowledge.finding import address_of, find_several, surest
from courtesy.knowledge.labels import NAMES, folder_title, labels_in
from courtesy.knowledge.passages import sections, shortened
from courtesy.knowledge.rendering import render as to_html
from courtesy.knowledge.shelves import article_of, languages_of, readable_articles, shelves
from courtesy.pack import editions
from courtesy.pack.model import Article, Pack

LONGEST_QUERY = 300
RESULTS = 10
RELATED = 5
_GAPS_AN_HOUR = 20  # that one reader may add
_DAY, _HOUR = 86_400, 3_600


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the book in force, the language, the audience and the day at the company."""

    pack: Pack
    language: str
    audience: str
    at: datetime
    day: date


def _reader(request: HttpRequest, language: str) -> Reader | None:
    """None when the company does not speak the language."""
    pack = editions.in_force()
    if language not in pack.company.languages:
        return None
    now = timezone.now()
    audience = "colleagues" if request.user.is_authenticated else "customers"
    return Reader(pack, language, audience, now, now.astimezone(ZoneInfo(pack.company.time_zone)).date())


def best_language(request: HttpRequest) -> str:
    """``?lang=``, else the first language of the browser that the company speaks, else the company's own."""
    spoken = editions.in_force().company.languages
    for wish in (request.GET.get("lang", ""), request.headers.get("Accept-Language", "")):
        for part in wish.split(","):
            code = part.split(";")[0].strip().split("-")[0].lower()
            if code in spoken:
                return code
    return spoken[0]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Leads to the reader's own language, with the search kept."""
    query = request.GET.get("q", "")[:LONGEST_QUERY]
    address = f"/help/{best_language(request)}/" + (f"?{urlencode({'q': query})}" if query else "")
    response = HttpResponseRedirect(address)
    response.headers["Vary"] = "Accept-Language"
    return response


@require_safe
def home(request: HttpRequest, language: str) -> HttpResponse:
    """Every article by folder, or what a search finds."""
    reader = _reader(request, language)
    if reader is None:
        return HttpResponseRedirect("/help/")
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUERY]
    shown = _page(reader, {code: f"/help/{code}/" for code in reader.pack.company.languages})
    if query:
        return render(request, "help/search.html", {**shown, **_found(request, reader, query)})
    company = reader.pack.company
    shown |= {
        "shelves": shelves(reader.pack, language, reader.audience, reader.day),
        "description": company.about.get(language) or shown["title"],
        "canonical": f"{settings.COURTESY_URL}/help/{language}/",
    }
    return render(request, "help/home.html", shown)


@require_safe
def article(request: HttpRequest, language: str, id: str) -> HttpResponse:
    reader = _reader(request, language)
    if reader is None:
        return HttpResponseRedirect("/help/")
    found = article_of(reader.pack, language, id, reader.audience, reader.day)
    if found is None:
        return _not_found(request, reader)
    codes = languages_of(reader.pack, id, reader.audience, reader.day)
    shown = _page(reader, {code: f"/help/{code}/{id}/" for code in codes})
    parts = sections(found)
    folder = id.partition("/")[0] if "/" in id else ""
    shown |= {
        "title": f"{found.title} · {shown['title']}",
        "article": found,
        "body": to_html(found),
        "parts": [part for part in parts if part.heading],
        "foreign": found.language != language,
        "valid_from": _valid_from(found.valid_from, language, shown["labels"]),
        "folder": folder_title(reader.pack, folder, language) if folder else "",
        "related": _related(reader, found, folder),
        "description": shortened(" ".join(parts[0].text.split()), 160) if parts else "",
        "canonical": f"{settings.COURTESY_URL}{address_of(found)}",
        "thanked": "thanks" in request.GET,
    }
    return render(request, "help/article.html", shown)


@require_POST
def judge(request: HttpRequest, language: str, id: str) -> HttpResponse:
    """Counts a reader's yes or no, once a day for each reader and article."""
    reader = _reader(request, language)
    found = article_of(reader.pack, language, id, reader.audience, reader.day) if reader else None
    if reader is None or found is None:
        return HttpResponseRedirect("/help/")
    answer = request.POST.get("helpful")
    if answer in ("yes", "no") and cache.add(_trace(request, f"{found.language}/{id}"), 1, _DAY):
        feedback.judge(found, reader.pack.edition, helpful=answer == "yes", at=reader.at)
    return HttpResponseRedirect(f"/help/{language}/{id}/?thanks=yes#helpful")


# --- what the pages show --------------------------------------------------------------------------


def _page(reader: Reader, addresses: dict[str, str]) -> dict[str, Any]:
    """What every page needs; ``addresses`` are those of this page in other languages."""
    company = reader.pack.company
    labels = labels_in(reader.pack, reader.language)
    labels["chat_hint"] = labels["chat_hint"].replace("{representative}", company.representative_name)
    return {
        "company": company,
        "language": reader.language,
        "labels": labels,
        "title": f"{labels['help_centre']} · {company.name}",
        "site": settings.COURTESY_URL,
        "languages": [
            {"code": code, "name": NAMES.get(code, code), "url": url, "here": code == reader.language}
            for code, url in addresses.items()
        ],
    }


def _found(request: HttpRequest, reader: Reader, query: str) -> dict[str, Any]:
    passages = find_several(reader.pack, query, reader.language, audience=reader.audience, at=reader.at, most=RESULTS)
    if not passages and _may_note(request):
        gaps.note(query, reader.language, reader.at)
    labels = labels_in(reader.pack, reader.language)
    best = surest(passages)
    results = [
        {"passage": passage, "excerpt": shortened(" ".join(passage.text.split()), 220)}
        for passage in passages
        if passage is not best
    ]
    heading = labels["results"] if passages else labels["nothing"]
    return {"query": query, "best": best, "results": results, "heading": heading.replace("{query}", query)}


def _may_note(request: HttpRequest) -> bool:
    key = _trace(request, "gaps")
    cache.add(key, 0, _HOUR)
    try:
        return cache.incr(key) <= _GAPS_AN_HOUR
    except ValueError:  # it ran out in between
        return True


def _trace(request: HttpRequest, what: str) -> str:
    """A reader's mark for counting once: a digest, nothing that leads back."""
    who = (
        f"{request.META.get('REMOTE_ADDR', '')}\0{request.headers.get('User-Agent', '')}\0{settings.SECRET_KEY}\0{what}"
    )
    return "help:" + hashlib.sha256(who.encode()).hexdigest()


def _related(reader: Reader, found: Article, folder: str) -> list[Article]:
    if not folder:
        return []
    others = readable_articles(reader.pack, reader.language, reader.audience, reader.day)
    return [one for one in others if one.id.startswith(f"{folder}/") and one.id != found.id][:RELATED]


def _valid_from(day: date | None, language: str, labels: dict[str, str]) -> str:
    if day is None:
        return ""
    try:
        written = format_date(day, format="long", locale=Locale.parse({"zh": "zh_Hans"}.get(language, language)))
    except (UnknownLocaleError, ValueError):
        written = day.isoformat()
    return labels["valid_from"].replace("{date}", written)


def _not_found(request: HttpRequest, reader: Reader) -> HttpResponse:
    addresses = {code: f"/help/{code}/" for code in reader.pack.company.languages}
    return render(request, "help/not_found.html", _page(reader, addresses), status=404)
