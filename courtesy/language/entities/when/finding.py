"""All that says when or how long in one message, days before times before lengths of time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time

from courtesy.language.entities.when.calendar import FAR
from courtesy.language.entities.when.dates import dates
from courtesy.language.entities.when.spans import spans
from courtesy.language.entities.when.times import times
from courtesy.language.text import Heard
from courtesy.language.understanding import Context, Entity


def when(heard: Heard, context: Context) -> Iterator[Entity]:
    """Days, times, periods and lengths of time; days and periods only where today is known."""
    if not FAR.search(heard.flat):
        return
    today = date.fromisoformat(context.today) if context.today else None
    found: list[Entity] = []
    if today is not None:
        found.extend(dates(heard, today))
    now = datetime.combine(today, time.fromisoformat(context.now)) if today and context.now else None
    found.extend(times(heard, _places(heard, found), now))
    found.extend(spans(heard, _places(heard, found), today))
    yield from found


def _places(heard: Heard, entities: list[Entity]) -> list[tuple[int, int]]:
    """Where the entities stand in the flat text."""
    if not entities:
        return []
    received = [heard.origin[clean] for clean in heard.flat_origin]
    return [(bisect_left(received, entity.span[0]), bisect_left(received, entity.span[1])) for entity in entities]
