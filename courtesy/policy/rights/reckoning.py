"""When a term of the law ends. Pure: the country's public holidays come from the ``holidays`` library.

The day of the event is not counted (Regulation (EEC, Euratom) 1182/71, Art. 3(1); BGB § 187(1); Código Civil, Art. 5).
Months and years end on the day of the same number, else on the month's last day (BGB § 188(2) and (3)). A term whose
end "moves" and falls on a Saturday, Sunday or public holiday ends on the next working day (Regulation 1182/71,
Art. 3(4); BGB § 193).
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import holidays

from courtesy.policy.rights.model import Term

SATURDAY, SUNDAY = 5, 6


def ends_on(term: Term, start: date, country: str) -> date:
    """The last day of the term that is counted from ``start``; ``country`` gives the public holidays."""
    if term.unit == "working days":
        return _after_working_days(term, start, country)
    if term.unit in ("months", "years"):
        end = _after_months(start, term.length * (12 if term.unit == "years" else 1))
    else:
        end = start + timedelta(days=term.length * (7 if term.unit == "weeks" else 1))
    while term.moves and not _works(term, end, country):
        end += timedelta(days=1)
    return end


def _after_working_days(term: Term, start: date, country: str) -> date:
    end, left = start, term.length
    while left:
        end += timedelta(days=1)
        left -= _works(term, end, country)
    return end


def _after_months(start: date, months: int) -> date:
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _works(term: Term, day: date, country: str) -> bool:
    if day.weekday() == SUNDAY or (day.weekday() == SATURDAY and not term.saturdays_work):
        return False
    try:
        return day not in holidays.country_holidays(country, years=day.year)
    except NotImplementedError:  # a country whose holidays nobody listed: the sooner end is the safe one
        return True
