"""Who was told of an incident: conversations are linked to it, and whoever is behind with the news is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from courtesy.conversations import journal, promises
from courtesy.conversations.models import Conversation, Incident, Promise, Told
from courtesy.foundation.prepared import Question
from courtesy.workforce.models import Colleague

AT_ONCE = 200  # conversations told in one look
REMEMBERED = timedelta(days=14)  # how long after it was over news is still brought

_open = Question[Incident](lambda status: Incident.objects.filter(status=status).order_by("declared_at"), status="")
_told = Question[Told](lambda conversation: Told.objects.filter(conversation_id=conversation), conversation="")


def open_incidents() -> list[Incident]:
    return _open.all(status=str(Incident.Status.OPEN))


def known_in(conversation_id: str) -> dict[int, int]:
    """Incident → the last news told in this conversation."""
    return {row.incident_id: row.news for row in _told.all(conversation=conversation_id)}


@transaction.atomic
def link(incident: Incident, conversation: Conversation, at: datetime, by: Colleague | None = None) -> bool:
    """The conversation belongs to the incident, and hears of it next. False when it did already."""
    _, new = Told.objects.get_or_create(incident=incident, conversation=conversation, defaults={"linked_at": at})
    if new:
        content = {"incident": incident.number}
        actor = by.pk if by else "system"
        journal.write("incident linked", actor=actor, at=at, conversation=conversation.pk, content=content)
    return new


@transaction.atomic
def note_told(incident: Incident, conversation: Conversation, team: str, at: datetime, *, place_known: bool) -> None:
    """The newest was told in this conversation; while it goes on, more is owed by the time that was named."""
    Told.objects.update_or_create(
        incident=incident,
        conversation=conversation,
        defaults={"news": incident.news, "told_at": at, "place_known": place_known},
        create_defaults={
            "news": incident.news,
            "told_at": at,
            "linked_at": at,
            "place_known": place_known,
        },
    )
    content = {"incident": incident.number, "news": incident.news, "place known": place_known}
    journal.write("incident told", actor="representative", at=at, conversation=conversation.pk, content=content)
    owed = f"incident:{incident.pk}:{conversation.pk}:"
    unsettled = (Promise.Status.OPEN, Promise.Status.LATE)
    for row in Promise.objects.filter(conversation=conversation, key__startswith=owed, status__in=unsettled):
        promises.keep(row, "representative", at)
    due = incident.next_news_at or incident.expected_at
    if incident.status == Incident.Status.OPEN and due is not None:
        what = f"News of {incident.number}"
        promises.promise(conversation, what=what, team=team, due_at=due, key=f"{owed}{incident.news}", at=at)


def behind(at: datetime) -> Iterator[Told]:
    """Conversations that have not heard the newest of an incident of theirs, longest linked first."""
    left = AT_ONCE
    incidents = [
        *open_incidents(),
        *Incident.objects.filter(status=Incident.Status.OVER, over_at__gte=at - REMEMBERED).order_by("over_at"),
    ]
    for incident in incidents:
        rows = list(Told.objects.filter(incident=incident, news__lt=incident.news).order_by("pk")[:left])
        left -= len(rows)
        for row in rows:
            row.incident = incident
            yield row
        if not left:
            return
