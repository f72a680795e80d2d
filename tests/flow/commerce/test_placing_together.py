"""Many order at once, in threads with connections of their own: no piece is sold twice, and nobody waits forever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from shelves import AT, SHOP, fill, order

from courtesy.commerce.models import Line, Order, Stock
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


def test_of_many_who_order_the_last_pieces_as_many_get_them_as_there_are() -> None:
    fill(pieces=3)
    wish = order(("JACKET-BLUE", 1))
    answers = together(lambda number: SHOP.place(wish, key=f"k{number}", at=AT))
    assert Counter(type(answer) for answer in answers) == {Receipt: 3, Refusal: THREADS - 3}
    assert {answer.why for answer in answers if isinstance(answer, Refusal)} == {"refusal: no longer in stock"}
    assert Stock.objects.get(variant_id="JACKET-BLUE").pieces == 0
    assert Order.objects.count() == 3
    assert len(set(Order.objects.values_list("number", flat=True))) == 3


def test_the_same_order_sent_many_times_at_once_is_placed_once() -> None:
    fill(pieces=8)
    wish = order(("JACKET-BLUE", 1))
    answers = together(lambda _: SHOP.place(wish, key="the same", at=AT))
    assert len({answer.details["order"] for answer in answers}) == 1
    assert Order.objects.count() == 1


def test_baskets_in_opposite_order_do_not_wait_for_each_other_and_all_pieces_add_up() -> None:
    fill(pieces=5)
    one, other = order(("JACKET-BLUE", 1), ("STOVE", 1)), order(("STOVE", 1), ("JACKET-BLUE", 1))
    answers = together(lambda number: SHOP.place((one, other)[number % 2], key=f"k{number}", at=AT))
    placed = [answer for answer in answers if isinstance(answer, Receipt)]
    assert len(placed) == 5
    assert Counter(Line.objects.values_list("sku", flat=True)) == {"JACKET-BLUE": 5, "STOVE": 5}
    assert Stock.objects.get(variant_id="JACKET-BLUE").pieces == 0
