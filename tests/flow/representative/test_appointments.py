"""Appointments in conversation: booked with words for days and hours, moved, cancelled, offered, reminded of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from courtesy.channels import appointments
from courtesy.commerce.models import Booking
from courtesy.conversations.models import Document
from courtesy.foundation import jobs

pytestmark = pytest.mark.django_db


def booked(one: Any, when: str) -> Any:
    one.say(f"I'd like to book a boot fitting in Bilbao {when}. I am {one.sender or 'tom.byrne@example.com'}")
    if one.conversation.dialogue["question"]["slot"] == "name":
        one.say("Tom Byrne")
    one.say("yes")
    return Booking.objects.filter(conversation=one.id).first()


def test_a_fitting_is_booked_in_words_and_comes_with_an_invitation(talk: Any) -> None:
    one = talk()
    row = booked(one, "next Tuesday at 16:00")
    assert one.deeds() == ["book appointment"]
    assert f"{row.starts_at:%Y-%m-%d %H:%M}" == "2026-11-24 15:00"
    document = Document.objects.get(conversation=one.id)
    assert (document.name, document.media_type) == (f"{row.number}.ics", "text/calendar")


def test_a_time_that_is_taken_is_not_given_twice_and_the_nearest_are_offered(talk: Any) -> None:
    booked(talk(), "next Tuesday at 16:00")
    other = talk()
    other.say("book a boot fitting in Bilbao next Tuesday at 16:00, ana.ruiz@example.com")
    assert "is not free" in other.said
    offered = [choice["value"] for choice in other.replies[-1].choices]
    assert any(value.startswith("2026-11-24T14:30") for value in offered)
    assert not any(value.startswith("2026-11-24T15:00") for value in offered)
    assert other.deeds() == []


def test_a_stranger_cannot_cancel_an_appointment_of_which_they_know_the_number(talk: Any) -> None:
    owner = talk()
    number = booked(owner, "next Tuesday at 16:00").number
    stranger = talk()
    stranger.say(f"cancel my appointment {number}")
    stranger.say("mallory@example.com")
    stranger.say("yes")
    assert stranger.deeds() == []
    assert Booking.objects.get(pk=number).status == "booked"


def test_a_reminder_is_said_once_when_it_is_due(talk: Any, time_machine: Any, at: datetime) -> None:
    one = talk()
    row = booked(one, "next Tuesday at 16:00")
    before = one.conversation.message_count
    assert appointments.look(at + timedelta(hours=1)) == 0
    due = row.starts_at - timedelta(hours=23)
    time_machine.move_to(due)
    for _ in range(2):
        appointments.look(due)
        jobs.run_due()
    assert one.conversation.message_count == before + 1
    last = one.conversation.messages.order_by("sequence").last()
    assert row.number in last.text
    assert last.text.startswith("A reminder")
