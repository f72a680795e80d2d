"""Who is at the desk, and free."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from courtesy.workforce.models import Colleague

GONE_AFTER = timedelta(minutes=5)
_WRITE_EVERY = timedelta(minutes=1)


def set_presence(colleague: Colleague, presence: str, at: datetime) -> None:
    """A colleague says that they are available, busy or away. Raises ValueError for another word."""
    if presence not in Colleague.Presence.values:
        raise ValueError(f"presence must be one of {', '.join(Colleague.Presence.values)}, not {presence!r}")
    colleague.presence, colleague.seen_at = presence, at
    colleague.save(update_fields=["presence", "seen_at"])


def note_seen(colleague: Colleague, at: datetime) -> None:
    """A page was asked for; written at most once a minute."""
    if colleague.seen_at is None or at - colleague.seen_at >= _WRITE_EVERY:
        colleague.seen_at = at
        colleague.save(update_fields=["seen_at"])


def at_the_desk(at: datetime, team: str | None = None) -> QuerySet[Colleague]:
    """Active colleagues who are available and were seen in the last five minutes, by name."""
    present = Colleague.objects.filter(
        is_active=True, presence=Colleague.Presence.AVAILABLE, seen_at__gte=at - GONE_AFTER
    )
    if team is not None:
        present = present.filter(teams__name=team)
    return present.order_by("name")
