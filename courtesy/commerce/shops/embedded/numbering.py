"""Numbers without gaps: one counter for each series and year, taken in the transaction of what it numbers."""

from __future__ import annotations

from datetime import datetime

from courtesy.commerce.models import Counter


def next_number(series: str, prefix: str, at: datetime) -> str:
    """ "2026-000001", with ``prefix`` before it. The counter is held until the transaction ends: who is undone gives
    the number back, and who waits gets the next one."""
    counter, _ = Counter.objects.select_for_update().get_or_create(series=f"{series} {at:%Y}")
    counter.last += 1
    counter.save(update_fields=("last",))
    return f"{prefix}{at:%Y}-{counter.last:06d}"
