"""Incidents: bursts that may be one, those that are declared, what customers are told, and who was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtesy.channels import news
from courtesy.conversations.incidents import declaring, suspecting, telling
from courtesy.conversations.incidents.declaring import Lacking, News, Touches, Trouble
from courtesy.conversations.models import Incident, Suspicion, Told
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.conversation import not_possible
from courtesy.desk.pages.learning.teaching import titled
from courtesy.desk.pages.shell import shell
from courtesy.desk.visible import conversations_visible_to
from courtesy.pack import editions
from courtesy.pack.model import Pack
from courtesy.workforce.models import Colleague

MAY_DECLARE = Colleague.Grade.SENIOR
SHOWN = 50
LONGEST = 2000
LACKING: Mapping[Lacking, Any] = {
    "title": gettext_lazy("Give it a title."),
    "a matter": gettext_lazy("Say which matters, articles or products it touches."),
    "what is said": gettext_lazy("Write what customers are told, at least in the company's first language."),
    "a known procedure": gettext_lazy("The pack has no such matter."),
    "a known article": gettext_lazy("The pack has no such article."),
    "a time to come": gettext_lazy("A time that customers are told must be still to come."),
    "not over yet": gettext_lazy("This incident is over already."),
}


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    pack = editions.in_force()
    chosen = Suspicion.objects.filter(pk=_number(request.GET.get("from", "")), status=Suspicion.Status.OPEN).first()
    open_now = telling.open_incidents()
    context = {
        "suspicions": Suspicion.objects.filter(status=Suspicion.Status.OPEN).order_by("-last_at")[:SHOWN],
        "open_now": open_now,
        "over": Incident.objects.filter(status=Incident.Status.OVER).order_by("-declared_at")[:SHOWN],
        "chosen": chosen,
        "may_declare": request.user.has_grade(MAY_DECLARE),
        **_choices(pack, request.user.language),
    }
    return shell(request, "desk/incidents.html", context, place="incidents")


@colleague_page
def one(request: DeskRequest, number: str) -> HttpResponse:
    incident = get_object_or_404(Incident, number=number)
    rows = Told.objects.filter(incident=incident)
    mine = rows.filter(conversation__in=conversations_visible_to(request.user))
    context = {
        "incident": incident,
        "linked": rows.count(),
        "behind": rows.filter(news__lt=incident.news).count(),
        "rows": mine.select_related("conversation__customer").order_by("-linked_at")[:SHOWN],
        "may_declare": request.user.has_grade(MAY_DECLARE),
        "words": [(code, incident.said.get(code, "")) for code in editions.in_force().company.languages],
        "over_words": [(code, incident.said_over.get(code, "")) for code in editions.in_force().company.languages],
    }
    return shell(request, "desk/incident.html", context, place="incidents")


@colleague_deed
def declare(request: DeskRequest) -> HttpResponse:
    """From now on customers are told; those whose reports raised the suspicion hear of it at once."""
    if not request.user.has_grade(MAY_DECLARE):
        return not_possible(request, _("A senior colleague declares incidents."))
    form, at, pack = request.POST, timezone.now(), editions.in_force()
    touches = Touches(
        tuple(_listed(form.get("areas", ""))),
        tuple(_listed(form.get("products", ""))),
        tuple(form.getlist("procedures")),
        tuple(form.getlist("articles")),
    )
    trouble = Trouble(
        form.get("title", ""),
        touches,
        _news(request, pack),
        severity=form["severity"] if form.get("severity") in Incident.Severity.values else "medium",
        whole_answer=form.get("whole_answer") == "yes",
    )
    made = declaring.declare(trouble, pack, request.user, at)
    if not isinstance(made, Incident):
        return not_possible(request, str(LACKING[made]))
    suspicion = Suspicion.objects.filter(pk=_number(form.get("from", ""))).first()
    if suspicion is not None:
        suspecting.became(suspicion, made, request.user, at)
        news.bring(at)
    return redirect("desk:incident", made.number)


@colleague_deed
def act(request: DeskRequest, number: str) -> HttpResponse:
    """Change what is said, say that it is over, or link a conversation."""
    incident = get_object_or_404(Incident, number=number)
    at, pack, deed = timezone.now(), editions.in_force(), request.POST.get("deed")
    lack: Lacking = ""
    if deed == "link":
        visible = conversations_visible_to(request.user)
        wanted = request.POST.get("conversation", "").strip().rstrip("/").rpartition("/")[2]
        telling.link(incident, get_object_or_404(visible, pk=wanted), at, request.user)
    elif not request.user.has_grade(MAY_DECLARE):
        return not_possible(request, _("A senior colleague declares incidents."))
    elif deed == "change":
        lack = declaring.change(incident, _news(request, pack), pack, request.user, at)
    elif deed == "finish":
        lack = declaring.finish(incident, pack, request.user, at, _said(request, pack))
    if lack:
        return not_possible(request, str(LACKING[lack]))
    news.bring(at)
    return redirect("desk:incident", number)


@colleague_deed
def dismiss(request: DeskRequest, suspicion_id: int) -> HttpResponse:
    suspicion = get_object_or_404(Suspicion, pk=suspicion_id)
    if not suspecting.dismiss(suspicion, request.user, timezone.now()):
        return not_possible(request, _("Somebody has settled this already."))
    return redirect("desk:incidents")


def _choices(pack: Pack, language: str) -> dict[str, Any]:
    names = [(one.name, titled(one, language)) for one in pack.procedures.values() if any(one.examples.values())]
    first = pack.company.languages[0]
    articles = [(one.id, one.title) for one in pack.articles if one.language == first]
    return {
        "procedures": sorted(names, key=lambda pair: pair[1].casefold()),
        "articles": sorted(articles, key=lambda pair: pair[1].casefold()),
        "languages": pack.company.languages,
        "severities": Incident.Severity.values,
        "longest": LONGEST,
    }


def _news(request: DeskRequest, pack: Pack) -> News:
    return News(_said(request, pack), _moment(request, "expected"), _moment(request, "next_news"))


def _said(request: DeskRequest, pack: Pack) -> dict[str, str]:
    return {code: request.POST.get(f"said-{code}", "")[:LONGEST] for code in pack.company.languages}


def _moment(request: DeskRequest, name: str) -> datetime | None:
    """A time as the browser writes it, in the company's zone; None when there is none."""
    try:
        return timezone.make_aware(datetime.fromisoformat(request.POST.get(name, "")))
    except ValueError:
        return None


def _listed(written: str) -> list[str]:
    return [one for one in (part.strip() for part in written[:LONGEST].replace("\n", ",").split(",")) if one][:200]


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 12 else 0
