"""Gaps: what customers asked and nobody could answer, gathered by theme; an article can be proposed from each."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.conversation import not_possible, number
from courtesy.desk.pages.learning.teaching import language_of
from courtesy.desk.pages.shell import shell
from courtesy.knowledge.conflicts import close, to_settle
from courtesy.knowledge.links import dead
from courtesy.knowledge.themes import Theme, theme_of, themes
from courtesy.knowledge.upkeep import due
from courtesy.pack import editions
from courtesy.pack.model import Pack
from courtesy.training.proposing import MOST_QUESTIONS, EmptyError, Source, propose_article

PAGE = 20
EXAMPLES = 5


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    """The themes, the most asked first, a page at a time."""
    found = themes(timezone.now())
    page = max(1, number(request.GET.get("page")))
    cards = found[(page - 1) * PAGE : page * PAGE]
    pack = editions.in_force()
    context = {
        "upkeep": due(pack, _company_day(pack), dead()) if page == 1 else [],
        "conflicts": to_settle(pack, timezone.localdate()) if page == 1 else [],
        "themes": [(theme, theme.gaps[:EXAMPLES], len(theme.gaps) - EXAMPLES) for theme in cards],
        "total": len(found),
        "asked": sum(theme.count for theme in found),
        "page": page,
        "earlier": page - 1,
        "later": page + 1 if page * PAGE < len(found) else 0,
        "most": max((theme.count for theme in found), default=1),
    }
    return shell(request, "desk/gaps.html", context, place="gaps")


def _company_day(pack: Pack) -> date:
    return timezone.localdate(timezone=ZoneInfo(pack.company.time_zone))


@colleague_deed
def settle(request: DeskRequest, key: str) -> HttpResponse:
    """Both passages of a contradiction are right."""
    if not close(editions.in_force(), key, at=timezone.now(), by=str(request.user.pk)):
        raise Http404
    return redirect("desk:gaps")


@colleague_deed
def propose(request: DeskRequest, gap_id: int) -> HttpResponse:
    """A draft of an article that answers a theme; its text is written on the proposal's page."""
    theme = theme_of(gap_id, timezone.now())
    if theme is None:
        raise Http404
    pack = editions.in_force()
    language = language_of(pack, theme.language)
    questions = [gap.text for gap in theme.gaps[:MOST_QUESTIONS]]
    try:
        source = Source(request.user, timezone.now())
        made = propose_article(pack, _title(theme), "", questions, language, source)
    except (EmptyError, LookupError):
        return not_possible(request, _("There is nothing in it to learn from."))
    return redirect("desk:proposal", made.pk)


def _title(theme: Theme) -> str:
    """What is asked most, as a title; the name of the theme where that is too long for one."""
    asked = theme.gaps[0].text
    title = asked if len(asked) <= 80 else theme.name
    return title[:1].upper() + title[1:]
