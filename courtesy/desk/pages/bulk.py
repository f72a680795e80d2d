"""Acts on several conversations, and snoozing and tagging one."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtesy.conversations import snoozing, tagging
from courtesy.desk import bulk
from courtesy.desk.models import BulkAct
from courtesy.desk.pages.access import DeskRequest, colleague_deed, is_fragment
from courtesy.desk.pages.conversation import find, gate, news_of, not_possible
from courtesy.desk.snooze_times import moment_of
from courtesy.desk.wrapping_up import problem_of
from courtesy.pack import editions
from courtesy.workforce.models import Colleague


@colleague_deed
def do(request: DeskRequest) -> HttpResponse:
    """Do one thing with all that were chosen; what may not be touched is passed over and counted."""
    asked, at = request.POST, timezone.now()
    act, ids = asked.get("act", ""), asked.getlist("id")
    if act not in bulk.ACTS or not ids:
        return not_possible(request, _("Choose conversations first."))
    to = Colleague.objects.filter(pk=asked.get("colleague", ""), is_active=True).first() if act == "assign" else None
    if act == "assign" and asked.get("colleague") and to is None:
        return not_possible(request, _("This colleague cannot take it."))
    until = moment_of(asked.get("until", ""), at) if act == "snooze" else None
    if act == "snooze" and until is None:
        return not_possible(request, _("Say until when."))
    if act == "tag" and not tagging.as_tag(asked.get("tag", "")):
        return not_possible(request, _("Write a tag first."))
    code = asked.get("code", "") if act == "close" else ""
    if act == "close" and (problem := problem_of(editions.in_force().company, code)):
        return not_possible(request, problem)
    row, left = bulk.do(act, ids, request.user, at, to=to, until=until, tag=asked.get("tag", ""), code=code)
    return _told(request, _said(row, left), undo=reverse("desk:bulk-undo", args=[row.pk]) if row.before else "")


def _said(row: BulkAct, left: int) -> str:
    done = len(row.before)
    told = {
        "assign": ngettext("%(n)d conversation given.", "%(n)d conversations given.", done),
        "close": ngettext("%(n)d conversation closed.", "%(n)d conversations closed.", done),
        "snooze": ngettext("%(n)d conversation snoozed.", "%(n)d conversations snoozed.", done),
        "tag": ngettext("%(n)d conversation tagged.", "%(n)d conversations tagged.", done),
    }[row.act] % {"n": done}
    if left:
        told += " " + ngettext("%(n)d was left as it is.", "%(n)d were left as they are.", left) % {"n": left}
    return told


def _told(request: DeskRequest, text: str, undo: str = "") -> HttpResponse:
    if not is_fragment(request):
        return redirect("desk:inbox")
    toast = {"text": text, "undo": undo, "label": _("Undo")} if undo else text
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"toast": toast, "moved": True})})


@colleague_deed
def undo(request: DeskRequest, act_id: int) -> HttpResponse:
    row = get_object_or_404(BulkAct, pk=act_id, colleague=request.user)
    back, left = bulk.undo(row, timezone.now())
    told = ngettext("%(n)d conversation put back.", "%(n)d conversations put back.", back) % {"n": back}
    if left:
        told += " " + ngettext("%(n)d has moved on since.", "%(n)d have moved on since.", left) % {"n": left}
    return _told(request, told)


@colleague_deed
def snooze(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Put this one aside, or bring it back now ("now")."""
    conversation, at, choice = find(request, conversation_id), timezone.now(), request.POST.get("until", "")
    if not bulk.may_move(conversation, request.user) or gate(conversation, request.user) == "closed":
        return not_possible(request, _("Only its holder or a team lead can put it aside."))
    until = moment_of(choice, at)
    if until is None and choice != "now":
        return not_possible(request, _("Say until when."))
    snoozing.snooze(conversation, until, request.user.pk, at)
    return news_of(request, find(request, conversation_id), toast=_("Snoozed.") if until else _("It is back."))


@colleague_deed
def tag(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Put a tag on, or take one off."""
    conversation, at = find(request, conversation_id), timezone.now()
    if off := request.POST.get("off", ""):
        tagging.untag(conversation, off, request.user.pk, at)
    elif not tagging.tag(conversation, request.POST.get("tag", ""), request.user.pk, at):
        return not_possible(request, _("Write a tag that is not there yet."))
    context = {"conversation": conversation, "known_tags": tagging.known_tags()}
    return render(request, "desk/parts/tags.html", context)
