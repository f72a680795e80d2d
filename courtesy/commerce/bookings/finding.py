"""Finding bookings: by number, by the person they are for, and how a person has kept them so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from courtesy.commerce.bookings.values import Booking, Person, as_booking
from courtesy.commerce.models import Booking as Row
from courtesy.commerce.models.columns import compared


def booking(number: str) -> Booking | None:
    """A booking by its number; case and blanks do not matter."""
    row = Row.objects.filter(number_key=compared(number)).first()
    return as_booking(row) if row is not None else None


def coming(person: Person, at: datetime, limit: int = 20) -> Sequence[Booking]:
    """The person's bookings that have not begun, the next one first: those of this conversation or customer.

    An e-mail address that is only claimed finds nothing here; with a booking's number it proves one booking."""
    whose = Q()
    if person.conversation:
        whose |= Q(conversation=person.conversation)
    if person.customer:
        whose |= Q(customer=person.customer)
    if not whose:
        return ()
    open_now = Q(status=Row.Status.BOOKED) | Q(status=Row.Status.HELD, held_until__gt=at)
    rows = Row.objects.filter(whose, open_now, starts_at__gt=at).order_by("starts_at", "number")[:limit]
    return [as_booking(row) for row in rows]


def booked_ahead(person: Person, at: datetime) -> int:
    """How many appointments lie ahead of this person, counted by conversation, customer and e-mail address."""
    return Row.objects.filter(_anyhow(person), status=Row.Status.BOOKED, starts_at__gt=at).distinct().count()


def no_shows(person: Person, since: datetime, at: datetime) -> int:
    """How often this person did not come, between two moments."""
    missed = Row.objects.filter(_anyhow(person), status=Row.Status.NO_SHOW, starts_at__gte=since, starts_at__lte=at)
    return missed.distinct().count()


def _anyhow(person: Person) -> Q:
    """Counting is no disclosure, so a claimed address counts too: it can only make a verdict stricter."""
    whose = Q(pk__in=[])
    if person.conversation:
        whose |= Q(conversation=person.conversation)
    if person.customer:
        whose |= Q(customer=person.customer)
    if person.email:
        whose |= Q(email=person.email.strip().casefold())
    return whose


def is_theirs(found: Booking, person: Person, *, numbered: str = "") -> bool:
    """Whether a booking is this person's: made in this conversation, by the proven customer, or named by its number
    (``numbered``) together with the e-mail address it was made with."""
    if person.conversation and found.conversation == person.conversation:
        return True
    if person.customer and found.customer == person.customer:
        return True
    named = bool(numbered) and compared(numbered) == compared(found.number)
    return named and bool(found.email) and person.email.strip().casefold() == found.email


def on_day(place: str, first: datetime, last: datetime) -> Sequence[Booking]:
    """What is booked at a place between two moments, in order, for those who work there; "" for every place."""
    rows = Row.objects.filter(starts_at__gte=first, starts_at__lt=last).exclude(
        status__in=(Row.Status.CANCELLED, Row.Status.LAPSED)
    )
    rows = rows.filter(place=place) if place else rows
    return [as_booking(row) for row in rows.order_by("starts_at", "number")]
