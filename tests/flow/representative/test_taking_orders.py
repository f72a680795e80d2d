"""Orders taken in conversation: read back, placed for exactly what was agreed, within policy, disclosing nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from courtesy.commerce.models import Customer, Hold, Order, Stock, Variant

pytestmark = pytest.mark.django_db
HOME = "deliver it to Calle Mayor 5, 48001 Bilbao"


def to_the_quote(chat: Any, what: str = "I'd like to order a Chispa stove", *, email: str = "new@example.com") -> Any:
    """Say everything until the order is read back."""
    for text in (what, "that's all", HOME, "John Miller", email, "bank transfer"):
        chat.say(text)
    assert "Shall I place this order?" in chat.said
    return chat


def proven(chat: Any) -> Any:
    """A talk whose customer has confirmed their e-mail."""
    chat.say("hello")
    conversation = chat.conversation
    conversation.identity = "e-mail confirmed"
    conversation.dialogue |= {"shop_customer": "C-1001", "proof": "code by e-mail"}
    conversation.save(update_fields=("identity", "dialogue"))
    return chat


def placed() -> Any:
    return Order.objects.exclude(pay_by="").get()


def test_nothing_is_placed_before_a_clear_yes_and_then_exactly_what_was_read_back(talk: Any) -> None:
    chat = to_the_quote(talk(), "I'd like to order two Laredo jackets in blue, size M. Gift-wrapped please")
    assert chat.deeds() == []
    assert "2 × Laredo Rain Jacket (M, blue) – €119.80" in chat.said
    assert "Gift-wrapped please" in chat.said
    chat.say("yes")
    order = placed()
    assert chat.deeds() == ["place order"]
    assert order.number in chat.said
    assert [(one.sku, one.quantity) for one in order.lines.all()] == [("LAREDO-M-BLUE", 2)]
    assert (str(order.total), order.status, order.city) == ("119.800", "pending", "Bilbao")
    assert "Gift-wrapped please" in order.note


def test_a_no_places_nothing(talk: Any) -> None:
    chat = to_the_quote(talk())
    chat.say("no")
    assert chat.deeds() == []
    assert not Order.objects.exclude(pay_by="").exists()


def test_the_pieces_are_kept_from_others_while_the_order_is_read_back(talk: Any) -> None:
    Stock.objects.filter(variant_id="CHISPA").update(pieces=0)
    Stock.objects.filter(variant_id="CHISPA", place="online").update(pieces=1)
    first = to_the_quote(talk())
    assert Hold.objects.get().pieces == 1
    other = talk()
    other.say("I'd like to order a Chispa stove")
    assert "sold out" in other.said
    first.say("yes")
    assert first.deeds() == ["place order"]
    assert not Hold.objects.exists()


def test_a_price_that_changed_meanwhile_is_read_back_and_asked_anew(talk: Any) -> None:
    chat = to_the_quote(talk())
    Variant.objects.filter(pk="CHISPA").update(price=Decimal("41.00"))
    chat.say("yes")
    assert chat.deeds() == []
    assert "The total has changed" in chat.said
    assert "Total: €45.90" in chat.said
    chat.say("yes")
    assert chat.deeds() == ["place order"]
    assert str(placed().total) == "45.900"


def test_stock_that_went_meanwhile_is_not_sold_and_something_else_is_offered(talk: Any) -> None:
    chat = to_the_quote(talk())
    Stock.objects.filter(variant_id="CHISPA").update(pieces=0)
    chat.say("yes")
    assert chat.deeds() == []
    assert "Which one shall it be?" in chat.said
    assert not Order.objects.exclude(pay_by="").exists()


def test_a_change_after_the_quote_is_quoted_anew_and_the_old_yes_does_not_count(talk: Any) -> None:
    chat = to_the_quote(talk())
    chat.say("no, make it three")
    assert "3 × Chispa Gas Stove" in chat.said
    assert chat.deeds() == []
    chat.say("yes")
    assert placed().lines.get().quantity == 3


def test_what_is_collected_is_paid_at_the_counter_and_taken_from_that_store(talk: Any) -> None:
    before = Stock.objects.get(variant_id="CHISPA", place="Bilbao").pieces
    chat = talk()
    for text in ("I'd like to order a Chispa stove", "that's all", "I'll collect it in Bilbao", "Jo", "jo@example.com"):
        chat.say(text)
    assert "At the counter" in chat.said
    chat.say("yes")
    assert (placed().collect_at, placed().pay_by) == ("Bilbao", "at the counter")
    assert Stock.objects.get(variant_id="CHISPA", place="Bilbao").pieces == before - 1


def replies_for(chat: Any, email: str) -> list[str]:
    said = []
    for text in ("I'd like to order a Chispa stove", "that's all", HOME, "Ann Other", email, "bank transfer", "yes"):
        chat.say(text)
        said.append(chat.said.replace(email, "EMAIL").replace(getattr(Order.objects.last(), "number", "-"), "NUMBER"))
    return said


def test_the_answers_are_the_same_whether_or_not_an_account_has_the_address(talk: Any) -> None:
    known = talk()
    told = replies_for(known, "ana.ruiz@example.com")
    order = Order.objects.exclude(pay_by="").get()
    assert order.customer_id != "C-1001"
    assert not any(secret in text for text in told for secret in ("Visa", "48009", "Ana Ruiz", "TF-1000"))
    told_of_nobody = replies_for(talk(), "nobody.at.all@example.com")
    number = {order.number, Order.objects.exclude(pay_by="").exclude(pk=order.pk).get().number}
    for one in number:
        told, told_of_nobody = ([text.replace(one, "NUMBER") for text in side] for side in (told, told_of_nobody))
    assert told == told_of_nobody


def test_whoever_placed_an_order_unproven_sees_that_order_and_no_other(talk: Any) -> None:
    chat = talk()
    replies_for(chat, "ana.ruiz@example.com")
    chat.say("where is my order?")
    assert Order.objects.exclude(pay_by="").get().number in chat.said
    chat.say("and where is my backpack?")
    assert "TF-10002" not in chat.said
    assert "CX100021ES" not in chat.said


def test_a_customer_on_hold_is_looked_at_by_a_person(talk: Any) -> None:
    Customer.objects.filter(pk="C-1001").update(on_hold=True)
    chat = proven(talk())
    for text in ("I'd like to order a Chispa stove", "that's all", HOME, "bank transfer", "yes"):
        chat.say(text)
    assert chat.deeds() == []
    assert [entry.content["rule"] for entry in chat.entries("verdict")] == ["A customer on hold"]


def test_an_address_changed_just_before_an_expensive_order_is_looked_at_by_a_person(talk: Any) -> None:
    chat = proven(talk())
    chat.say("please change the address in my account to Calle Nueva 9, 46002 Valencia")
    chat.say("yes")
    assert chat.deeds() == ["change contact address"]
    for text in ("I'd like to order a Picos 2 tent in green", "that's all", HOME, "bank transfer", "yes"):
        chat.say(text)
    assert chat.deeds() == ["change contact address"]
    assert chat.entries("verdict")[-1].content["rule"] == "A new address shortly before an expensive order"


def test_a_proven_customer_orders_to_the_stored_address_with_the_stored_card(talk: Any) -> None:
    chat = proven(talk())
    for text in ("I'd like to order a Chispa stove", "that's all", "send it to my saved address", "my visa"):
        chat.say(text)
    assert "Visa" in chat.said
    chat.say("yes")
    assert (placed().customer_id, placed().status, placed().postcode) == ("C-1001", "paid", "48009")


def test_a_large_order_waits_for_a_person_and_nothing_is_taken(talk: Any) -> None:
    before = Stock.objects.get(variant_id="PICOS-GREEN", place="online").pieces
    chat = to_the_quote(talk(), "I want to order three Picos 2 tents in green")
    chat.say("yes")
    assert chat.deeds() == []
    assert chat.entries("verdict")[-1].content["rule"] == "A large order"
    assert Stock.objects.get(variant_id="PICOS-GREEN", place="online").pieces == before


def test_an_invoice_asks_for_a_proof_first(talk: Any) -> None:
    chat = talk()
    for text in ("I'd like to order a Chispa stove", "that's all", HOME, "Ann", "ana.ruiz@example.com", "on invoice"):
        chat.say(text)
    assert chat.deeds() == []
    assert chat.conversation.dialogue["question"]["slot"] == "code"


def test_a_card_number_is_neither_kept_nor_taken(talk: Any) -> None:
    chat = talk()
    for text in ("I'd like to order a Chispa stove", "that's all", HOME, "Ann", "ann@example.com"):
        chat.say(text)
    chat.say("my card is 4111 1111 1111 1111")
    assert "do not write card numbers" in chat.said
    assert chat.deeds() == []


def test_an_address_said_where_more_goods_were_asked_for_is_where_it_goes_and_no_number_of_pieces(talk: Any) -> None:
    chat = talk()
    chat.say("I'd like to order a Chispa stove")
    chat.say("deliver it to Calle Mayor 5, 48001 Bilbao")
    (task,) = [one for one in chat.conversation.dialogue["tasks"] if one["status"] == "active"]
    assert task["slots"]["basket"] == [{"sku": "CHISPA", "product": "P-003", "quantity": 1}]
    assert task["slots"]["delivery address"]["street"] == "Calle Mayor 5"


def test_slips_in_a_colour_and_in_the_last_word_are_understood(talk: Any) -> None:
    chat = talk()
    chat.say("I want to order one Laredo jacket in blye, size L")
    chat.say("that's al")
    (task,) = [one for one in chat.conversation.dialogue["tasks"] if one["status"] == "active"]
    assert [line["sku"] for line in task["slots"]["basket"]] == ["LAREDO-L-BLUE"]


def test_something_more_said_with_a_change_leaves_what_is_still_open(talk: Any) -> None:
    chat = talk()
    chat.say("I'd like to order Laredo jackets in blue")
    chat.say("better three, and add a Chispa stove")
    (task,) = [one for one in chat.conversation.dialogue["tasks"] if one["status"] == "active"]
    assert [one["product"] for one in task["partial"]["basket: open"]] == ["P-001", "P-003"]
