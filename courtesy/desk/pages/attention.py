"""What must not be left lying: clocks that are about to break, what was escalated to me, and reviews that are due."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.conversations import difficulty, escalating
from courtesy.conversations.models import Clock, Difficulty, Escalation
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.conversation import not_possible
from courtesy.desk.pages.shell import shell
from courtesy.desk.visible import complaints_visible_to
from courtesy.pack import editions

SHOWN = 50


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    mine = complaints_visible_to(request.user)
    near = Clock.objects.filter(complaint__in=mine, settled_at=None, warned_at__isnull=False)
    reviews = difficulty.to_review(request.user).select_related("case", "conversation__customer")[:SHOWN]
    context = {
        "near": near.select_related("complaint__case").order_by("due_at")[:SHOWN],
        "escalations": escalating.waiting_for(request.user).select_related("case", "owner", "conversation__customer")[
            :SHOWN
        ],
        "reviews": [_review(row, request) for row in reviews],
        "now": timezone.now(),
    }
    return shell(request, "desk/attention.html", context, place="attention")


def _review(row: Difficulty, request: DeskRequest) -> dict[str, object]:
    protocol = editions.in_force().protocols.get(row.protocol)
    title, advice = (protocol.title, protocol.colleagues) if protocol else ({}, {})
    return {"row": row, "title": _spoken(title, request), "advice": _spoken(advice, request)}


def _spoken(text: object, request: DeskRequest) -> str:
    return str(text.get(request.user.language) or text.get("en") or "") if isinstance(text, dict) else ""


@colleague_deed
def own(request: DeskRequest, escalation_id: int) -> HttpResponse:
    """This is mine now."""
    row = get_object_or_404(Escalation, pk=escalation_id)
    if not escalating.own(row, request.user, timezone.now()):
        return not_possible(request, _("It is not asked of you, or somebody has dealt with it."))
    return redirect("desk:attention")


@colleague_deed
def review(request: DeskRequest, difficulty_id: int) -> HttpResponse:
    """A lead looks at it afterwards; only then may the case close."""
    row = get_object_or_404(Difficulty, pk=difficulty_id)
    refused = difficulty.review(row, request.user, request.POST.get("text", "")[:20_000], timezone.now())
    return not_possible(request, refused) if refused else redirect("desk:attention")
