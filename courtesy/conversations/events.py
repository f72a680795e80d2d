"""Events: what live clients read of a conversation, in order, any number of times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courtesy.conversations.models import Conversation, Event, Message
from courtesy.foundation import live

INBOX = "inbox"


def topic(conversation_id: str) -> str:
    return f"conversation:{conversation_id}"


def note(
    conversation: Conversation, kind: str, content: Mapping[str, Any], *, at: datetime, internal: bool = False
) -> Event:
    """Store an event and, after commit, wake the streams that watch this conversation or the inbox."""
    event = Event.objects.create(
        conversation=conversation, kind=kind, content=dict(content), internal=internal, at=at
    )
    word = {"conversation": conversation.pk, "event": event.pk, "kind": kind, "internal": internal}

    def tell() -> None:
        live.publish(topic(conversation.pk), word)
        live.publish(INBOX, word)

    transaction.on_commit(tell)
    return event


def events_since(conversation_id: str, since: int, *, internal: bool = False, limit: int = 200) -> list[dict[str, Any]]:
    """Events with an id above ``since``, oldest first; ``internal`` adds those for the desk only."""
    rows = Event.objects.filter(conversation_id=conversation_id, pk__gt=since).order_by("pk")
    if not internal:
        rows = rows.filter(internal=False)
    return [{**row.content, "id": row.pk, "kind": row.kind, "at": row.at.isoformat()} for row in rows[:limit]]


def typing(conversation_id: str, who: str) -> None:
    """Somebody is typing; told to open streams, never stored. ``who``: customer, representative, a colleague's name."""
    live.publish(topic(conversation_id), {"conversation": conversation_id, "kind": "typing", "who": who})


def shown(message: Message) -> dict[str, Any]:
    """A message as clients see it."""
    return {
        "id": message.pk,
        "sequence": message.sequence,
        "author": message.author,
        "name": message.colleague.name if message.colleague else "",
        "text": message.text,
        "html": message.html,
        "language": message.language,
        "choices": message.choices,
        "sources": message.sources,
        "documents": [
            {"id": document.pk, "name": document.name, "media_type": document.media_type, "size": document.size}
            for document in message.documents.all()
        ],
        "at": message.at.isoformat(),
        "delivery": message.delivery,
        "internal": message.internal,
        "client_id": message.provider_id if message.author == Message.Author.CUSTOMER else None,
    }
