"""Promises: something owed, with an owner and a date, kept or flagged."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtesy.conversations import breaking, events, journal
from courtesy.conversations.models import Case, Conversation, Promise
from courtesy.workforce.models import Team


@transaction.atomic
def promise(
    conversation: Conversation,
    *,
    what: str,
    team: str,
    due_at: datetime,
    key: str,
    at: datetime,
    case: Case | None = None,
) -> Promise:
    """Owe something to the customer. The same key twice is one promise."""
    named, _ = Team.objects.get_or_create(name=team)
    row, made = Promise.objects.get_or_create(
        key=key,
        defaults={
            "conversation": conversation,
            "case": case,
            "what": what[:300],
            "team": named,
            "made_at": at,
            "due_at": due_at,
        },
    )
    if made:
        breaking.reckon(conversation.pk)
        journal.write(
            "promise made",
            actor="representative",
            at=at,
            conversation=conversation.pk,
            content={"promise": row.pk, "what": what, "due": due_at.isoformat(), "team": team},
        )
    return row


@transaction.atomic
def keep(row: Promise, by: str, at: datetime) -> None:
    """The promise was kept; a promise that is settled already stays as it is."""
    kept = Promise.objects.filter(pk=row.pk, status__in=(Promise.Status.OPEN, Promise.Status.LATE)).update(
        status=Promise.Status.KEPT, settled_at=at
    )
    if kept:
        breaking.reckon(row.conversation_id)
        content = {"promise": row.pk, "what": row.what}
        journal.write("promise kept", actor=by, at=at, conversation=row.conversation_id, content=content)


def flag_late(at: datetime) -> int:
    """Flag every open promise whose date has passed, once; returns how many were flagged now."""
    late = list(Promise.objects.filter(status=Promise.Status.OPEN, due_at__lt=at).order_by("due_at")[:500])
    for row in late:
        with transaction.atomic():
            if not Promise.objects.filter(pk=row.pk, status=Promise.Status.OPEN).update(status=Promise.Status.LATE):
                continue
            journal.write(
                "promise late",
                actor="system",
                at=at,
                conversation=row.conversation_id,
                content={"promise": row.pk, "what": row.what, "due": row.due_at.isoformat()},
            )
            events.note(row.conversation, "promise", {"promise": row.pk, "status": "late"}, at=at, internal=True)
    return len(late)
