"""Messages: what the customer said, and what we say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from courtesy.conversations import breaking, events, indexing, journal
from courtesy.conversations.models import Conversation, Document, Message
from courtesy.foundation.prepared import Change, Question, insert
from courtesy.workforce.models import Colleague

LONGEST = 60_000
_ORDER = ("queued", "sent", "delivered", "read")

_given = Question[Message](
    lambda line, provider_id: Message.objects.filter(line=line, provider_id=provider_id)[:1], line="", provider_id=""
)
_answering = Question[Message](lambda answers: Message.objects.filter(answers=answers)[:1], answers="")
_counted = Question[tuple[int, int]](
    lambda id: Conversation.objects.filter(pk=id).values_list("message_count", "version"), id=""
)
_deliver = Change(lambda id, state: (Message.objects.filter(pk=id), {"delivery": state}), id="", state="")


class AlreadyReceived(Exception):
    """The same provider id arrived on the same line before; ``message`` is the first one."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.pk)
        self.message = message


def given(line: str, provider_id: str) -> Message | None:
    """The message that a provider named so on this line, when it is here."""
    return _given.first(line=line, provider_id=provider_id)


def _moved(**changes: Any) -> Change:
    """One message more, and what changes with it."""
    grown = {"message_count": F("message_count") + 1, "version": F("version") + 1}
    return Change(
        lambda id, at: (Conversation.objects.filter(pk=id), {**grown, "moved_at": at, **changes}),
        id="",
        at=datetime(2000, 1, 1, tzinfo=UTC),
    )


_HEARD: dict[str, Any] = {"status": Conversation.Status.OPEN, "closed_at": None}
_ANSWERED: dict[str, Any] = {"status": Conversation.Status.WAITING, "due_at": None}
_heard, _noted = _moved(**_HEARD, snoozed_until=None), _moved()
_answered = _moved(**_ANSWERED, breaks_at=breaking.without_an_answer_due())


def _next_sequence(conversation: Conversation, at: datetime, change: Change, now: Mapping[str, Any]) -> int:
    """Lock the conversation, count the message in, and note that it moved."""
    change.make(id=conversation.pk, at=at)
    counted = _counted.first(id=conversation.pk)
    if counted is None:
        raise Conversation.DoesNotExist(conversation.pk)
    conversation.message_count, conversation.version = counted
    conversation.moved_at = at
    for name, value in now.items():
        setattr(conversation, name, value)
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
            message = Message(
                conversation=conversation,
                sequence=_next_sequence(conversation, at, _heard, _HEARD),
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
            insert(message)
            _note(message, "message received", actor="customer")
            return message
    except IntegrityError:
        first = given(line, provider_id) if provider_id else None
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
    if answers is not None and (first := _answering.first(answers=answers)):
        return first
    answered = not internal and author != Message.Author.SYSTEM
    if author == Message.Author.REPRESENTATIVE and conversation.speaker == Conversation.Speaker.COLLEAGUE:
        answered = False  # the representative's last words before a colleague takes over leave the case open
    change, now = (_answered, _ANSWERED) if answered else (_noted, {})
    with transaction.atomic():
        message = Message(
            conversation=conversation,
            sequence=_next_sequence(conversation, at, change, now),
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
        insert(message)
        filed = tuple(documents)
        for document in filed:
            document.message = message
            document.save(update_fields=["message"])
        kind = "note written" if internal else "message sent"
        _note(message, kind, actor=colleague.pk if colleague else author, documents=filed)
    return message


def _note(message: Message, kind: str, *, actor: str, documents: Sequence[Document] = ()) -> None:
    indexing.file_message(message, documents)
    journal.write(
        kind,
        actor=actor,
        at=message.at,
        conversation=message.conversation_id,
        content={"message": message.pk, "text": message.text, "sources": message.sources},
    )
    told = {"message": events.shown(message, documents)}
    events.note(message.conversation, "message", told, at=message.at, internal=message.internal)


def note_delivery(message: Message, state: str, at: datetime) -> None:
    """A delivery state only moves forward; a late or repeated word of an earlier state changes nothing."""
    if state == message.delivery or message.author == Message.Author.CUSTOMER:
        return
    if state in _ORDER and message.delivery in _ORDER and _ORDER.index(state) < _ORDER.index(message.delivery):
        return
    with transaction.atomic():
        _deliver.make(id=message.pk, state=str(state))
        message.delivery = state
        told = {"message": message.pk, "delivery": state}
        events.note(message.conversation, "delivery", told, at=at, internal=message.internal)
        if state == Message.Delivery.FAILED:
            content = {"message": message.pk}
            journal.write(
                "delivery failed", actor="system", at=at, conversation=message.conversation_id, content=content
            )
