"""Replying: a colleague answers, unless the conversation moved on while the answer was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from courtesy.channels import delivery
from courtesy.conversations import breaking, difficulty, messages
from courtesy.conversations.models import Conversation, Document, Message
from courtesy.policy.denying import Denied
from courtesy.representative.proofreading import denied_by_colleague, note_denial
from courtesy.workforce.models import Colleague


@dataclass(frozen=True, slots=True)
class MovedOn:
    """The reply was held back: the conversation is at ``version`` now, or somebody else is speaking."""

    version: int
    because: str


@dataclass(frozen=True, slots=True)
class DeniesRight:
    """The reply was held back: it denies a right. It is sent with a written ``reason``, by somebody of ``MAY_DENY``."""

    denied: tuple[Denied, ...]
    may_send: bool


MAY_DENY = Colleague.Grade.TEAM_LEAD


@transaction.atomic
def reply(
    conversation: Conversation,
    colleague: Colleague,
    text: str,
    at: datetime,
    *,
    expected_version: int,
    internal: bool = False,
    documents: Iterable[Document] = (),
    reason: str = "",
) -> Message | MovedOn | DeniesRight:
    """Say something to the customer as the one who speaks, or write an internal note (always possible).

    ``reason``: why words that deny a right are sent all the same."""
    now = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if internal:
        return messages.say(
            now,
            author=Message.Author.COLLEAGUE,
            text=text,
            at=at,
            colleague=colleague,
            internal=True,
            documents=documents,
        )
    if (against := objection(now, colleague, text, at, expected_version=expected_version, reason=reason)) is not None:
        return against
    return speak(now, colleague, text, at, documents=documents, reason=reason)


def objection(
    now: Conversation, colleague: Colleague, text: str, at: datetime, *, expected_version: int, reason: str
) -> MovedOn | DeniesRight | None:
    """Why these words cannot be said now, if they cannot. The conversation is locked by the caller."""
    if now.speaker != Conversation.Speaker.COLLEAGUE or now.holder_id != colleague.pk:
        return MovedOn(now.version, "you do not hold this conversation")
    if now.version != expected_version:
        return MovedOn(now.version, "something was said meanwhile")
    denied = denied_by_colleague(now, text, at)
    if denied and not (reason.strip() and colleague.has_grade(MAY_DENY)):
        return DeniesRight(denied, colleague.has_grade(MAY_DENY))
    return None


def speak(
    now: Conversation,
    colleague: Colleague,
    text: str,
    at: datetime,
    *,
    documents: Iterable[Document] = (),
    reason: str = "",
    heard: int | None = None,
    key: str | None = None,
) -> Message:
    """Say it, once for its ``key``. It answers what the customer had said up to the message ``heard``; what came after
    is still owed an answer."""
    for one in denied_by_colleague(now, text, at):
        note_denial(now, one, by=colleague.pk, reason=reason.strip(), at=at)
    due_at = now.due_at
    message = messages.say(
        now, author=Message.Author.COLLEAGUE, text=text, at=at, colleague=colleague, documents=documents, answers=key
    )
    delivery.send(message)
    difficulty.answered(now.pk, at, colleague.pk)
    unanswered = Message.objects.filter(conversation=now, author=Message.Author.CUSTOMER, answered_at__isnull=True)
    (unanswered if heard is None else unanswered.filter(sequence__lte=heard)).update(answered_at=at)
    if heard is not None and unanswered.exists():
        Conversation.objects.filter(pk=now.pk).update(status=Conversation.Status.OPEN, due_at=due_at)
        breaking.reckon(now.pk)
    return message
