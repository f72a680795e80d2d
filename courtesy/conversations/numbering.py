"""Numbers that grow by one under lock: journal lines, cases, documents.

The journal's row is always locked first, so that two transactions that need several numbers cannot block each other.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from courtesy.conversations.models import Counter
from courtesy.foundation.prepared import Change, Question

FIRST_LOCK = "journal"

_add = Change(lambda name, by: (Counter.objects.filter(name=name), {"value": F("value") + by}), name="", by=1)
_value = Question[tuple[int]](lambda name: Counter.objects.filter(name=name).values_list("value"), name="")


def grow(name: str, by: int) -> None:
    """Add to a number and keep it locked until the transaction ends."""
    if _add.make(name=name, by=by):
        return
    try:
        with transaction.atomic():
            Counter.objects.create(name=name, value=by)
    except IntegrityError:  # another writer made the row in between
        Counter.objects.filter(name=name).update(value=F("value") + by)


@transaction.atomic(savepoint=False)
def next_value(name: str) -> int:
    """The next number of ``name``, from 1 on; without gaps, because it is given back when the caller rolls back."""
    if name != FIRST_LOCK:
        grow(FIRST_LOCK, 0)
    grow(name, 1)
    return current_value(name)


def current_value(name: str) -> int:
    """The last number given out; 0 when none was."""
    row = _value.first(name=name)
    return row[0] if row is not None else 0
