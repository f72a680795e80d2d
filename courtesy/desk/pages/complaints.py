"""Complaints at the desk: the register with its filters and export, and one complaint with everything done for it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.channels import complaining
from courtesy.conversations.complaints import answering, clocks, register, registering
from courtesy.conversations.complaints.answering import Answer
from courtesy.conversations.complaints.register import Wanted
from courtesy.conversations.models import Clock, Complaint
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.conversation import not_possible
from courtesy.desk.pages.shell import shell
from courtesy.desk.visible import complaints_visible_to
from courtesy.pack import editions
from courtesy.pack.complaining import categories_of

CLOCKS = ("running", "paused", "kept", "broken")


def wanted_in(request: DeskRequest) -> Wanted:
    asked = request.GET
    return Wanted(
        stage=asked.get("stage", "") if asked.get("stage", "") in Complaint.Stage.values else "",
        category=asked.get("category", "")[:60],
        clock=asked.get("clock", "") if asked.get("clock", "") in CLOCKS else "",
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        search=asked.get("q", "")[:100],
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    wanted = wanted_in(request)
    rows = register.found(complaints_visible_to(request.user), wanted)
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "page": register.page(rows, request.GET.get("after", "")[:200]),
        "figures": register.figures(rows),
        "wanted": wanted,
        "stages": Complaint.Stage.values,
        "categories": [one.name for one in categories_of(editions.in_force())],
        "clocks": CLOCKS,
        "query": query.urlencode(),
    }
    return shell(request, "desk/complaints.html", context, place="complaints")


@colleague_page
def export(request: DeskRequest) -> HttpResponse:
    """The same rows as the page, as CSV that spreadsheets open."""
    rows = register.found(complaints_visible_to(request.user), wanted_in(request))

    def written() -> Iterator[str]:
        for line in (register.COLUMNS, *register.lines(rows)):
            paper = io.StringIO()
            csv.writer(paper).writerow(line)
            yield paper.getvalue()

    headers = {"Content-Disposition": 'attachment; filename="complaints.csv"'}
    content = "\ufeff" + "".join(written())
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@colleague_page
def one(request: DeskRequest, number: str) -> HttpResponse:
    complaint = _complaint(request, number)
    open_now = complaint.stage in (Complaint.Stage.REGISTERED, Complaint.Stage.INVESTIGATING)
    context = {
        "complaint": complaint,
        "clocks": complaint.clocks.prefetch_related("pauses").order_by("due_at"),
        "entries": register.entries_of(complaint),
        "categories": [each.name for each in categories_of(editions.in_force())],
        "outcomes": Complaint.Outcome.values,
        "open_now": open_now,
        "now": timezone.now(),
    }
    return shell(request, "desk/complaint.html", context, place="complaints")


@colleague_deed
def act(request: DeskRequest, number: str) -> HttpResponse:
    """Classify, note findings, answer, or close; what is not possible says why."""
    complaint = _complaint(request, number)
    at, by, form = timezone.now(), request.user, request.POST
    deed = form.get("deed")
    refused = ""
    if deed == "classify":
        refused = registering.reclassify(complaint, form.get("category", ""), editions.in_force(), by, at)
    elif deed == "investigate":
        registering.investigate(complaint, form.get("findings", "")[:20_000], by, at)
    elif deed == "answer":
        others = tuple(form.get("alternatives", "")[:5_000].splitlines())
        text, solution = form.get("text", "")[:20_000], form.get("solution", "").strip()[:5_000]
        answer = Answer(form.get("outcome", ""), text, solution, others)
        refused = complaining.answer_complaint(complaint, answer, by, at)
    elif deed == "close":
        refused = answering.close(complaint, at, by.pk)
    else:
        refused = _("Say what is to be done.")
    return not_possible(request, refused) if refused else redirect("desk:complaint", number)


@colleague_deed
def clock(request: DeskRequest, number: str, clock_id: int) -> HttpResponse:
    """Pause a clock with its reason, let it go on, or extend it where the law allows that."""
    row = get_object_or_404(Clock, pk=clock_id, complaint=_complaint(request, number))
    company, at, by = editions.in_force().company, timezone.now(), request.user.pk
    deed, reason = request.POST.get("deed"), request.POST.get("reason", "")[:200]
    if deed == "pause":
        refused = clocks.pause(row, reason, by, at)
    elif deed == "extend":
        refused = clocks.extend(row, reason, company, by, at)
    else:
        refused = clocks.go_on(row, company, by, at)
    return not_possible(request, refused) if refused else redirect("desk:complaint", number)


def _complaint(request: DeskRequest, number: str) -> Complaint:
    seen = complaints_visible_to(request.user).select_related("case__conversation__customer", "team", "owner")
    return get_object_or_404(seen, case__number=number)
