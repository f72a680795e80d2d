"""Quarantine: what could not be read, seen safely, released or dismissed by a person."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from courtesy.channels.email import quarantine
from courtesy.channels.models import Received
from courtesy.commerce.parcels import events
from courtesy.conversations import journal
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.conversation import not_possible
from courtesy.desk.pages.documents import sealed
from courtesy.desk.pages.shell import shell
from courtesy.desk.visible import parcel_events_visible_to, received_visible_to

SHOWN = 100
SAFE_LENGTH = 200_000


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    held = received_visible_to(request.user).filter(status=Received.Status.QUARANTINED).order_by("-at")
    reports = parcel_events_visible_to(request.user).order_by("-at", "-pk")
    shown = {"held": held.defer("raw")[:SHOWN], "reports": reports.defer("raw")[:SHOWN]}
    return shell(request, "desk/quarantine.html", shown, place="quarantine")


@colleague_page
def safe_view(request: DeskRequest, received_id: int) -> HttpResponse:
    """The bytes as plain text: nothing in them is interpreted."""
    received = get_object_or_404(received_visible_to(request.user), pk=received_id)
    return _as_text(bytes(received.raw))


@colleague_page
def safe_view_of_event(request: DeskRequest, event_id: int) -> HttpResponse:
    event = get_object_or_404(parcel_events_visible_to(request.user), pk=event_id)
    return _as_text(bytes(event.raw))


def _as_text(raw: bytes) -> HttpResponse:
    text = raw[:SAFE_LENGTH].decode("utf-8", errors="replace")
    return sealed(f"<pre style='white-space:pre-wrap'>{escape(text)}</pre>")


@colleague_deed
def dismiss_event(request: DeskRequest, event_id: int) -> HttpResponse:
    """A carrier's report that needs nothing: it leaves the list, and that is written down."""
    event = get_object_or_404(parcel_events_visible_to(request.user), pk=event_id)
    with transaction.atomic():
        if events.dismiss(event.pk, request.user.name):
            content = {"event": event.pk, "provider id": event.provider_id, "was": event.reason}
            journal.write("parcel event dismissed", actor=request.user.pk, at=timezone.now(), content=content)
    return redirect("desk:quarantine")


@colleague_deed
def decide(request: DeskRequest, received_id: int) -> HttpResponse:
    """Release it into a conversation, or dismiss it; both are written down."""
    held = received_visible_to(request.user).filter(status=Received.Status.QUARANTINED)
    received = get_object_or_404(held, pk=received_id)
    answer = request.POST.get("answer")
    if answer == "release":
        quarantine.release(received, request.user, timezone.now())
    elif answer == "dismiss":
        quarantine.dismiss(received, request.user, timezone.now())
    else:
        return not_possible(request, _("Release or dismiss it."))
    return redirect("desk:quarantine")
