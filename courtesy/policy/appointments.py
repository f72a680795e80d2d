"""Facts about appointments: whose one is, how near it is, how many are ahead, and how often somebody did not come."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from courtesy.commerce.bookings import finding
from courtesy.commerce.bookings.values import Booking, Person

_COUNTED = ("book appointment", "join waiting list")  # elsewhere nothing hangs on the counts, and nothing is read


def is_own(booking: Booking | None, person: Person | None) -> bool | None:
    """Whether the appointment is this person's; with its number, the address it was made with proves it."""
    if booking is None or person is None:
        return None
    return finding.is_theirs(booking, person, numbered=booking.number)


def hours_until(booking: Booking | None, at: datetime) -> Decimal | None:
    """Whole hours until it begins, below zero when it has begun."""
    return None if booking is None else Decimal((booking.starts - at) // timedelta(hours=1))


def ahead(act: str, person: Person | None, at: datetime) -> Decimal | None:
    if act not in _COUNTED or person is None:
        return None
    return Decimal(finding.booked_ahead(person, at))


def missed(act: str, person: Person | None, at: datetime, within: timedelta) -> Decimal | None:
    if act not in _COUNTED or person is None:
        return None
    return Decimal(finding.no_shows(person, at - within, at))
