"""The waiting list: who waits longest is offered a freed slot, which is held for a time and then goes to the next."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from courtesy.commerce.bookings import notices
from courtesy.commerce.bookings.free import free_slots
from courtesy.commerce.bookings.refusals import refuse
from courtesy.commerce.bookings.seating import leave, seat
from courtesy.commerce.bookings.values import Person, Slot
from courtesy.commerce.done_once import Answer, do_once
from courtesy.commerce.models import Booking, Notice, Waiting
from courtesy.commerce.models.columns import compared
from courtesy.commerce.port import Receipt, Refusal
from courtesy.pack.diary import Diary

ACT = "join waiting list"
OFFER = "offer appointment"


def wait_for(
    diary: Diary, service: str, place: str, first: datetime, last: datetime, person: Person, *, key: str, at: datetime
) -> Answer:
    """Put a person on the list for a service between two moments; an empty place means any."""

    def effect(number: str) -> Answer:
        if service not in diary.services:
            return refuse(ACT, "unknown service")
        same = Waiting.objects.filter(
            service=service, status__in=(Waiting.Status.WAITING, Waiting.Status.OFFERED), last__gt=at
        )
        mine = same.filter(conversation=person.conversation).first() if person.conversation else None
        if mine is not None and mine.place == place and mine.first <= first and last <= mine.last:
            return refuse(ACT, "already on the waiting list", {"booking": mine.number})
        Waiting.objects.create(
            number=number,
            service=service,
            place=place,
            first=first,
            last=max(first, last),
            customer=person.customer,
            conversation=person.conversation,
            name=person.name,
            email=person.email.strip().casefold(),
            made_at=at,
        )
        return Receipt(ACT, number, at, details={"booking": number, "place": place})

    return do_once(ACT, "WL", (person.conversation or person.email or service)[:80], key, at, effect)


@transaction.atomic
def offer_freed(diary: Diary, first: datetime, last: datetime, at: datetime) -> list[str]:
    """Offer what is free between two moments to those who wait, the longest first; the numbers of what is now held."""
    offered: list[str] = []
    waiting = Waiting.objects.select_for_update().filter(
        status=Waiting.Status.WAITING, first__lte=last, last__gte=max(first, at)
    )
    for row in waiting.order_by("made_at", "number")[:100]:
        service = diary.services.get(row.service)
        if service is None:
            continue
        longer = timedelta(minutes=service.minutes)  # a longer service may begin before what was freed
        begin, end = max(first - longer, row.first), min(last, row.last)
        for slot in free_slots(diary, service, row.place, begin, end, at, limit=1):
            if (number := _offer(diary, row, slot, at)) is not None:
                offered.append(number)
    return offered


def _offer(diary: Diary, row: Waiting, slot: Slot, at: datetime) -> str | None:
    """Hold a slot for the one who waits, and owe the news."""
    service = diary.services[row.service]
    until = min(at + service.hold, slot.starts - min(service.notice, timedelta(minutes=30)))

    def effect(number: str) -> Answer:
        booking = Booking.objects.create(
            number=number,
            number_key=compared(number),
            service=row.service,
            place=slot.place,
            starts_at=slot.starts,
            ends_at=slot.ends,
            status=Booking.Status.HELD,
            held_until=until,
            customer=row.customer,
            conversation=row.conversation,
            name=row.name,
            email=row.email,
            made_at=at,
            changed_at=at,
        )
        if not seat(diary, service, booking, slot, at):
            booking.delete()
            return refuse(OFFER, "slot taken", {"appointment": slot.starts.astimezone(diary.zone), "place": slot.place})
        row.status, row.offer = Waiting.Status.OFFERED, booking
        row.save(update_fields=("status", "offer"))
        notices.owe(booking, Notice.Kind.OFFER, at)
        return Receipt(OFFER, number, at)

    key = f"{OFFER}:{row.number}:{slot.place}:{slot.starts.isoformat()}:{at.isoformat()}"
    answer = do_once(OFFER, "BK", row.number, key, at, effect)
    return None if isinstance(answer, Refusal) else answer.number


@transaction.atomic
def lapse_offers(diary: Diary, at: datetime) -> int:
    """Holds that nobody took are over: the slot goes to the next, and the one who had it is told. Returns how many."""
    over = Booking.objects.select_for_update().filter(status=Booking.Status.HELD, held_until__lte=at)
    rows = list(over.order_by("held_until", "number")[:200])
    for booking in rows:
        booking.status, booking.changed_at = Booking.Status.LAPSED, at
        booking.save(update_fields=("status", "changed_at"))
        leave(booking)
        notices.withdraw(booking, at)
        notices.owe(booking, Notice.Kind.LAPSED, at)
        settle(booking, Waiting.Status.GONE)
    for booking in rows:
        offer_freed(diary, booking.starts_at, booking.ends_at, at)
    return len(rows)


def settle(booking: Booking, status: str) -> None:
    """What became of the one who waited, when their offer is taken or gone."""
    Waiting.objects.filter(offer=booking, status=Waiting.Status.OFFERED).update(status=status)
