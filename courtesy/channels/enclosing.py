"""Enclosures: files a colleague puts to a reply before it is said. They are kept with the draft and can be removed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from courtesy.channels.models import Enclosure, WaitingReply
from courtesy.channels.uploads import accept_file
from courtesy.conversations.documents import file_document
from courtesy.conversations.models import Conversation, Document
from courtesy.workforce.models import Colleague

MOST = 10


def enclosed(conversation_id: str, colleague: Colleague) -> QuerySet[Enclosure]:
    """What lies in this colleague's composer, oldest first, without the bytes."""
    rows = Enclosure.objects.filter(conversation=conversation_id, colleague=colleague, reply=None)
    return rows.order_by("id").defer("content")


class Full(Exception):
    """There are ``MOST`` files in the composer already."""


def enclose(
    conversation: Conversation, colleague: Colleague, *, name: str, content: bytes, at: datetime
) -> Enclosure | None:
    """Lay a file into the composer; None when files of its kind are not sent. Raises Full."""
    accepted = accept_file(name, content)
    if accepted is None:
        return None
    with transaction.atomic():
        Conversation.objects.select_for_update().get(pk=conversation.pk)  # several come at once
        if enclosed(conversation.pk, colleague).count() >= MOST:
            raise Full
        return Enclosure.objects.create(
            conversation=conversation,
            colleague=colleague,
            name=accepted.name,
            media_type=accepted.media_type,
            size=len(content),
            content=content,
            at=at,
        )


def take_out(conversation_id: str, colleague: Colleague, enclosure_id: str) -> bool:
    """Remove a file from the composer; nothing of it is kept."""
    removed, _ = enclosed(conversation_id, colleague).filter(pk=enclosure_id).delete()
    return bool(removed)


def as_documents(waiting: WaitingReply, at: datetime) -> list[Document]:
    """The files of a reply that is being said, filed with the conversation."""
    return [
        file_document(
            waiting.conversation,
            name=one.name,
            media_type=one.media_type,
            content=bytes(one.content),
            ours=True,
            at=at,
        )
        for one in waiting.enclosures.order_by("id")
    ]
