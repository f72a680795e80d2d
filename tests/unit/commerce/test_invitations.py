"""Calendar invitations: one event for ever, with its zone, its changes counted, taken out again when cancelled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from courtesy.commerce.bookings.values import Booking
from courtesy.commerce.papers.invitations import Invitation, draw

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
STARTS = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
WORDS = Invitation(
    "Boot fitting; Tarnfell", "Bilbao, Calle X", "Termin\n预约", "Tarnfell Outdoor", "service@tarnfell.example",
    ZoneInfo("Europe/Madrid"), "en", timedelta(hours=24),
)  # fmt: skip


def booking(sequence: int = 0) -> Booking:
    ends = STARTS + timedelta(minutes=30)
    return Booking(
        "BK-000001", "boot fitting", "Bilbao", STARTS, ends, "booked", "", "cnv", "Tom Byrne", "tom@example.com", "",
        sequence, None,
    )  # fmt: skip


@pytest.mark.parametrize(("method", "status"), [("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED")])
def test_an_invitation_says_what_calendars_need(method: str, status: str) -> None:
    name, media_type, content = draw(booking(2), method, WORDS, AT)  # type: ignore[arg-type]
    assert (name, media_type) == ("BK-000001.ics", "text/calendar")
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == (method, status, 2)
    assert event["UID"] == "bk-000001@tarnfell.example"
    assert event.decoded("DTSTART") == STARTS
    assert event["DTSTART"].params["TZID"] == "Europe/Madrid"
    assert str(event["ATTENDEE"]) == "mailto:tom@example.com"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_the_clocks_of_the_zone_change_when_they_do() -> None:
    calendar = Calendar.from_ical(draw(booking(), "REQUEST", WORDS, AT)[2])
    (zone,) = calendar.walk("VTIMEZONE")
    summer = [part["DTSTART"].dt for part in zone.subcomponents if part.name == "DAYLIGHT"]
    assert datetime(2027, 3, 28, 2, 0) in summer  # noqa: DTZ001 (local by the standard)
