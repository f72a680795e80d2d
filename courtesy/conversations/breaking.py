"""What breaks first: the earliest moment at which something that is owed in a conversation would be late."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, NullIf

from courtesy.conversations.models import Clock, Conversation, Promise

FAR = datetime(9999, 1, 1, tzinfo=UTC)


def _first(owed: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(owed.order_by("due_at").values("due_at")[:1]), Value(FAR))


def _of_promises() -> Coalesce:
    unsettled = (Promise.Status.OPEN, Promise.Status.LATE)
    return _first(Promise.objects.filter(conversation=OuterRef("pk"), status__in=unsettled))


def _of_clocks() -> Coalesce:
    running = (Clock.Status.RUNNING, Clock.Status.BROKEN)
    return _first(
        Clock.objects.filter(complaint__case__conversation=OuterRef("pk"), status__in=running, settled_at=None)
    )


def without_an_answer_due() -> Case:
    """What ``breaks_at`` is once the customer has an answer: promises and clocks stay owed."""
    rest = NullIf(Least(_of_promises(), _of_clocks()), Value(FAR))
    return Case(When(breaks_at__isnull=True, then=Value(None)), default=rest)


def reckon(conversation_id: str) -> None:
    """Work out anew what breaks first: the answer that is due, a promise, or the clock of a complaint."""
    first = NullIf(Least(Coalesce(F("due_at"), Value(FAR)), _of_promises(), _of_clocks()), Value(FAR))
    Conversation.objects.filter(pk=conversation_id).update(breaks_at=first)
