"""Opening a conversation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtesy.conversations import events, journal
from courtesy.conversations.models import Conversation
from courtesy.customers.models import Customer
from courtesy.foundation.prepared import insert


@transaction.atomic
def open_conversation(
    *,
    channel: str,
    line: str,
    customer: Customer,
    at: datetime,
    subject: str = "",
    language: str = "",
    reply_to: str = "",
    actor: str = "customer",
) -> Conversation:
    """Start a talk with a customer on one of our lines; the representative speaks first for us. ``actor`` began it."""
    conversation = Conversation(
        channel=channel,
        line=line,
        customer=customer,
        subject=subject[:300],
        language=language,
        reply_to=reply_to,
        opened_at=at,
        moved_at=at,
    )
    insert(conversation)
    journal.write(
        "conversation opened",
        actor=actor,
        at=at,
        conversation=conversation.pk,
        content={"channel": channel, "line": line, "customer": customer.pk, "subject": subject},
    )
    events.note(conversation, "state", state_of(conversation), at=at)
    return conversation


def state_of(conversation: Conversation) -> dict[str, str]:
    """What a customer may know of who is speaking."""
    holder = conversation.holder.name if conversation.holder else ""
    return {"status": conversation.status, "speaker": conversation.speaker, "holder": holder}
