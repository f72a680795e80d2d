"""Appointments: offers that nobody took go on to the next, and what is due to be said is said in its conversation."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from courtesy.channels.turns import Doors
from courtesy.commerce.bookings import notices, waiting
from courtesy.foundation import jobs
from courtesy.pack import editions
from courtesy.pack.diary import diary_of
from courtesy.representative import turn


def look(at: datetime) -> int:
    """Owe a turn for each conversation in which something is due to be said; returns how many."""
    waiting.lapse_offers(diary_of(editions.in_force(at)), at)
    due = notices.waiting_talks(at)
    for conversation, notice in due:
        jobs.enqueue("tell notices", f"notice:{notice}", due_at=at, conversation=conversation)
    return len(due)


@jobs.job("tell notices", attempts=8, lease_seconds=60, whole=True)
def tell(conversation: str) -> None:
    """Take a turn that says what is due, unless another one has said it."""
    at = timezone.now()
    if notices.due_in(conversation, at):
        turn.take_turn(conversation, at=at, doors=Doors())
