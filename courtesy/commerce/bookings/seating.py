"""Seating: the time of a booking is taken in the diary, or it is not; two can never have the same seat at once.

The unique constraint on ``Taken`` decides. Whoever comes second looks again for another seat, and finds none at last.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from courtesy.commerce.bookings.free import Seats, seats_for, ticks_for, used
from courtesy.commerce.bookings.values import Slot
from courtesy.commerce.models import Booking, Taken
from courtesy.pack.diary import Diary, Service

TRIES = 8  # more people than seats may reach for them at once; each try sees what the others have taken


def seat(diary: Diary, service: Service, booking: Booking, slot: Slot, at: datetime) -> bool:
    """Take the time of this slot for the booking, in place of what it had. False when nothing is free any more.

    Runs inside the caller's transaction; on False the booking has what it had before."""
    span = ticks_for(service, slot.starts)
    resources = diary.serving(service, slot.place)
    for _ in range(TRIES):
        seats = seats_for(diary, service, slot, used(resources, span, at, besides=booking.pk))
        if seats is None:
            return False
        try:
            with transaction.atomic():
                _give_back_expired(seats, span, at)
                Taken.objects.filter(booking=booking).delete()
                Taken.objects.bulk_create(
                    [
                        Taken(booking=booking, resource=resource, seat=number, tick=tick)
                        for resource, number in sorted(seats)
                        for tick in span
                    ]
                )
        except IntegrityError:
            continue
        return True
    return False


def _give_back_expired(seats: Seats, span: range, at: datetime) -> None:
    """The time of holds that are over; the holds themselves lapse at the next look at the waiting list."""
    Taken.objects.filter(
        resource__in=[resource for resource, _ in seats],
        tick__gte=span.start,
        tick__lt=span.stop,
        booking__status=Booking.Status.HELD,
        booking__held_until__lte=at,
    ).delete()


def leave(booking: Booking) -> None:
    """Give the time of a booking back."""
    Taken.objects.filter(booking=booking).delete()
