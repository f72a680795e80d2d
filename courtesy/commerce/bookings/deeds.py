"""The deeds of the diary: book, change, cancel, and note who came; each once, with its idempotency key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from courtesy.commerce.bookings import notices, waiting
from courtesy.commerce.bookings.free import is_offered
from courtesy.commerce.bookings.refusals import refuse
from courtesy.commerce.bookings.seating import leave, seat
from courtesy.commerce.bookings.values import Person, Slot
from courtesy.commerce.done_once import Answer, do_once
from courtesy.commerce.models import Booking, Waiting
from courtesy.commerce.models.columns import compared
from courtesy.commerce.port import Receipt, Refusal
from courtesy.pack.diary import Diary, Service

BOOK, CHANGE, CANCEL = "book appointment", "change appointment", "cancel appointment"


def book(
    diary: Diary, service: str, place: str, starts: datetime, person: Person, *, note: str = "", key: str, at: datetime
) -> Answer:
    """Book a slot. What is held for this person's conversation is taken up; else the time is taken anew."""

    def effect(number: str) -> Answer:
        wanted = diary.services.get(service)
        if wanted is None:
            return refuse(BOOK, "unknown service")
        slot = Slot(starts, starts + timedelta(minutes=wanted.minutes), place)
        if (held := _held_for(person, service, slot, at)) is not None:
            return _take_up(held, wanted, person, at, diary)
        if not is_offered(diary, wanted, slot, at):
            return refuse(BOOK, "slot not offered", _told(diary, slot))
        return _book(diary, wanted, slot, person, note, number, at)

    return do_once(BOOK, "BK", (person.conversation or person.email or service)[:80], key, at, effect)


def _book(diary: Diary, service: Service, slot: Slot, person: Person, note: str, number: str, at: datetime) -> Answer:
    booking = Booking.objects.create(
        number=number,
        number_key=compared(number),
        service=service.name,
        place=slot.place,
        starts_at=slot.starts,
        ends_at=slot.ends,
        customer=person.customer,
        conversation=person.conversation,
        name=person.name[:160],
        email=person.email.strip().casefold(),
        note=note[:500],
        made_at=at,
        changed_at=at,
    )
    if not seat(diary, service, booking, slot, at):
        booking.delete()
        return refuse(BOOK, "slot taken", _told(diary, slot))
    notices.owe_reminder(booking, service, at)
    return _receipt(BOOK, booking, diary, at)


def _held_for(person: Person, service: str, slot: Slot, at: datetime) -> Booking | None:
    if not person.conversation:
        return None
    held = Booking.objects.select_for_update().filter(
        conversation=person.conversation,
        service=service,
        place=slot.place,
        starts_at=slot.starts,
        status=Booking.Status.HELD,
        held_until__gt=at,
    )
    return held.first()


def _take_up(booking: Booking, service: Service, person: Person, at: datetime, diary: Diary) -> Receipt:
    """A slot that was held becomes an appointment."""
    booking.status, booking.held_until, booking.changed_at = Booking.Status.BOOKED, None, at
    booking.customer = person.customer or booking.customer
    booking.name = person.name[:160] or booking.name
    booking.email = person.email.strip().casefold() or booking.email
    booking.save(update_fields=("status", "held_until", "changed_at", "customer", "name", "email"))
    waiting.settle(booking, Waiting.Status.SERVED)
    notices.withdraw(booking, at)
    notices.owe_reminder(booking, service, at)
    return _receipt(BOOK, booking, diary, at)


def move(diary: Diary, number: str, place: str, starts: datetime, *, key: str, at: datetime) -> Answer:
    """Move an appointment; it keeps its old time when the new one is not free."""

    def effect(_: str) -> Answer:
        booking = _locked(number)
        if isinstance(no := _why_not(CHANGE, booking, at), Refusal) or booking is None:
            return no or refuse(CHANGE, "unknown booking")
        service = diary.services.get(booking.service)
        if service is None:
            return refuse(CHANGE, "unknown service")
        slot = Slot(starts, starts + timedelta(minutes=service.minutes), place)
        if (booking.starts_at, booking.place) == (slot.starts, slot.place):
            return refuse(CHANGE, "same appointment", _told(diary, slot))
        if not is_offered(diary, service, slot, at):
            return refuse(CHANGE, "slot not offered", _told(diary, slot))
        if not seat(diary, service, booking, slot, at):
            return refuse(CHANGE, "slot taken", _told(diary, slot))
        return _moved(diary, service, booking, slot, at)

    return do_once(CHANGE, "CB", number, key, at, effect)


