"""Numbers that grow by one under lock: journal lines, cases, documents.

The journal's row is always locked first, so that two transactions that need several numbers cannot block each other.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from courtesy.conversations.models import Counter

FIRST_LOCK = "journal"


def _grow(name: str, by: int) -> None:
    if Counter.objects.filter(name=name).update(value=F("value") + by):
        return
    try:
        with transaction.atomic():
            Counter.objects.create(name=name, value=by)
    except IntegrityError:  # another writer made the row in between
        Counter.objects.filter(name=name).update(value=F("value") + by)


@transaction.atomic
def next_value(name: str) -> int:
    """The next number of ``name``, from 1 on; without gaps, because it is given back when the caller rolls back."""
    if name != FIRST_LOCK:
        _grow(FIRST_LOCK, 0)
    _grow(name, 1)
    return Counter.objects.get(name=name).value


def current_value(name: str) -> int:
    """The last number given out; 0 when none was."""
    row = Counter.objects.filter(name=name).first()
    return row.value if row is not None else 0
