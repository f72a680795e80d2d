"""When something that is put aside comes back, or is sent: moments to choose from, in the colleague's time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

MORNING = time(9)
CHOICES = ("hour", "hours", "tomorrow", "monday")


def moment_of(choice: str, at: datetime) -> datetime | None:
    """The moment of a choice, or a day and time as a browser writes it (2026-11-30T09:00); None: neither, or past."""
    zone = timezone.get_current_timezone()
    today = at.astimezone(zone).date()
    if choice == "hour":
        return at + timedelta(hours=1)
    if choice == "hours":
        return at + timedelta(hours=4)
    if choice == "tomorrow":
        return datetime.combine(today + timedelta(days=1), MORNING, zone)
    if choice == "monday":
        return datetime.combine(today + timedelta(days=7 - today.weekday()), MORNING, zone)
    try:
        written = datetime.fromisoformat(choice)
    except ValueError:
        return None
    moment = written if written.tzinfo else written.replace(tzinfo=zone)
    return moment if moment > at else None
