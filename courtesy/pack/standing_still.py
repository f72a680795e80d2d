"""Clocks that stood still, and the moment before one runs out, reckoned in a company's opening hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from courtesy.pack.model import Company
from courtesy.pack.opening_hours import (
    LONGEST_CLOSURE,
    add_business,
    open_time,
    openings_from,
    openings_on,
    read_length,
)


def prolong(company: Company, due: datetime, within: str, begin: datetime, end: datetime) -> datetime:
    """``due`` moved on for the time that a clock of length ``within`` stood still, from ``begin`` to ``end``.

    Business days are given back for each business day that began in between, business hours for the time that the
    company was open, other lengths for the time itself."""
    length = read_length(within)
    if end <= begin:
        return due
    if not length.business:
        return due + (end - begin)
    zone = ZoneInfo(company.time_zone)
    if length.unit == "days":
        first, last = begin.astimezone(zone).date(), end.astimezone(zone).date()
        between = range(1, (last - first).days + 1)
        days = sum(bool(openings_on(company, first + timedelta(days=one))) for one in between)
        return add_business(company, due, f"{days} business days") if days else due
    stood = timedelta()
    for start, stop in openings_from(company, begin):
        if start >= end:
            break
        stood += min(stop, end) - max(start, begin)
    return open_time(company, due, stood).astimezone(zone)


def before(company: Company, due: datetime, length_before: str) -> datetime:
    """The moment that lies a length of time before ``due``: "2 business days", "4 business hours", "3 days"."""
    length = read_length(length_before)
    zone = ZoneInfo(company.time_zone)
    if not length.business:
        return due - (add_business(company, due, length_before) - due)
    if length.unit == "days":
        return _days_before(company, due, int(length.amount)).astimezone(zone)
    left = timedelta(minutes=float(length.amount) * (1 if length.unit == "minutes" else 60))
    return _open_time_before(company, due, left).astimezone(zone)


def _days_before(company: Company, due: datetime, days: int) -> datetime:
    day = due.astimezone(ZoneInfo(company.time_zone)).date()
    for back in range(1, days * 7 + LONGEST_CLOSURE):
        openings = openings_on(company, day - timedelta(days=back))
        days -= bool(openings)
        if openings and days <= 0:
            return openings[-1][1]
    return due


def _open_time_before(company: Company, due: datetime, left: timedelta) -> datetime:
    day = due.astimezone(ZoneInfo(company.time_zone)).date()
    for back in range(LONGEST_CLOSURE):
        for start, stop in reversed(openings_on(company, day - timedelta(days=back))):
            end = min(stop, due)
            if end - left >= start:
                return end - left
            left -= max(end - start, timedelta())
    return due
