"""Appointments: free time is offered, taken once, moved, cancelled, and goes to whoever waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from diaries import AT, diary, person, service, wall

from courtesy.commerce.bookings import deeds, finding, notices, waiting
from courtesy.commerce.bookings.free import free_slots
from courtesy.commerce.models import Booking, Notice, Taken, Waiting
from courtesy.commerce.port import Receipt, Refusal

pytestmark = pytest.mark.django_db


def times(found: list[Any]) -> list[str]:
    return [f"{slot.starts.astimezone(diary().zone):%d %H:%M} {slot.place}" for slot in found]


def book(day: int, hour: int, minute: int = 0, number: int = 1, place: str = "Bilbao", **more: Any) -> Any:
    chosen = more.pop("diary", diary())
    return deeds.book(
        chosen, "fitting", place, wall(day, hour, minute), person(number), key=f"k{day}{hour}{minute}{number}{place}",
        at=more.pop("at", AT), **more,
    )  # fmt: skip


def test_slots_lie_in_the_hours_and_keep_the_notice() -> None:
    found = free_slots(diary(), service(), "Bilbao", wall(20, 0), wall(23, 10, 30), AT)
    assert times(found)[:3] == ["20 12:00 Bilbao", "20 12:30 Bilbao", "20 13:00 Bilbao"]
    assert times(found)[-3:] == ["20 18:30 Bilbao", "23 10:00 Bilbao", "23 10:30 Bilbao"]


def test_a_service_that_needs_two_takes_two_different_resources() -> None:
    both = service("both", needs=("bench", "table"))
    mine = diary(both, service())
    first = deeds.book(mine, "both", "Bilbao", wall(23, 10), person(), key="a", at=AT)
    assert isinstance(first, Receipt)
    assert set(Taken.objects.values_list("resource", flat=True)) == {"bench", "table 1"}
    second = deeds.book(mine, "fitting", "Bilbao", wall(23, 10), person(2), key="b", at=AT)
    assert isinstance(second, Refusal)
    assert second.why == "refusal: slot taken"


def test_minutes_before_and_after_are_kept_free() -> None:
    mine = diary(service(before=10, after=20, minutes=30))
    for number in (1, 2):
        assert isinstance(book(23, 11, 0, number, diary=mine), Receipt)
    near = free_slots(mine, mine.services["fitting"], "Bilbao", wall(23, 10), wall(23, 12), AT)
    assert times(near) == ["23 10:00 Bilbao", "23 12:00 Bilbao"]


def test_the_same_key_books_once_and_gives_the_same_answer() -> None:
    assert book(23, 10) == book(23, 10)
    assert Booking.objects.count() == 1


def test_a_third_customer_for_two_seats_is_refused_and_nothing_of_theirs_stays() -> None:
    answers = [book(23, 10, 0, number) for number in (1, 2, 3)]
    assert [type(answer) for answer in answers] == [Receipt, Receipt, Refusal]
    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("day", "hour", "minute"), [(20, 11, 0), (22, 10, 0), (23, 15, 0), (23, 10, 10), (31 - 1, 9, 0)]
)
def test_what_is_not_offered_is_not_booked(day: int, hour: int, minute: int) -> None:
    answer = book(day, hour, minute)
    assert isinstance(answer, Refusal)
    assert answer.why == "refusal: slot not offered"
    assert not Booking.objects.exists()
    assert not Taken.objects.exists()


def test_a_moved_appointment_gives_its_old_time_back_and_counts_the_change() -> None:
    number = book(23, 10).number
    moved = deeds.move(diary(), number, "Valencia", wall(24, 16), key="m", at=AT)
    assert isinstance(moved, Receipt)
    row = Booking.objects.get(pk=number)
    assert (row.place, row.starts_at, row.sequence) == ("Valencia", wall(24, 16), 1)
    assert set(Taken.objects.values_list("resource", flat=True)) == {"bench of Valencia"}
    reminders = Notice.objects.filter(booking=row, said_at__isnull=True)
    assert [(one.kind, one.due_at) for one in reminders] == [("reminder", wall(23, 16))]


def test_an_appointment_that_cannot_be_moved_keeps_its_time() -> None:
    mine = book(23, 10, 0, 1, "Valencia").number
    book(23, 11, 0, 2, "Valencia")
    answer = deeds.move(diary(), mine, "Valencia", wall(23, 11), key="m", at=AT)
    assert isinstance(answer, Refusal)
    assert answer.why == "refusal: slot taken"
    assert Booking.objects.get(pk=mine).starts_at == wall(23, 10)
    assert Taken.objects.filter(booking=mine).count() == 6


def test_a_cancelled_time_is_free_again_and_is_cancelled_once() -> None:
    number = book(23, 10, 0, 1, "Valencia").number
    assert isinstance(deeds.cancel(diary(), number, "ill", key="c", at=AT), Receipt)
    again = deeds.cancel(diary(), number, "ill", key="c2", at=AT)
    assert isinstance(again, Refusal)
    assert again.why == "refusal: booking already cancelled"
    assert isinstance(book(23, 10, 0, 2, "Valencia"), Receipt)
    assert not Notice.objects.filter(booking=number, said_at__isnull=True).exists()


def wait(number: int, at: datetime = AT) -> Any:
    return waiting.wait_for(
        diary(), "fitting", "Valencia", wall(23, 10), wall(23, 10), person(number), key=f"w{number}", at=at
    )


def test_a_freed_slot_is_held_for_the_one_who_waits_longest_and_nobody_else_gets_it() -> None:
    number = book(23, 10, 0, 1, "Valencia").number
    wait(2)
    wait(3, AT + timedelta(minutes=1))
    deeds.cancel(diary(), number, "", key="c", at=AT)
    held = Booking.objects.get(status="held")
    assert (held.conversation, held.starts_at) == ("cnv_2", wall(23, 10))
    assert [talk for talk, _ in notices.waiting_talks(AT)] == ["cnv_2"]
    taken = book(23, 10, 0, 4, "Valencia")
    assert isinstance(taken, Refusal)
    mine = book(23, 10, 0, 2, "Valencia")
    assert mine.number == held.number
    assert Booking.objects.get(pk=held.pk).status == "booked"
    assert Waiting.objects.get(conversation="cnv_2").status == "served"


def test_an_offer_that_nobody_takes_goes_to_the_next_and_the_first_is_told() -> None:
    number = book(23, 10, 0, 1, "Valencia").number
    wait(2)
    wait(3, AT + timedelta(minutes=1))
    deeds.cancel(diary(), number, "", key="c", at=AT)
    later = AT + timedelta(hours=2)
    assert waiting.lapse_offers(diary(), later) == 1
    assert {row.conversation: row.status for row in Waiting.objects.all()} == {"cnv_2": "gone", "cnv_3": "offered"}
    assert Booking.objects.get(status="held").conversation == "cnv_3"
    told = {(one.booking.conversation, one.kind) for one in notices.due_in("cnv_2", later)}
    assert told == {("cnv_2", "lapsed")}


def test_a_hold_that_is_over_keeps_nobody_out() -> None:
    number = book(23, 10, 0, 1, "Valencia").number
    wait(2)
    deeds.cancel(diary(), number, "", key="c", at=AT)
    later = AT + timedelta(hours=2, seconds=1)
    assert isinstance(book(23, 10, 0, 5, "Valencia", at=later), Receipt)


def test_a_slot_that_is_let_go_goes_to_the_next_who_waits() -> None:
    number = book(23, 10, 0, 1, "Valencia").number
    wait(2)
    wait(3, AT + timedelta(minutes=1))
    deeds.cancel(diary(), number, "", key="c", at=AT)
    deeds.cancel(diary(), Booking.objects.get(status="held").pk, "", key="c2", at=AT)
    assert Booking.objects.get(status="held").conversation == "cnv_3"


def test_whoever_did_not_come_is_noted_and_counted() -> None:
    number = book(20, 12).number
    assert not deeds.note_coming(number, came=False, at=AT)  # it has not begun
    after = AT + timedelta(hours=4)
    assert deeds.note_coming(number, came=False, at=after)
    someone = person()
    assert finding.no_shows(someone, AT - timedelta(days=365), after) == 1
    assert finding.booked_ahead(someone, AT) == 0


def test_a_booking_is_found_by_those_it_belongs_to_only() -> None:
    number = book(23, 10).number
    found = finding.booking(number.lower())
    assert found is not None
    stranger = person(2)
    assert not finding.is_theirs(found, stranger, numbered=number)
    knows = type(stranger)(conversation="cnv_9", email="Person1@Example.com")
    assert finding.is_theirs(found, knows, numbered=number)
    assert not finding.is_theirs(found, knows)
    assert finding.coming(stranger, AT) == []
