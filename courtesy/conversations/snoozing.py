"""Snoozing: a conversation leaves the lists until a moment, or until the customer writes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from courtesy.conversations import events, journal
from courtesy.conversations.models import Conversation
from courtesy.conversations.opening import state_of
from courtesy.foundation import jobs


@transaction.atomic
def snooze(conversation: Conversation, until: datetime | None, by: str, at: datetime) -> None:
    """Put it aside until then; None, or a moment that is past, brings it back now."""
    until = until if until is not None and until > at else None
    Conversation.objects.filter(pk=conversation.pk).update(snoozed_until=until)
    conversation.snoozed_until = until
    kind, content = ("snoozed", {"until": until.isoformat()}) if until else ("snooze ended", {})
    journal.write(kind, actor=by, at=at, conversation=conversation.pk, content=content)
    events.note(conversation, "state", state_of(conversation), at=at, internal=True)
    if until:
        jobs.enqueue("end snooze", f"{conversation.pk}:{until.isoformat()}", due_at=until, conversation=conversation.pk)


@jobs.job("end snooze", attempts=5, lease_seconds=60, whole=True)
def end_snooze(conversation: str) -> None:
    """It comes back to the top of the lists when its time has come, and not when it was snoozed anew."""
    at = timezone.now()
    back = Conversation.objects.filter(pk=conversation, snoozed_until__lte=at)
    if back.update(snoozed_until=None, moved_at=at):
        row = Conversation.objects.get(pk=conversation)
        journal.write("snooze ended", actor="system", at=at, conversation=conversation)
        events.note(row, "state", state_of(row), at=at, internal=True)
