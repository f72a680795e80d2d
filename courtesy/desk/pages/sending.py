"""Replies that wait to be sent: taken back, sent now, moved to another time, given up."""

from __future__ import annotations

import json

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.channels import sending_later
from courtesy.channels.replying import DeniesRight, MovedOn
from courtesy.desk.drafts import put_back
from courtesy.desk.pages.access import DeskRequest, colleague_deed, is_fragment
from courtesy.desk.pages.conversation import find, gate, news_of, not_possible, number
from courtesy.desk.pages.speaking import due_of, held_back
from courtesy.desk.templatetags.desk import when


def _too_late(request: DeskRequest) -> HttpResponse:
    return not_possible(request, _("Too late: it was sent, or taken back before."))


@colleague_deed
def take_back(request: DeskRequest, conversation_id: str, reply_id: str) -> HttpResponse:
    """Undo: the reply lies in the composer again, with its files."""
    conversation, at = find(request, conversation_id), timezone.now()
    with transaction.atomic():
        waiting = sending_later.take_back(reply_id, request.user, at)
        if waiting is not None:
            put_back(conversation, request.user, waiting.text, at)
    if waiting is None:
        return _too_late(request)
    told = _("Taken back: nothing was sent.")
    shown = request.POST.get("open") == conversation.pk
    if is_fragment(request) and not shown:  # another conversation is open, or none
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"toast": told})})
    response = news_of(request, find(request, conversation_id), toast=told, enclosures=True)
    if is_fragment(request):
        taken = render(request, "desk/parts/taken.html", {"conversation": conversation, "taken": waiting})
        response.content += taken.content
        response.headers["HX-Trigger-After-Settle"] = "taken"
    return response


@colleague_deed
def send(request: DeskRequest, conversation_id: str, reply_id: str) -> HttpResponse:
    """Do not wait any longer."""
    conversation = find(request, conversation_id)
    if gate(conversation, request.user) == "closed":
        return not_possible(request, _("This conversation is closed. Reopen it to answer."))
    sent = sending_later.send_now(
        reply_id, request.user, timezone.now(), expected_version=number(request.POST.get("version"))
    )
    if sent is False:
        return _too_late(request)
    conversation = find(request, conversation_id)
    if isinstance(sent, MovedOn):
        return news_of(request, conversation, notice=held_back(conversation, request))
    if isinstance(sent, DeniesRight):
        told = _("Not sent: this denies a right. Take it back and write it anew.")
        return news_of(request, conversation, notice=told)
    return news_of(request, conversation, toast=_("Sent."))


@colleague_deed
def move(request: DeskRequest, conversation_id: str, reply_id: str) -> HttpResponse:
    """Another time."""
    conversation, at = find(request, conversation_id), timezone.now()
    if gate(conversation, request.user) != "yours":
        return not_possible(request, _("You do not hold this conversation."))
    due_at, scheduled = due_of(request, at)
    if due_at is None or not scheduled:
        return not_possible(request, _("Choose a time that is still to come."))
    if not sending_later.move(reply_id, request.user, due_at, at):
        return _too_late(request)
    return news_of(
        request, find(request, conversation_id), toast=_("It goes out %(moment)s.") % {"moment": when(due_at)}
    )


@colleague_deed
def give_up(request: DeskRequest, conversation_id: str, reply_id: str) -> HttpResponse:
    """It is not sent and not kept."""
    find(request, conversation_id)
    if not sending_later.give_up(reply_id, request.user, timezone.now()):
        return _too_late(request)
    return news_of(request, find(request, conversation_id), toast=_("It will not be sent."))
