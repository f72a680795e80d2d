"""Proposals: what people would teach; a change of the pack that is shown, tested, taken, refused or undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page, is_fragment
from courtesy.desk.pages.conversation import not_possible, number
from courtesy.desk.pages.learning.teaching import titled
from courtesy.desk.pages.shell import shell
from courtesy.desk.visible import conversations_visible_to
from courtesy.pack import editions
from courtesy.pack.writing import UnwritableError
from courtesy.training import deciding, testing
from courtesy.training.changes import Change
from courtesy.training.models import OPEN, Proposal
from courtesy.training.proposing import EmptyError, change

PAGE = 20
State = Proposal.State
VIEWS = {
    "waiting": (gettext_lazy("Waiting"), OPEN),
    "taken": (gettext_lazy("Taken"), (State.TAKEN,)),
    "refused": (gettext_lazy("Refused or undone"), (State.REFUSED, State.UNDONE)),
}
WHY_NOT = {
    "grade": gettext_lazy("A team lead or manager decides what is learned."),
    "decided": gettext_lazy("Somebody has decided this already."),
    "untested": gettext_lazy("Test it first."),
    "worsens": gettext_lazy("The test found something against it."),
    "stale": gettext_lazy("The pack has changed since the test. Test it again."),
    "unpublished": gettext_lazy("The pack's folder holds other changes that are not in force. Publish them first."),
    "folder": gettext_lazy("The pack's folder cannot be written from here. Download the page and put it there."),
    "form": gettext_lazy("The page cannot be changed line by line. Change it by hand."),
    "changed": gettext_lazy("The page was changed by hand since. Take it out by hand."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as a colleague reads it."""

    proposal: Proposal
    target: str
    instead_of: str
    source_visible: bool


def shown(proposal: Proposal, request: DeskRequest) -> Shown:
    named = {one.name: titled(one, request.user.language) for one in editions.in_force().procedures.values()}
    titles = {one.id: one.title for one in editions.in_force().articles if one.language == proposal.language}
    known = titles | named
    visible = bool(proposal.conversation_id) and conversations_visible_to(request.user).filter(
        pk=proposal.conversation_id
    )
    return Shown(
        proposal,
        known.get(proposal.target, proposal.target),
        known.get(proposal.instead_of, proposal.instead_of),
        bool(visible and visible.exists()),
    )


def waiting() -> QuerySet[Proposal]:
    return Proposal.objects.filter(state__in=OPEN)


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    view = request.GET.get("view", "waiting")
    view = view if view in VIEWS else "waiting"
    rows = Proposal.objects.filter(state__in=VIEWS[view][1]).select_related("proposed_by", "decided_by")
    if before := number(request.GET.get("before")):
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    context = {
        "cards": [shown(one, request) for one in found[:PAGE]],
        "view": view,
        "views": [(name, label) for name, (label, _states) in VIEWS.items()],
        "before": found[PAGE - 1].pk if len(found) > PAGE else 0,
        "first": not before,
    }
    return shell(request, "desk/proposals.html", context, place="proposals")


@colleague_page
def show_one(request: DeskRequest, proposal_id: int) -> HttpResponse:
    context = _context(request, proposal_id)
    if is_fragment(request):
        return render(request, "desk/parts/proposal.html", context)
    return shell(request, "desk/proposal.html", context, place="proposals")


def _context(request: DeskRequest, proposal_id: int) -> dict[str, Any]:
    rows = Proposal.objects.select_related("proposed_by", "decided_by", "message")
    proposal = get_object_or_404(rows, pk=proposal_id)
    planned, trouble = _change(proposal)
    decides = request.user.has_grade(deciding.MAY_DECIDE)
    writeable = deciding.folder_is_writeable()
    return {
        "card": shown(proposal, request),
        "proposal": proposal,
        "change": planned,
        "trouble": trouble,
        "report": _report(proposal.report),
        "decides": decides,
        "writeable": writeable,
        "unpublished": decides and proposal.is_open and testing.unpublished_changes(),
        "stale": proposal.state == State.TESTED and proposal.edition != editions.in_force().edition,
        "me": request.user,
    }


def _change(proposal: Proposal) -> tuple[Change | None, str]:
    """What it would change, as long as it is open; or why it cannot be written."""
    if not proposal.is_open:
        return None, ""
    try:
        return deciding.proposed_change(proposal), ""
    except UnwritableError as error:
        return None, str(error)


def _report(report: dict[str, Any]) -> dict[str, Any]:
    """The test's report under names that a template can say."""
    failed = [{**one, "passed_before": bool(one.get("passed before"))} for one in report.get("failed", ())]
    readings = report.get("readings") or {}
    return {**report, "failed": failed, "played": report.get("passed", 0) + len(failed), "readings": readings}


@colleague_deed
def test(request: DeskRequest, proposal_id: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal, pk=proposal_id)
    testing.ask_for_test(proposal, timezone.now())
    return _again(request, proposal_id)


@colleague_deed
def change_words(request: DeskRequest, proposal_id: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal, pk=proposal_id)
    given = request.POST
    try:
        change(
            proposal,
            editions.in_force(),
            text=given.get("text", ""),
            title=given.get("title", ""),
            questions=given.get("questions", "").splitlines(),
        )
    except EmptyError:
        return not_possible(request, _("There is nothing in it to learn from."))
    except ValueError:
        return not_possible(request, str(WHY_NOT["decided"]))
    return _again(request, proposal_id)


@colleague_deed
def take(request: DeskRequest, proposal_id: int) -> HttpResponse:
    return _decided(request, proposal_id, lambda: deciding.take(proposal_id, request.user, timezone.now()))


@colleague_deed
def refuse(request: DeskRequest, proposal_id: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _decided(request, proposal_id, lambda: deciding.refuse(proposal_id, request.user, reason, timezone.now()))


@colleague_deed
def undo(request: DeskRequest, proposal_id: int) -> HttpResponse:
    return _decided(request, proposal_id, lambda: deciding.undo(proposal_id, request.user, timezone.now()))


def _decided(request: DeskRequest, proposal_id: int, decide: Callable[[], Proposal]) -> HttpResponse:
    get_object_or_404(Proposal, pk=proposal_id)
    try:
        decide()
    except deciding.NotNowError as error:
        return not_possible(request, str(WHY_NOT[error.why]))
    return _again(request, proposal_id)


def _again(request: DeskRequest, proposal_id: int) -> HttpResponse:
    if not is_fragment(request):
        return redirect("desk:proposal", proposal_id)
    return render(request, "desk/parts/proposal.html", _context(request, proposal_id))


@colleague_page
def page(request: DeskRequest, proposal_id: int) -> HttpResponse:
    """The page of the pack as it would stand, for putting it there by hand."""
    proposal = get_object_or_404(Proposal, pk=proposal_id)
    planned, trouble = _change(proposal)
    if planned is None:
        return not_possible(request, trouble or str(WHY_NOT["decided"]))
    name = quote(PurePosixPath(planned.page).name)
    return HttpResponse(
        planned.after or "",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "X-Content-Type-Options": "nosniff"},
    )
