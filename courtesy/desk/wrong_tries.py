"""Slows down guessing: five wrong tries for one address from one place, then a wait that doubles."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db.models import F

from courtesy.desk.models import WrongTries

FREE = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)


def key_of(address: str, place: str) -> str:
    return hashlib.sha256(f"{address.strip().lower()}\n{place}".encode()).hexdigest()


def wait_left(key: str, at: datetime) -> timedelta:
    """How long this address must wait at this place; zero when it may try."""
    row = WrongTries.objects.filter(pk=key).first()
    if row is None or row.count < FREE or at - row.last_at >= FORGOTTEN_AFTER:
        return timedelta(0)
    wait: timedelta = min(FIRST_WAIT * 2 ** min(row.count - FREE, 10), LONGEST_WAIT)
    return max(row.last_at + wait - at, timedelta(0))


def count_try(key: str, at: datetime) -> None:
    """Count a try before the password is looked at, so that many at once are all counted."""
    row, made = WrongTries.objects.get_or_create(pk=key, defaults={"count": 1, "last_at": at})
    if made:
        return
    if at - row.last_at >= FORGOTTEN_AFTER:
        WrongTries.objects.filter(pk=key).update(count=1, last_at=at)
    else:
        WrongTries.objects.filter(pk=key).update(count=F("count") + 1, last_at=at)


def forget(key: str) -> None:
    """The password was right."""
    WrongTries.objects.filter(pk=key).delete()
