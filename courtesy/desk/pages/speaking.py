"""Speaking from the desk: a reply, a note, a draft, a sign of typing."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtesy.channels import enclosing, replying, sending_later
from courtesy.channels.models import WaitingReply
from courtesy.channels.replying import DeniesRight, MovedOn
from courtesy.conversations import events
from courtesy.conversations.models import Conversation, Message
from courtesy.desk.drafts import drop_draft, save_draft
from courtesy.desk.insertable import gaps_in
from courtesy.desk.mentions import note_mentions
from courtesy.desk.pages.access import DeskRequest, colleague_deed
from courtesy.desk.pages.conversation import colleagues_for, find, gate, news_of, not_possible, number
from courtesy.desk.snooze_times import moment_of
from courtesy.desk.templatetags.desk import when as when_written
from courtesy.pack import editions


@colleague_deed
def reply(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Say it, unless the conversation moved on: then what is new is shown and the text stays where it is."""
    conversation = find(request, conversation_id)
    text, internal = request.POST.get("text", "").strip(), request.POST.get("internal") == "yes"
    files = request.FILES.getlist("files")
    lying = not internal and enclosing.enclosed(conversation.pk, request.user).exists()
    if not (text or files or lying):
        return not_possible(request, _("Write something first."))
    if internal and files:
        return not_possible(request, _("Files can be sent to the customer, not filed with a note."))
    if not internal and conversation.status == Conversation.Status.CLOSED:
        return not_possible(request, _("This conversation is closed. Reopen it to answer."))
    if not internal and (gaps := gaps_in(editions.in_force(), text)):
        return not_possible(request, _("Fill in first: %(fields)s") % {"fields": ", ".join(gaps)})
    at = timezone.now()
    due_at, scheduled = due_of(request, at)
    if due_at is None:
        return not_possible(request, _("Choose a time that is still to come."))
    if problem := enclose_all(request, conversation, files, at):
        return not_possible(request, problem)
    said = (
        _note(request, conversation, text, at)
        if internal
        else _hold(request, conversation, text, at, due_at=due_at, scheduled=scheduled)
    )
    if isinstance(said, MovedOn):
        save_draft(conversation, request.user, text, at, internal=internal)
        conversation = find(request, conversation_id)
        return news_of(request, conversation, notice=held_back(conversation, request))
    if isinstance(said, DeniesRight):
        save_draft(conversation, request.user, text, at, internal=internal)
        return news_of(request, find(request, conversation_id), denies=said)
    drop_draft(conversation, request.user, internal=internal)
    response = news_of(request, find(request, conversation_id), said=True)
    response.headers["HX-Trigger"] = json.dumps({"said": True} | _told(said))
    return response


def _note(request: DeskRequest, conversation: Conversation, text: str, at: datetime) -> Message | MovedOn | DeniesRight:
    said = replying.reply(conversation, request.user, text, at, expected_version=0, internal=True)
    if isinstance(said, Message):
        note_mentions(said, colleagues_for(conversation))
    return said


def due_of(request: DeskRequest, at: datetime) -> tuple[datetime | None, bool]:
    """When it is said: at once, when it can no longer be undone, or (True) at the time that was chosen. None: that time
    is past, or none at all."""
    if when := request.POST.get("when", ""):
        return moment_of(request.POST.get("moment", "") if when == "moment" else when, at), True
    return at + timedelta(seconds=max(0, settings.COURTESY_UNDO_SECONDS)), False


def _hold(
    request: DeskRequest, conversation: Conversation, text: str, at: datetime, *, due_at: datetime, scheduled: bool
) -> WaitingReply | MovedOn | DeniesRight:
    """Said at once, or at its time."""
    return sending_later.hold(
        conversation,
        request.user,
        text,
        at,
        expected_version=number(request.POST.get("version")),
        due_at=due_at,
        scheduled=scheduled,
        reason=request.POST.get("reason", "")[:1000],
    )


def _told(said: Message | WaitingReply) -> dict[str, Any]:
    """The passing notice with which it can be undone from wherever the colleague is by then."""
    if isinstance(said, Message) or said.due_at <= said.at:
        return {}
    if said.scheduled:
        return {"toast": _("It goes out %(moment)s.") % {"moment": when_written(said.due_at)}}
    seconds = round((said.due_at - said.at).total_seconds())
    text = ngettext("It goes out in %(n)d second.", "It goes out in %(n)d seconds.", seconds) % {"n": seconds}
    undo = reverse("desk:take-back", args=[said.conversation_id, said.pk])
    return {"toast": {"text": text, "undo": undo, "label": _("Undo"), "seconds": seconds, "key": said.pk}}


@transaction.atomic
def enclose_all(request: DeskRequest, conversation: Conversation, files: list[UploadedFile[Any]], at: datetime) -> str:
    """Lay the files into the composer; returns why not, and then none of them lies there."""
    for file in files:
        problem, name = "", file.name or "file"
        if (file.size or 0) > settings.COURTESY_MAX_UPLOAD:
            most = settings.COURTESY_MAX_UPLOAD // 1024 // 1024
            problem = _("%(name)s is larger than %(most)d MB.") % {"name": name, "most": most}
        else:
            try:
                if enclosing.enclose(conversation, request.user, name=name, content=file.read(), at=at) is None:
                    problem = _("%(name)s cannot be sent: pictures, PDF, text and office documents without macros can.")
                    problem %= {"name": name}
            except enclosing.Full:
                problem = _("At most %(most)d files can be sent at once.") % {"most": enclosing.MOST}
        if problem:
            transaction.set_rollback(True)
            return problem
    return ""


def held_back(conversation: Conversation, request: DeskRequest) -> str:
    if gate(conversation, request.user) == "yours":
        return _("Something was said while you were writing. Read it, then send again: your text is kept.")
    return _("You no longer hold this conversation. Your text is kept as a draft.")


@colleague_deed
def draft(request: DeskRequest, conversation_id: str) -> HttpResponse:
    internal = request.POST.get("internal") == "yes"
    conversation = find(request, conversation_id)
    save_draft(conversation, request.user, request.POST.get("text", ""), timezone.now(), internal=internal)
    return HttpResponse(status=204)


@colleague_deed
def typing(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Told to the customer only by the one who speaks."""
    conversation = find(request, conversation_id)
    if gate(conversation, request.user) == "yours":
        events.typing(conversation.pk, request.user.name)
    return HttpResponse(status=204)
