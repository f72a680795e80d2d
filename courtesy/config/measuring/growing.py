"""An installation that has grown for years: many orders and customers, and a long journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courtesy.commerce import generating
from courtesy.config import starting
from courtesy.conversations import journal
from courtesy.conversations.models import Counter, JournalEntry

CUSTOMERS_PER_ORDER = 0.2
_BATCH = 5_000


def grow(orders: int, entries: int) -> None:
    """Fill the empty installation that the settings name."""
    at = timezone.now()
    starting.make_folders(settings.COURTESY_DATA)
    starting.make_database(lambda _: None)
    generating.load_sample(at, customers=int(orders * CUSTOMERS_PER_ORDER), orders=orders)
    write_journal(entries, at)


@transaction.atomic
def write_journal(entries: int, at: datetime) -> None:
    """Lines as a long time of conversations leaves them, in one whole chain."""

    def lines() -> Iterator[JournalEntry]:
        previous = journal.FIRST
        for sequence in range(1, entries + 1):
            entry = JournalEntry(
                sequence=sequence,
                conversation=f"cnv_{sequence // 20:026d}",
                kind=("message received", "understood", "message sent", "reply")[sequence % 4],
                actor="representative",
                content={"message": f"msg_{sequence:026d}", "text": "Where is my order? " * 8},
                at=at - timedelta(seconds=entries - sequence),
                previous=previous,
            )
            previous = entry.digest = journal.digest_of(entry)
            yield entry

    written = lines()
    while batch := list(islice(written, _BATCH)):
        JournalEntry.objects.bulk_create(batch)
    Counter.objects.update_or_create(name=journal.COUNTER, defaults={"value": entries})
