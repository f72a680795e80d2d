"""Many at once: threads of their own connections reach for the same time, and no seat is ever given twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from diaries import AT, diary, person, wall
from django.db import IntegrityError, connection, transaction

from courtesy.commerce.bookings import deeds
from courtesy.commerce.models import Booking, Taken
from courtesy.commerce.port import Receipt, Refusal

THREADS = 8
pytestmark = pytest.mark.django_db(transaction=True)


def together(act: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """Run ``act(0)`` … in as many threads, all beginning at the same moment."""
    ready = Barrier(threads)

    def run(number: int) -> Any:
        ready.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def test_of_many_who_want_the_same_time_as_many_get_it_as_there_are_seats() -> None:
    mine = diary(seats=2)  # and the table, which serves as a bench too
    answers = together(lambda n: deeds.book(mine, "fitting", "Bilbao", wall(23, 10), person(n), key=f"k{n}", at=AT))
    assert Counter(type(answer) for answer in answers) == {Receipt: 3, Refusal: THREADS - 3}
    assert {answer.why for answer in answers if isinstance(answer, Refusal)} == {"refusal: slot taken"}
    assert Booking.objects.count() == 3
    assert Taken.objects.count() == 3 * 6


def test_the_same_wish_sent_many_times_at_once_is_one_booking() -> None:
    answers = together(
        lambda _: deeds.book(diary(), "fitting", "Valencia", wall(23, 10), person(), key="the same", at=AT)
    )
    assert len({answer.number for answer in answers}) == 1
    assert Booking.objects.count() == 1


def test_whatever_many_book_move_and_cancel_at_once_no_seat_is_held_by_two() -> None:
    mine = diary()

    def act(number: int) -> None:
        chance = random.Random(number)
        have: list[str] = []
        for step in range(12):
            starts = wall(23 + chance.randrange(2), 10) + timedelta(minutes=30 * chance.randrange(4))
            key = f"{number}-{step}"
            if not have or chance.random() < 0.5:
                answer = deeds.book(mine, "fitting", "Bilbao", starts, person(number), key=key, at=AT)
                have += [answer.number] if isinstance(answer, Receipt) else []
            elif chance.random() < 0.6:
                deeds.move(mine, chance.choice(have), "Bilbao", starts, key=key, at=AT)
            else:
                deeds.cancel(mine, have.pop(), "", key=key, at=AT)

    together(act, 6)
    for booking in Booking.objects.all():
        own = list(booking.taken.values_list("resource", "tick"))
        assert len(own) == (6 if booking.status == "booked" else 0)
        assert len({resource for resource, _ in own}) <= 1
    seats = Counter(Taken.objects.values_list("resource", "seat", "tick"))
    assert set(seats.values()) <= {1}
    held = Counter((one.starts_at, one.place) for one in Booking.objects.filter(status="booked"))
    assert held
    assert max(held.values()) <= 2


def test_the_database_itself_refuses_a_seat_that_is_taken() -> None:
    for number in (1, 2):
        deeds.book(diary(), "fitting", "Bilbao", wall(23, 10), person(number), key=f"k{number}", at=AT)
    one, other = Booking.objects.order_by("number")
    theirs = one.taken.first()
    assert theirs is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Taken.objects.create(booking=other, resource=theirs.resource, seat=theirs.seat, tick=theirs.tick)
