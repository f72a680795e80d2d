"""How services, places and times of the diary are named to a customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from babel.dates import format_date, format_skeleton, format_time

from courtesy.commerce.bookings import finding
from courtesy.commerce.bookings.values import Booking, Person, Slot
from courtesy.pack.diary import Diary, Service, diary_of
from courtesy.representative import asking
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation
from courtesy.representative.wording import locale_of

WAITING = "waiting list"  # the choice that stands for no time at all
ANY_PLACE = "any place"


def diary(situation: Situation) -> Diary:
    return diary_of(situation.pack)


def person(situation: Situation, task: Task) -> Person:
    """Whom a booking is for. The shop's customer is named only when that is proven."""
    proven = situation.dialogue.shop_customer if situation.identity_at_least("order matched") else ""
    slots, claims = task.slots, situation.dialogue.claims
    email = str(slots.get("e-mail") or claims.get("e-mail") or "")
    return Person(situation.conversation.pk, proven, str(slots.get("name") or claims.get("name") or ""), email)


def service_of(situation: Situation, task: Task) -> Service | None:
    """The service this matter is about: the one chosen, or that of the booking that was looked up."""
    name = task.slots.get("service")
    if not name and (booked := booking_of(task)) is not None:
        name = booked.service
    return diary(situation).services.get(str(name)) if name else None


def booking_of(task: Task) -> Booking | None:
    number = task.looked.get("booking")
    return finding.booking(number) if number else None


# --- appointments as slot values ------------------------------------------------------------------


def written(slot: Slot) -> str:
    """A slot as it is kept: the moment in UTC, and the place."""
    return f"{slot.starts.astimezone(UTC).isoformat()} {slot.place}"


def read(value: Any) -> tuple[datetime, str] | None:
    """The moment and place of a kept slot; None for anything else."""
    moment, _, place = str(value).partition(" ")
    try:
        starts = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (starts, place) if starts.tzinfo is not None and place else None


def slot_label(situation: Situation, slot: Slot, *, with_place: bool) -> str:
    """A slot on a button: "Tue, Dec 1, 3:00 PM", and where when that is open."""
    locale = locale_of(situation.language)
    local = slot.starts.astimezone(diary(situation).zone)
    day = format_skeleton("MMMEd", local, locale=locale)
    clock = format_time(local.time(), format="short", locale=locale)
    return f"{day}, {clock} · {slot.place}" if with_place else f"{day}, {clock}"


def moment_label(situation: Situation, moment: datetime) -> str:
    """A moment in full, with its weekday, as the clock in the shop shows it."""
    locale = locale_of(situation.language)
    local = moment.astimezone(diary(situation).zone)
    return f"{format_date(local, format='full', locale=locale)}, {format_time(local.time(), 'short', locale=locale)}"


def service_label(situation: Situation, name: str) -> str:
    return asking.phrase_text(situation, f"choice: {name}") or name


def address_of(situation: Situation, place: str) -> str:
    """Street and town of a place, from the table of stores."""
    row = next((one for one in situation.pack.tables.get("stores", ()) if one.get("store") == place), None)
    if row is None:
        return ""
    town = f"{row.get('postcode', '')} {row.get('city', '')}".strip()
    return ", ".join(part for part in (row.get("address", ""), town) if part)


# --- fields of phrases ----------------------------------------------------------------------------


def fields_of_booking(situation: Situation, booking: Booking) -> dict[str, Any]:
    return {
        "booking": booking.number,
        "service": service_label(situation, booking.service),
        "place": booking.place,
        "place address": address_of(situation, booking.place),
        "appointment": moment_label(situation, booking.starts),
        "company": situation.pack.company.name,
    }


def fields_of(situation: Situation, task: Task) -> dict[str, Any]:
    """What phrases may show of the appointment in hand; what was chosen goes before what is booked now."""
    fields: dict[str, Any] = {}
    booked = booking_of(task)
    if booked is not None:
        fields = fields_of_booking(situation, booked)
        fields["old appointment"] = fields["appointment"]
    if (chosen := read(task.slots.get("appointment"))) is not None:
        starts, place = chosen
        fields |= {
            "appointment": moment_label(situation, starts),
            "place": place,
            "place address": address_of(situation, place),
        }
    return fields
