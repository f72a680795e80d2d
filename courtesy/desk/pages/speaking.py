"""Speaking from the desk: a reply, a note, a draft, a sign of typing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.channels import replying
from courtesy.channels.replying import DeniesRight, MovedOn
from courtesy.conversations import events
from courtesy.conversations.documents import file_document
from courtesy.conversations.models import Conversation, Message
from courtesy.desk.drafts import drop_draft, save_draft
from courtesy.desk.mentions import note_mentions
from courtesy.desk.pages.access import DeskRequest, colleague_deed
from courtesy.desk.pages.conversation import colleagues_for, find, gate, news_of, not_possible, number

MOST_FILES = 10


@colleague_deed
def reply(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Say it, unless the conversation moved on: then what is new is shown and the text stays where it is."""
    conversation = find(request, conversation_id)
    text, internal = request.POST.get("text", "").strip(), request.POST.get("internal") == "yes"
    files = request.FILES.getlist("files")
    if not text and not files:
        return not_possible(request, _("Write something first."))
    if internal and files:
        return not_possible(request, _("Files can be sent to the customer, not filed with a note."))
    if problem := _file_problem(files):
        return not_possible(request, problem)
    if not internal and conversation.status == Conversation.Status.CLOSED:
        return not_possible(request, _("This conversation is closed. Reopen it to answer."))
    at = timezone.now()
    said = _say(request, conversation, text, files, internal)
    if isinstance(said, MovedOn):
        save_draft(conversation, request.user, text, at, internal=internal)
        conversation = find(request, conversation_id)
        return news_of(request, conversation, notice=_held_back(conversation, request))
    if isinstance(said, DeniesRight):
        save_draft(conversation, request.user, text, at, internal=internal)
        return news_of(request, find(request, conversation_id), denies=said)
    drop_draft(conversation, request.user, internal=internal)
    note_mentions(said, colleagues_for(conversation))
    response = news_of(request, find(request, conversation_id), said=True)
    response.headers["HX-Trigger"] = "said"
    return response


def _say(
    request: DeskRequest, conversation: Conversation, text: str, files: list[UploadedFile[Any]], internal: bool
) -> Message | MovedOn | DeniesRight:
    """One transaction: a reply that is held back files nothing."""
    at = timezone.now()
    with transaction.atomic():
        documents = [
            file_document(
                conversation,
                name=(file.name or "file").replace("\\", "/").rsplit("/", 1)[-1],
                media_type=file.content_type or "application/octet-stream",
                content=file.read(),
                ours=True,
                at=at,
            )
            for file in files
        ]
        said = replying.reply(
            conversation,
            request.user,
            text,
            at,
            expected_version=number(request.POST.get("version")),
            internal=internal,
            documents=documents,
            reason=request.POST.get("reason", "")[:1000],
        )
        if not isinstance(said, Message):
            transaction.set_rollback(True)
    return said


def _file_problem(files: list[UploadedFile[Any]]) -> str:
    if len(files) > MOST_FILES:
        return _("At most %(most)d files can be sent at once.") % {"most": MOST_FILES}
    for file in files:
        if (file.size or 0) > settings.COURTESY_MAX_UPLOAD:
            return _("%(name)s is larger than %(most)d MB.") % {
                "name": file.name,
                "most": settings.COURTESY_MAX_UPLOAD // 1024 // 1024,
            }
    return ""


def _held_back(conversation: Conversation, request: DeskRequest) -> str:
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
