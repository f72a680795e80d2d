"""The thread of a conversation as the desk shows it: messages, and what happened between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from courtesy.conversations import journal
from courtesy.conversations.models import Conversation, Document, JournalEntry, Message
from courtesy.desk.why import Why, reason_of
from courtesy.workforce.models import Colleague

PAGE = 60
LINES = (
    "handed over", "taken over", "handed back", "assigned", "conversation closed", "conversation reopened", "identity",
    "approval asked", "approval granted", "approval refused", "deed", "case opened", "case closed", "promise made",
    "promise kept", "promise late", "put back", "snoozed", "snooze ended", "asked colleague", "question answered",
    "records looked up",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A message, or a line about something that happened."""

    at: datetime
    message: Message | None = None
    line: JournalEntry | None = None
    actor: str = ""
    why: Why | None = None  # for deeds
    documents: Sequence[Document] = field(default_factory=tuple)
    new_day: bool = False

    @property
    def content(self) -> dict[str, Any]:
        return self.line.content if self.line else {}


@dataclass(frozen=True, slots=True)
class Thread:
    items: tuple[Item, ...]
    last_message: int  # sequence of the newest message of the conversation that is shown
    last_line: int  # sequence of the newest journal entry that was looked at
    earlier: int  # sequence before which more messages wait, 0 for none


def latest(conversation: Conversation, before: int = 0) -> Thread:
    """The newest page of the thread, or the page before a message."""
    messages = _messages(conversation)
    if before:
        messages = messages.filter(sequence__lt=before)
    page = list(messages.order_by("-sequence")[: PAGE + 1])
    earlier = page[PAGE - 1].sequence if len(page) > PAGE else 0
    page = page[:PAGE][::-1]
    lines = journal.entries_of(conversation.pk).filter(kind__in=LINES)
    if earlier and page:
        lines = lines.filter(at__gte=page[0].at)
    if before and page:
        lines = lines.filter(at__lt=Message.objects.get(conversation=conversation, sequence=before).at)
    return _thread(page, list(lines[:500]), earlier)


def since(conversation: Conversation, message: int, line: int) -> Thread:
    """What came after the given message and journal line."""
    messages = list(_messages(conversation).filter(sequence__gt=message).order_by("sequence")[:200])
    lines = list(journal.entries_of(conversation.pk).filter(kind__in=LINES, sequence__gt=line)[:200])
    return _thread(messages, lines, 0, message, line)


def _messages(conversation: Conversation) -> Any:
    return conversation.messages.select_related("colleague").prefetch_related("documents")


def _thread(
    messages: list[Message], lines: list[JournalEntry], earlier: int, last_message: int = 0, last_line: int = 0
) -> Thread:
    names = _names(lines)
    items = [Item(message.at, message=message, documents=list(message.documents.all())) for message in messages]
    items += [
        Item(line.at, line=line, actor=names.get(line.actor, ""), why=reason_of(line) if line.kind == "deed" else None)
        for line in lines
    ]
    items.sort(key=lambda item: (item.at, item.message is not None))  # what was done stands before what was said of it
    return Thread(
        tuple(items),
        max([last_message, *(message.sequence for message in messages)]),
        max([last_line, *(line.sequence for line in lines)]),
        earlier,
    )


def _names(lines: list[JournalEntry]) -> dict[str, str]:
    """Colleague id → name, for the actors of the lines."""
    actors = {line.actor for line in lines if line.actor.startswith("col_")}
    return dict(Colleague.objects.filter(pk__in=actors).values_list("pk", "name")) if actors else {}
