"""Notices: what is owed to be said about a booking, each once, as rows with a due time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from courtesy.commerce.bookings.values import Booking, as_booking
from courtesy.commerce.models import Booking as Row
from courtesy.commerce.models import Notice as NoticeRow
from courtesy.pack.diary import Service


@dataclass(frozen=True, slots=True)
class Notice:
    """``kind``: reminder, offer (a slot is held for the one who waited) or lapsed (it was, and nobody took it)."""

    id: int
    kind: str
    booking: Booking


def owe(row: Row, kind: str, due_at: datetime) -> None:
    """Owe a notice; the same one twice is one. A booking without a conversation is nobody's to be told."""
    if not row.conversation:
        return
    NoticeRow.objects.get_or_create(
        booking=row,
        kind=kind,
        sequence=row.sequence,
        defaults={"conversation": row.conversation, "due_at": due_at},
    )


def owe_reminder(row: Row, service: Service, at: datetime) -> None:
    """Owe the reminder of a booking, unless it is made so late that a reminder would say nothing new."""
    if service.remind is not None and row.starts_at - service.remind > at:
        owe(row, NoticeRow.Kind.REMINDER, row.starts_at - service.remind)


def withdraw(row: Row, at: datetime) -> None:
    """What was owed about a booking is no longer true."""
    NoticeRow.objects.filter(booking=row, said_at__isnull=True).update(said_at=at)


def waiting_talks(at: datetime, limit: int = 200) -> list[tuple[str, int]]:
    """Conversations in which something is due to be said, the longest due first, each with its first notice."""
    rows = NoticeRow.objects.filter(said_at__isnull=True, due_at__lte=at).order_by("due_at", "pk")
    first: dict[str, int] = {}
    for conversation, notice in rows.values_list("conversation", "pk")[:limit]:
        first.setdefault(conversation, notice)
    return list(first.items())


def due_in(conversation: str, at: datetime) -> Sequence[Notice]:
    """What is due to be said in this conversation, oldest first."""
    rows = NoticeRow.objects.filter(conversation=conversation, said_at__isnull=True, due_at__lte=at)
    return [Notice(row.pk, row.kind, as_booking(row.booking)) for row in rows.select_related("booking").order_by("pk")]


def say_once(notice: Notice, at: datetime) -> bool:
    """Note that it is said now. False when somebody has said it already."""
    return bool(NoticeRow.objects.filter(pk=notice.id, said_at__isnull=True).update(said_at=at))
