"""Opening hours: whether colleagues are there at a moment, when they are next, and when a length of time is over.

Everything is reckoned in the company's own time zone. Days without opening are those that the company page closes:
weekdays without hours and its holidays (with ``holidays: {public: yes}`` the country's own, from the ``holidays``
library). A business day is a day on which the company opens; it ends when the company closes.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from courtesy.pack.model import Company

LONGEST_CLOSURE = 400  # days; a company that is closed longer has no opening to reckon with
UNITS = ("minutes", "hours", "days", "weeks", "months", "years")
BUSINESS_UNITS = ("minutes", "hours", "days")

_WITHIN = re.compile(
    r"(\d{1,4}(?:\.\d{1,4})?)\s+(business\s+)?(minute|hour|day|week|month|year)s?", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as packs write it: ``Length(Decimal(5), "days", True)`` is "5 business days"."""

    amount: Decimal
    unit: str  # one of UNITS
    business: bool


def read_length(within: str) -> Length:
    """Read "5 business days", "4 business hours", "48 hours", "1 month". ValueError says what is expected."""
    found = _WITHIN.fullmatch(within.strip())
    if not found:
        raise ValueError(f"'{within}' is not a length of time; write for example '5 business days' or '48 hours'")
    length = Length(Decimal(found[1]), found[3].lower() + "s", bool(found[2]))
    if length.business and length.unit not in BUSINESS_UNITS:
        raise ValueError(f"'{within}': business time is counted in minutes, hours or days")
    if length.unit not in ("minutes", "hours") and length.amount != int(length.amount):
        raise ValueError(f"'{within}': {length.unit} are counted whole")
    return length


def is_open(company: Company, at: datetime) -> bool:
    """Whether colleagues are there at this moment."""
    day = at.astimezone(ZoneInfo(company.time_zone)).date()
    return any(start <= at < end for start, end in openings_on(company, day))


def next_opening(company: Company, at: datetime) -> datetime:
    """When the company opens next after ``at``, in its own time zone. LookupError when it does not open any more."""
    for start, _ in openings_from(company, at):
        if start > at:
            return start.astimezone(ZoneInfo(company.time_zone))
    raise _never(company)


def add_business(company: Company, at: datetime, within: str) -> datetime:
    """The moment by which something is due that is promised ``within`` a length of time from ``at``.

    Business days end at closing time; the day of ``at`` does not count. Business hours run only while the company
    is open. Days, weeks, months and years end at the same time of day; a month that is too short ends on its last day.
    ValueError when ``within`` cannot be read, LookupError when the company never opens."""
    length = read_length(within)
    zone = ZoneInfo(company.time_zone)
    if length.business:
        if length.unit == "days":
            return _business_days(company, at, int(length.amount)).astimezone(zone)
        return open_time(company, at, _duration(length)).astimezone(zone)
    if length.unit in ("minutes", "hours"):
        return (at.astimezone(UTC) + _duration(length)).astimezone(zone)
    return _calendar(at.astimezone(zone), int(length.amount), length.unit)


def _duration(length: Length) -> timedelta:
    seconds = length.amount * (60 if length.unit == "minutes" else 3600)
    return timedelta(seconds=float(seconds))


def _business_days(company: Company, at: datetime, days: int) -> datetime:
    if days == 0:
        return at
    today = at.astimezone(ZoneInfo(company.time_zone)).date()
    left = days
    closed = 0
    for ahead in range(1, days * 7 + LONGEST_CLOSURE):
        openings = openings_on(company, today + timedelta(days=ahead))
        closed = 0 if openings else closed + 1
        left -= bool(openings)
        if left == 0:
            return openings[-1][1]
        if closed > LONGEST_CLOSURE:
            break
    raise _never(company)


def open_time(company: Company, at: datetime, duration: timedelta) -> datetime:
    left = duration
    if not left:
        return at
    moment = at
    while True:
        for start, end in openings_from(company, moment):
            begin = max(start, moment)
            if begin + left <= end:
                return begin + left
            left -= max(end - begin, timedelta())
            moment = max(end, moment)
            break
        else:
            raise _never(company)


def _calendar(local: datetime, amount: int, unit: str) -> datetime:
    if unit in ("days", "weeks"):
        day = local.date() + timedelta(days=amount * (7 if unit == "weeks" else 1))
    else:
        months = local.year * 12 + local.month - 1 + amount * (12 if unit == "years" else 1)
        year, month = divmod(months, 12)
        day = date(year, month + 1, min(local.day, calendar.monthrange(year, month + 1)[1]))
    wall = datetime.combine(day, local.time(), local.tzinfo).replace(fold=local.fold)
    return wall.astimezone(UTC).astimezone(local.tzinfo)  # an hour that the clocks skip becomes the one after it


def openings_from(company: Company, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Openings that are not over at ``at``, in order, until the company stays closed for good."""
    day = at.astimezone(ZoneInfo(company.time_zone)).date()
    for ahead in range(LONGEST_CLOSURE):
        for start, end in openings_on(company, day + timedelta(days=ahead)):
            if end > at:
                yield start, end


def openings_on(company: Company, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The opening spans of one local day, as moments in UTC."""
    if day in company.holidays:
        return ()
    zone = ZoneInfo(company.time_zone)
    spans = next((hours.spans for hours in company.hours if hours.weekday == day.weekday()), ())
    moments = []
    for start, end in spans:
        last = day + timedelta(days=1) if end == time(0) else day
        begin = datetime.combine(day, start, zone).astimezone(UTC)
        moments.append((begin, max(begin, datetime.combine(last, end, zone).astimezone(UTC))))
    return tuple(span for span in moments if span[0] < span[1])


def _never(company: Company) -> LookupError:
    return LookupError(
        f"{company.name} has no opening hours within {LONGEST_CLOSURE} days; see 'hours' in company.yaml"
    )
