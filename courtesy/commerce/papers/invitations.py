"""The calendar invitation of an appointment, as calendars exchange them (RFC 5545, RFC 5546 iTIP).

A booking is one event for ever: the same UID, a SEQUENCE that grows with each change, METHOD:REQUEST to make or move
it and METHOD:CANCEL to take it out of the calendar again. Times are written in the company's zone, with its rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from courtesy.commerce.bookings.values import Booking
from courtesy.commerce.papers.time_zones import described

PRODUCT = "-//Courtesy//Appointments//EN"


@dataclass(frozen=True, slots=True)
class Invitation:
    """The words of an invitation in the customer's language, and who invites."""

    summary: str
    location: str
    description: str
    company: str
    address: str  # the company's mail address
    zone: ZoneInfo
    language: str
    remind: timedelta | None = None


def draw(
    booking: Booking, method: Literal["REQUEST", "CANCEL"], words: Invitation, at: datetime
) -> tuple[str, str, bytes]:
    """(file name, media type, bytes) of the invitation. ``at``: the moment it is made, for DTSTAMP."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(described(words.zone, booking.starts))
    calendar.add_component(_event(booking, method, words, at))
    return f"{booking.number}.ics", "text/calendar", calendar.to_ical()


def _event(booking: Booking, method: str, words: Invitation, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{booking.number}@{words.address.partition('@')[2] or 'courtesy'}".lower())
    event.add("dtstamp", at.astimezone(ZoneInfo("UTC")))
    event.add("dtstart", booking.starts.astimezone(words.zone))
    event.add("dtend", booking.ends.astimezone(words.zone))
    event.add("sequence", booking.sequence)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if method == "CANCEL" else "OPAQUE")
    for name, text in (("summary", words.summary), ("location", words.location), ("description", words.description)):
        if text:
            event.add(name, vText(text), parameters={"LANGUAGE": words.language} if name == "summary" else {})
    event["organizer"] = _person(words.address, words.company, {})
    if booking.email:
        asked = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
        event.add("attendee", _person(booking.email, booking.name, asked))
    if words.remind is not None and method == "REQUEST":
        event.add_component(_alarm(words))
    return event


def _person(address: str, name: str, more: dict[str, str]) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    for key, value in {"CN": name, **more}.items():
        if value:
            person.params[key] = vText(value)
    return person


def _alarm(words: Invitation) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words.summary)
    alarm.add("trigger", -(words.remind or timedelta(hours=1)))
    return alarm
