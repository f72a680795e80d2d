"""One conversation: the page, what is new in it, and the panel beside it."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courtesy.channels import enclosing, sending_later
from courtesy.channels.models import Enclosure, WaitingReply
from courtesy.channels.replying import DeniesRight
from courtesy.conversations.models import Conversation, Message, Promise
from courtesy.conversations.tagging import known_tags
from courtesy.desk import customer_card, guided, thread, why
from courtesy.desk.drafts import drafts_of
from courtesy.desk.mentions import note_seen
from courtesy.desk.pages.access import DeskRequest, colleague_page, is_fragment
from courtesy.desk.pages.inbox import list_of
from courtesy.desk.pages.shell import shell
from courtesy.desk.visible import approvals_visible_to, conversations_visible_to
from courtesy.pack import editions
from courtesy.policy.models import Approval
from courtesy.workforce.models import Colleague

Status, Speaker = Conversation.Status, Conversation.Speaker


def find(request: DeskRequest, conversation_id: str) -> Conversation:
    """The conversation, when this colleague may see it; else it does not exist."""
    visible = conversations_visible_to(request.user).select_related("customer", "holder", "team")
    return get_object_or_404(visible, pk=conversation_id)


def gate(conversation: Conversation, colleague: Colleague) -> str:
    """Who may answer now: yours, other (a colleague), free (nobody yet), representative, or closed."""
    if conversation.status == Status.CLOSED:
        return "closed"
    if conversation.speaker == Speaker.REPRESENTATIVE:
        return "representative"
    if conversation.holder_id is None:
        return "free"
    return "yours" if conversation.holder_id == colleague.pk else "other"


def stage(request: DeskRequest, conversation: Conversation) -> dict[str, Any]:
    """Everything the middle of the page shows."""
    shown = thread.latest(conversation)
    return {
        "conversation": conversation,
        "thread": shown,
        "seen": {"message": shown.last_message, "line": shown.last_line},
        "promises": conversation.promises.select_related("team", "owner").order_by("due_at"),
        "cases": conversation.cases.order_by("-opened_at"),
        "waiting_approvals": approvals_visible_to(request.user).filter(
            conversation=conversation, status=Approval.Status.WAITING
        ),
        "late": Promise.Status.LATE,
        "waiting_replies": waiting_replies(conversation),
        **composer(request, conversation),
    }


def waiting_replies(conversation: Conversation) -> list[WaitingReply]:
    """What colleagues have written here and what is not said yet, the first due first."""
    rows = conversation.waiting_replies.select_related("colleague").order_by("due_at", "id")
    return list(rows.prefetch_related(Prefetch("enclosures", Enclosure.objects.defer("content").order_by("id"))))


def composer(request: DeskRequest, conversation: Conversation) -> dict[str, Any]:
    reply, note = drafts_of(conversation, request.user)
    standing = gate(conversation, request.user)
    return {
        "conversation": conversation,
        "gate": standing,
        "enclosures": list(enclosing.enclosed(conversation.pk, request.user)) if standing == "yours" else [],
        "draft_reply": reply,
        "draft_note": note,
        "me": request.user,
        "zone": timezone.get_current_timezone_name(),
        "company": editions.in_force().company,
        "may_assign": standing in ("yours", "free", "representative")
        or request.user.has_grade(Colleague.Grade.TEAM_LEAD),
        "colleagues": colleagues_for(conversation),
        "snoozed": conversation.snoozed_until is not None and conversation.snoozed_until > timezone.now(),
    }


def colleagues_for(conversation: Conversation) -> list[Colleague]:
    """Who it can be given to: active colleagues who may see it."""
    leads = [Colleague.Grade.TEAM_LEAD, Colleague.Grade.MANAGER]
    able = Colleague.objects.filter(is_active=True)
    if conversation.team_id:
        able = able.filter(Q(teams=conversation.team_id) | Q(grade__in=leads)).distinct()
    return list(able.order_by("name")[:100])


def panel(request: DeskRequest, conversation: Conversation) -> dict[str, Any]:
    """Everything beside the thread: the customer, the orders, and why the representative did what it did."""
    spoken = Message.objects.filter(conversation=conversation, author=Message.Author.REPRESENTATIVE)
    return {
        "card": customer_card.card_of(conversation, conversations_visible_to(request.user)),
        "reasons": why.reasons(conversation.pk),
        "cited": why.cited(spoken.order_by("-sequence")[:30]),
        "guides": guided.guides_of(conversation, editions.in_force(), (get_language() or "en").split("-")[0]),
        "known_tags": known_tags(),
        "looked_up": request.session.get(f"looked up {conversation.pk}", []),
    }


@colleague_page
def show(request: DeskRequest, conversation_id: str) -> HttpResponse:
    conversation = find(request, conversation_id)
    note_seen(conversation, request.user, timezone.now())
    sending_later.note_seen(conversation.pk, request.user, timezone.now())
    context = stage(request, conversation) | panel(request, conversation)
    if is_fragment(request) and request.headers.get("HX-Target") == "stage":
        return render(request, "desk/parts/stage.html", context)
    listed = list_of(request, selected=conversation.pk)
    return shell(request, "desk/inbox.html", listed | context, place=listed["place"])


@colleague_page
def news(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """What happened since the page was drawn."""
    return news_of(request, find(request, conversation_id))


def news_of(
    request: DeskRequest,
    conversation: Conversation,
    *,
    fresh_composer: bool = False,
    said: bool = False,
    notice: str = "",
    toast: str = "",
    denies: DeniesRight | None = None,
    enclosures: bool = False,
) -> HttpResponse:
    """New items for the thread, and whatever else changed around it. The composer is left alone (text, files, caret)
    unless who may answer has changed."""
    if not is_fragment(request):
        return redirect("desk:conversation", conversation.pk)
    asked = request.POST if request.method == "POST" else request.GET
    shown = thread.since(conversation, number(asked.get("message")), number(asked.get("line")))
    context = stage(request, conversation)
    context |= {
        "thread": shown,
        "seen": {"message": shown.last_message, "line": shown.last_line},
        "fresh_composer": fresh_composer or asked.get("gate") != context["gate"],
        "notice": notice,
        "said": said,
        "denies": denies,
        "out_of_band": True,
        "fresh_enclosures": enclosures or said,
        "changed_delivery": conversation.messages.filter(internal=False)
        .exclude(author__in=(Message.Author.CUSTOMER, Message.Author.SYSTEM))
        .order_by("-sequence")[:8],
    }
    response = render(request, "desk/parts/news.html", context)
    if toast:
        response.headers["HX-Trigger"] = json.dumps({"toast": toast})
    return response


def number(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 16 else 0


@colleague_page
def earlier(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """The page of the thread before a message."""
    conversation = find(request, conversation_id)
    before = number(request.GET.get("before"))
    if not before or not conversation.messages.filter(sequence=before).exists():
        raise Http404(_("There is no such message."))
    context = {"conversation": conversation, "thread": thread.latest(conversation, before), "me": request.user}
    return render(request, "desk/parts/earlier.html", context | {"company": editions.in_force().company})


@colleague_page
def beside(request: DeskRequest, conversation_id: str) -> HttpResponse:
    conversation = find(request, conversation_id)
    return render(request, "desk/parts/side.html", {"conversation": conversation} | panel(request, conversation))


def not_possible(request: HttpRequest, because: str) -> HttpResponse:
    """A deed that cannot be done now, said in a passing notice."""
    return HttpResponse(
        because,
        status=409,
        content_type="text/plain; charset=utf-8",
        headers={"HX-Trigger": json.dumps({"toast": because}), "HX-Reswap": "none"},
    )