def _moved(diary: Diary, service: Service, booking: Booking, slot: Slot, at: datetime) -> Receipt:
    before = Slot(booking.starts_at, booking.ends_at, booking.place)
    notices.withdraw(booking, at)
    booking.starts_at, booking.ends_at, booking.place = slot.starts, slot.ends, slot.place
    booking.sequence, booking.changed_at = booking.sequence + 1, at
    if booking.status == Booking.Status.HELD:
        booking.status, booking.held_until = Booking.Status.BOOKED, None
        waiting.settle(booking, Waiting.Status.SERVED)
    booking.save()
    notices.owe_reminder(booking, service, at)
    waiting.offer_freed(diary, before.starts, before.ends, at)
    return _receipt(CHANGE, booking, diary, at, {"old appointment": before.starts.astimezone(diary.zone)})


def cancel(diary: Diary, number: str, reason: str, *, key: str, at: datetime) -> Answer:
    """Cancel an appointment, or let go what was held; the time is offered to whoever waits."""

    def effect(_: str) -> Answer:
        booking = _locked(number)
        if isinstance(no := _why_not(CANCEL, booking, at), Refusal) or booking is None:
            return no or refuse(CANCEL, "unknown booking")
        booking.status, booking.held_until = Booking.Status.CANCELLED, None
        booking.reason, booking.sequence, booking.changed_at = reason[:200], booking.sequence + 1, at
        booking.save()
        leave(booking)
        notices.withdraw(booking, at)
        waiting.settle(booking, Waiting.Status.GONE)
        waiting.offer_freed(diary, booking.starts_at, booking.ends_at, at)
        return _receipt(CANCEL, booking, diary, at)

    return do_once(CANCEL, "XB", number, key, at, effect)


@transaction.atomic
def note_coming(number: str, *, came: bool, at: datetime) -> bool:
    """Note whether the customer came. False when the booking is not one that has begun, or was noted otherwise."""
    status = Booking.Status.KEPT if came else Booking.Status.NO_SHOW
    booking = _locked(number)
    open_still = (Booking.Status.BOOKED, Booking.Status.KEPT, Booking.Status.NO_SHOW)
    if booking is None or booking.status not in open_still or booking.starts_at > at:
        return False
    booking.status, booking.changed_at = status, at
    booking.save(update_fields=("status", "changed_at"))
    notices.withdraw(booking, at)
    return True


def _locked(number: str) -> Booking | None:
    return Booking.objects.select_for_update().filter(number_key=compared(number)).first()


def _why_not(act: str, booking: Booking | None, at: datetime) -> Refusal | None:
    """The refusal for a booking that can no longer be changed; None while it can."""
    if booking is None:
        return refuse(act, "unknown booking")
    if booking.status == Booking.Status.CANCELLED:
        return refuse(act, "booking already cancelled", {"booking": booking.number})
    over = booking.held_until is not None and booking.held_until <= at
    if booking.status not in (Booking.Status.BOOKED, Booking.Status.HELD) or booking.starts_at <= at or over:
        return refuse(act, "booking is over", {"booking": booking.number})
    return None


def _told(diary: Diary, slot: Slot) -> dict[str, Any]:
    return {"appointment": slot.starts.astimezone(diary.zone), "place": slot.place}


def _receipt(act: str, booking: Booking, diary: Diary, at: datetime, more: dict[str, Any] | None = None) -> Receipt:
    details = {
        "booking": booking.number,
        "place": booking.place,
        "booked for": booking.starts_at.astimezone(diary.zone),
        **(more or {}),
    }
    return Receipt(act, booking.number, at, details=details)
