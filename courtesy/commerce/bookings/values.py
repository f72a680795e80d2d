"""What the diary answers with: slots, bookings, and the person a booking is for. Values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from courtesy.commerce.models import Booking as Row


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A time at which a service can begin at a place; moments are in UTC."""

    starts: datetime
    ends: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a booking is for. ``customer`` is the shop's id when identity is proven, else ""."""

    conversation: str = ""
    customer: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """An appointment as it stands; moments are in UTC. ``sequence`` counts its changes."""

    number: str
    service: str
    place: str
    starts: datetime
    ends: datetime
    status: str
    customer: str
    conversation: str
    name: str
    email: str
    note: str
    sequence: int
    held_until: datetime | None

    def local(self, zone: ZoneInfo) -> datetime:
        """The beginning as the clock on the wall there shows it."""
        return self.starts.astimezone(zone)

    def is_coming(self, at: datetime) -> bool:
        """Whether it is booked, or held for somebody, and has not begun."""
        held = self.status == Row.Status.HELD and self.held_until is not None and self.held_until > at
        return self.starts > at and (self.status == Row.Status.BOOKED or held)


def as_booking(row: Row) -> Booking:
    return Booking(
        number=row.number,
        service=row.service,
        place=row.place,
        starts=row.starts_at,
        ends=row.ends_at,
        status=row.status,
        customer=row.customer,
        conversation=row.conversation,
        name=row.name,
        email=row.email,
        note=row.note,
        sequence=row.sequence,
        held_until=row.held_until,
    )
