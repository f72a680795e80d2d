"""Orders placed in the embedded shop: for the agreed total, with stock that is there, once, disclosing nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from shelves import AT, COLLECTED, DELIVERED, SHOP, fill, order

from courtesy.commerce.models import Customer, Hold, Order, Stock, Variant
from courtesy.commerce.port import Receipt, Refusal
from courtesy.commerce.selling.port import Quote, Wanted
from courtesy.foundation.money import Money

pytestmark = pytest.mark.django_db
BLUE = (Wanted("JACKET-BLUE"),)


@pytest.fixture(autouse=True)
def shelves(db: None) -> None:
    fill()


def pieces(sku: str, place: str = "online") -> int:
    return Stock.objects.get(variant_id=sku, place=place).pieces


def quoted(*wanted: tuple[str, int]) -> Quote:
    quote = SHOP.quote(tuple(Wanted(*one) for one in wanted), DELIVERED, at=AT)
    assert isinstance(quote, Quote)
    return quote


def test_delivery_is_paid_below_the_limit_and_free_from_it_on() -> None:
    one = quoted(("JACKET-BLUE", 1))
    assert (str(one.shipping), str(one.total), str(one.tax)) == ("4.90 EUR", "54.90 EUR", "8.68 EUR")
    both = quoted(("JACKET-BLUE", 1), ("STOVE", 1))
    assert (str(both.shipping), str(both.total)) == ("0.00 EUR", "80.00 EUR")


def test_an_order_takes_its_pieces_and_is_numbered_after_the_last_one_of_its_shape() -> None:
    first = SHOP.place(order(("JACKET-BLUE", 2)), key="a", at=AT)
    second = SHOP.place(order(("STOVE", 1)), key="b", at=AT)
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert [first.details["order"], second.details["order"]] == ["TF-00001", "TF-00002"]
    assert pieces("JACKET-BLUE") == 1
    found = SHOP.order("tf-00001")
    assert found is not None
    assert (found.status, str(found.total), found.lines[0].quantity) == ("pending", "100.00 EUR", 2)


def test_the_same_key_places_one_order() -> None:
    wish = order(("JACKET-BLUE", 1))
    answers = [SHOP.place(wish, key="a", at=AT) for _ in range(2)]
    assert answers[0] == answers[1]
    assert Order.objects.count() == 1
    assert pieces("JACKET-BLUE") == 2


def test_another_price_than_the_agreed_one_is_refused_and_nothing_is_done() -> None:
    wish = order(("JACKET-BLUE", 1))
    Variant.objects.filter(pk="JACKET-BLUE").update(price=Decimal("55.00"))
    answer = SHOP.place(wish, key="a", at=AT)
    assert isinstance(answer, Refusal)
    assert answer.why == "refusal: total changed"
    assert str(answer.details["total"]) == "59.90 EUR"
    assert Order.objects.count() == 0
    assert pieces("JACKET-BLUE") == 3


def test_what_is_held_for_others_is_not_sold_and_the_holder_may_still_buy_it() -> None:
    SHOP.hold((Wanted("JACKET-BLUE", 3),), "online", by="cnv_1", until=AT + timedelta(minutes=20), at=AT)
    other = SHOP.place(order(("JACKET-BLUE", 1), held_by="cnv_2"), key="a", at=AT)
    assert isinstance(other, Refusal)
    assert other.why == "refusal: no longer in stock"
    mine = SHOP.place(order(("JACKET-BLUE", 3), held_by="cnv_1"), key="b", at=AT)
    assert isinstance(mine, Receipt)
    assert not Hold.objects.exists()


def test_a_hold_ends_by_itself_and_is_subtracted_whenever_stock_is_read(time_machine: object) -> None:
    time_machine.move_to(AT, tick=False)  # type: ignore[attr-defined]
    SHOP.hold((Wanted("JACKET-BLUE", 2),), "online", by="cnv_1", until=AT + timedelta(minutes=20), at=AT)

    def left() -> int:
        product = SHOP.product("JACKET")
        assert product is not None
        return product.variants[0].stock["online"]

    assert left() == 1
    time_machine.move_to(AT + timedelta(minutes=21), tick=False)  # type: ignore[attr-defined]
    assert left() == 3


def test_holding_again_replaces_what_was_held() -> None:
    for quantity in (3, 1):
        SHOP.hold((Wanted("STOVE", quantity),), "online", by="cnv_1", until=AT + timedelta(minutes=20), at=AT)
    assert [one.pieces for one in Hold.objects.all()] == [1]


def test_an_order_collected_at_a_store_takes_its_pieces_there_and_a_cancellation_puts_them_back_there() -> None:
    answer = SHOP.place(order(("STOVE", 1), delivery=COLLECTED, pay="at the counter"), key="a", at=AT)
    assert isinstance(answer, Receipt)
    assert (pieces("STOVE", "Bilbao"), pieces("STOVE")) == (0, 3)
    assert Order.objects.get().shipping == 0
    assert isinstance(SHOP.cancel(answer.details["order"], "", key="b", at=AT), Receipt)
    assert (pieces("STOVE", "Bilbao"), pieces("STOVE")) == (1, 3)


def test_an_unproven_address_gets_a_record_of_its_own_that_nobody_finds_by_it() -> None:
    answer = SHOP.place(order(("STOVE", 1)), key="a", at=AT)
    assert isinstance(answer, Receipt)
    found = SHOP.order(answer.details["order"])
    assert found is not None
    assert found.customer != "C-1"
    assert SHOP.customer_by_email("ann@example.com").id == "C-1"  # type: ignore[union-attr]
    assert [one.number for one in SHOP.orders_of("C-1")] == []


def test_nobody_unproven_pays_with_the_means_of_an_account() -> None:
    answer = SHOP.place(order(("STOVE", 1), pay="card-1"), key="a", at=AT)
    assert isinstance(answer, Refusal)
    assert answer.why == "refusal: unknown payment means"
    assert Customer.objects.count() == 1


def test_a_proven_customer_pays_by_their_own_means_and_not_beyond_its_balance() -> None:
    paid = SHOP.place(order(("STOVE", 1), customer="C-1", pay="card-1"), key="a", at=AT)
    assert isinstance(paid, Receipt)
    found = SHOP.order(paid.details["order"])
    assert found is not None
    assert (found.status, found.customer) == ("paid", "C-1")
    assert [(one.means, str(one.amount)) for one in found.payments] == [("card-1", "34.90 EUR")]
    low = SHOP.place(order(("STOVE", 1), customer="C-1", pay="gift-1"), key="b", at=AT)
    assert isinstance(low, Refusal)
    assert low.why == "refusal: balance too low"
    assert pieces("STOVE") == 2


def test_what_does_not_exist_and_what_is_empty_cannot_be_ordered() -> None:
    zero = Money.zero("EUR")
    for wanted, why in (((("NONE", 1),), "unknown variant"), ((("STOVE", 0),), "empty basket"), ((), "empty basket")):
        answer = SHOP.place(order(*wanted, quoted=zero), key=f"k{wanted}", at=AT)
        assert isinstance(answer, Refusal)
        assert answer.why == f"refusal: {why}"
