"""What frames every desk page: the company, the views with their counts, and who is at the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courtesy.channels.models import Received
from courtesy.conversations import difficulty, escalating
from courtesy.conversations.models import Case, Complaint, SideConversation, Suspicion
from courtesy.desk.inbox import COUNTED, counts
from courtesy.desk.models import SavedView
from courtesy.desk.pages.access import DeskRequest
from courtesy.desk.views import VIEWS
from courtesy.desk.visible import (
    approvals_visible_to,
    cases_visible_to,
    complaints_visible_to,
    parcel_events_visible_to,
    received_visible_to,
    sides_visible_to,
)
from courtesy.knowledge.models import KnowledgeGap
from courtesy.pack import editions
from courtesy.policy.models import Approval
from courtesy.training.models import OPEN, Proposal
from courtesy.workforce.models import Colleague

NAMES = {
    "mine": _("Mine"),
    "team": _("My teams"),
    "waiting": _("Waiting for customer"),
    "promises": _("Promises due"),
    "mentions": _("Mentions"),
    "snoozed": _("Snoozed"),
    "find": _("Search"),
    "unassigned": _("Unassigned"),
    "all": _("All open"),
    "representative": _("With the assistant"),
    "overdue": _("Overdue"),
    "closed": _("Closed"),
    "approvals": _("Approvals"),
    "authority": _("What I may decide"),
    "questions": _("Questions"),
    "attention": _("Attention"),
    "complaints": _("Complaints"),
    "incidents": _("Incidents"),
    "departments": _("Asked of others"),
    "proposals": _("Proposals"),
    "gaps": _("Unanswered"),
    "quarantine": _("Quarantine"),
}


def shell(
    request: DeskRequest, template: str, context: dict[str, Any], *, place: str, status: int = 200
) -> HttpResponse:
    """Render a page inside the frame; ``place`` is the view or page that is lit in the menu."""
    framed = {
        "company": editions.in_force().company,
        "me": request.user,
        "place": place,
        "menu": menu(request.user, timezone.now(), place),
        "presences": Colleague.Presence.choices,
    }
    return render(request, template, framed | context, status=status)


def menu(colleague: Colleague, at: datetime, place: str = "") -> dict[str, list[dict[str, Any]]]:
    """The entries of the menu with their counts."""
    numbers = all_counts(colleague, at)
    views = [
        {
            "name": view.name,
            "label": NAMES[view.name],
            "icon": view.icon,
            "keys": view.keys,
            "count": numbers.get(view.name),
            "lit": view.name == place,
            "alarm": view.name == "overdue" and bool(numbers["overdue"]),
        }
        for view in VIEWS.values()
    ]
    pages = [
        {
            "name": name,
            "address": reverse(f"desk:{name}"),
            "label": NAMES[name],
            "icon": icon,
            "keys": keys,
            "count": numbers[name],
            "lit": name == place,
        }
        for name, icon, keys in (
            ("approvals", "stamp", "g a"),
            ("questions", "question", "g q"),
            ("attention", "clock", "g t"),
            ("complaints", "note", "g k"),
            ("departments", "hand", "g h"),
            ("incidents", "alert", "g v"),
            ("proposals", "learn", "g p"),
            ("gaps", "gap", "g n"),
            ("quarantine", "shield", "g x"),
        )
    ]
    saved = [
        {"name": f"saved-{one.pk}", "id": one.pk, "label": one.name, "lit": place == f"saved-{one.pk}"}
        for one in SavedView.objects.filter(colleague=colleague).order_by("name")
    ]
    return {"views": views, "saved": saved, "pages": pages}


def all_counts(colleague: Colleague, at: datetime) -> dict[str, int]:
    return counts(colleague, at) | {
        "approvals": approvals_visible_to(colleague).filter(status=Approval.Status.WAITING)[:COUNTED].count(),
        "questions": open_questions(colleague)[:COUNTED].count(),
        "attention": escalating.waiting_for(colleague)[:COUNTED].count()
        + difficulty.to_review(colleague)[:COUNTED].count(),
        "complaints": open_complaints(colleague)[:COUNTED].count(),
        "departments": sides_visible_to(colleague).filter(status=SideConversation.Status.ANSWERED)[:COUNTED].count(),
        "incidents": Suspicion.objects.filter(status=Suspicion.Status.OPEN)[:COUNTED].count(),
        "proposals": Proposal.objects.filter(state__in=OPEN)[:COUNTED].count(),
        "gaps": KnowledgeGap.objects.filter(status=KnowledgeGap.Status.OPEN)[:COUNTED].count(),
        "quarantine": received_visible_to(colleague).filter(status=Received.Status.QUARANTINED)[:COUNTED].count()
        + parcel_events_visible_to(colleague)[:COUNTED].count(),
    }


def open_complaints(colleague: Colleague) -> Any:
    """Complaints that are not answered yet."""
    stages = (Complaint.Stage.REGISTERED, Complaint.Stage.INVESTIGATING)
    return complaints_visible_to(colleague).filter(stage__in=stages)


def open_questions(colleague: Colleague) -> Any:
    """Questions that wait for somebody who knows, longest waiting first."""
    return (
        cases_visible_to(colleague)
        .filter(
            kind=Case.Kind.QUESTION,
            status__in=(Case.Status.OPEN, Case.Status.WAITING),
            details__has_key="question",
        )
        .exclude(details__has_key="answer")
        .order_by("opened_at")
    )
