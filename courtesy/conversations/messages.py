"""Messages: what the customer said, and what we say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from courtesy.conversations import events, journal
from courtesy.conversations.models import Conversation, Document, Message
from courtesy.workforce.models import Colleague

LONGEST = 60_000
_ORDER = ("queued", "sent", "delivered", "read")


class AlreadyReceived(Exception):
    """The same provider id arrived on the same line before; ``message`` is the first one."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.pk)
        self.message = message


def _next_sequence(conversation: Conversation, at: datetime, **changes: Any) -> int:
    """Lock the conversation, count the message in, and note that it moved."""
    Conversation.objects.filter(pk=conversation.pk).update(
        message_count=F("message_count") + 1, version=F("version") + 1, moved_at=at, **changes
    )
    conversation.refresh_from_db(fields=["message_count", "version", "moved_at", *changes])
    return conversation.message_count


def receive(
    conversation: Conversation,
    *,
    text: str,
    at: datetime,
    line: str,
    provider_id: str,
    quoted: str = "",
    html: str = "",
    language: str = "",
    chosen: Any = None,
) -> Message:
    """Store what a customer said. Raises AlreadyReceived when it arrived before; nothing is written then."""
    try:
        with transaction.atomic():
            sequence = _next_sequence(conversation, at, status=Conversation.Status.OPEN, closed_at=None)
            message = Message.objects.create(
                conversation=conversation,
                sequence=sequence,
                author=Message.Author.CUSTOMER,
                text=text[:LONGEST],
                quoted=quoted[:LONGEST],
                html=html,
                language=language,
                choices=[] if chosen is None else [{"chosen": chosen}],
                line=line,
                provider_id=provider_id or None,
                at=at,
            )
            _note(message, "message received", actor="customer")
            return message
    except IntegrityError:
        first = Message.objects.filter(line=line, provider_id=provider_id).first() if provider_id else None
        if first is None:
            raise
        raise AlreadyReceived(first) from None


def say(
    conversation: Conversation,
    *,
    author: str,
    text: str,
    at: datetime,
    colleague: Colleague | None = None,
    internal: bool = False,
    language: str = "",
    choices: Sequence[dict[str, Any]] = (),
    sources: Sequence[dict[str, str]] = (),
    answers: str | None = None,
    documents: Iterable[Document] = (),
) -> Message:
    """Say something on our side. The same ``answers`` key twice returns the first message and says nothing again."""
    if answers is not None and (first := Message.objects.filter(answers=answers).first()):
        return first
    waiting = not internal and author != Message.Author.SYSTEM
    changes = {"status": Conversation.Status.WAITING, "due_at": None} if waiting else {}
    if author == Message.Author.REPRESENTATIVE and conversation.speaker == Conversation.Speaker.COLLEAGUE:
        changes = {}  # the representative's last words before a colleague takes over leave the case open
    with transaction.atomic():
        sequence = _next_sequence(conversation, at, **changes)
        message = Message.objects.create(
            conversation=conversation,
            sequence=sequence,
            author=author,
            colleague=colleague,
            internal=internal,
            text=text,
            language=language or conversation.language,
            choices=list(choices),
            sources=list(sources),
            answers=answers,
            delivery=Message.Delivery.SENT if internal else Message.Delivery.QUEUED,
            at=at,
        )
        for document in documents:
            document.message = message
            document.save(update_fields=["message"])
        _note(message, "note written" if internal else "message sent", actor=colleague.pk if colleague else author)
    return message


def _note(message: Message, kind: str, *, actor: str) -> None:
    journal.write(
        kind,
        actor=actor,
        at=message.at,
        conversation=message.conversation_id,
        content={"message": message.pk, "text": message.text, "sources": message.sources},
    )
    events.note(
        message.conversation, "message", {"message": events.shown(message)}, at=message.at, internal=message.internal
    )


def note_delivery(message: Message, state: str, at: datetime) -> None:
    """A delivery state only moves forward; a late or repeated word of an earlier state changes nothing."""
    if state == message.delivery or message.author == Message.Author.CUSTOMER:
        return
    if state in _ORDER and message.delivery in _ORDER and _ORDER.index(state) < _ORDER.index(message.delivery):
        return
    with transaction.atomic():
        Message.objects.filter(pk=message.pk).update(delivery=state)
        message.delivery = state
        told = {"message": message.pk, "delivery": state}
        events.note(message.conversation, "delivery", told, at=at, internal=message.internal)
        if state == Message.Delivery.FAILED:
            content = {"message": message.pk}
            journal.write(
                "delivery failed", actor="system", at=at, conversation=message.conversation_id, content=content
            )
