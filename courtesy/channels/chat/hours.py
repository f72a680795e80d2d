"""Opening hours: whether colleagues are there at a moment, in the company's own time zone, and when they are next."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from courtesy.pack.model import Company

_LOOK_AHEAD = 30  # days; a company that is closed longer has no next opening to promise


def spans_on(company: Company, day: date) -> tuple[tuple[time, time], ...]:
    """The opening spans of one day in local time; none on a holiday."""
    if day in company.holidays:
        return ()
    return next((hours.spans for hours in company.hours if hours.weekday == day.weekday()), ())


def is_open(company: Company, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(company.time_zone))
    return any(start <= local.time() < end for start, end in spans_on(company, local.date()))


def opens_at(company: Company, at: datetime) -> datetime | None:
    """The next opening after ``at``; None when there is none within thirty days."""
    zone = ZoneInfo(company.time_zone)
    today = at.astimezone(zone).date()
    for ahead in range(_LOOK_AHEAD + 1):
        day = today + timedelta(days=ahead)
        for start, _ in spans_on(company, day):
            opening = datetime.combine(day, start, zone)
            if opening > at:
                return opening
    return None
