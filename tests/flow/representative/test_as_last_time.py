""" "The same as last time" is the address and the means of the customer's own last order, known of the proven alone."""

from __future__ import annotations

from typing import Any

import pytest

from courtesy.commerce.models import Order, Payment, PaymentMeans

pytestmark = pytest.mark.django_db


def proven(chat: Any) -> Any:
    chat.say("hello")
    conversation = chat.conversation
    conversation.identity = "e-mail confirmed"
    conversation.dialogue |= {"shop_customer": "C-1001", "proof": "code by e-mail"}
    conversation.save(update_fields=("identity", "dialogue"))
    return chat


def last_order() -> Order:
    return Order.objects.filter(customer="C-1001").order_by("-placed_at").first()  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("language", "wishes", "same"),
    [
        ("en", ("I'd like to order a Chispa stove", "that's all"), "the same address as last time"),
        ("es", ("quiero pedir un hornillo Chispa", "nada más"), "igual que la última vez"),
        ("zh", ("我想买一个戈尔贝亚30升背包", "绿色的", "就这些"), "跟上次一样"),
    ],
)
def test_it_goes_where_the_last_order_went(talk: Any, language: str, wishes: tuple[str, ...], same: str) -> None:
    before = last_order()
    Order.objects.filter(pk=before.pk).update(street="Calle Nueva 7", postcode="48002")
    chat = proven(talk(language=language))
    for text in (*wishes, same):
        chat.say(text)
    (task,) = [one for one in chat.conversation.dialogue["tasks"] if one["status"] == "active"]
    address = task["slots"]["delivery address"]
    assert (address["street"], address["postcode"]) == ("Calle Nueva 7", "48002")


def test_who_is_not_proven_learns_nothing_of_an_address(talk: Any) -> None:
    chat = talk(language="en")
    for text in ("I'd like to order a Chispa stove", "that's all", "the same address as last time"):
        chat.say(text)
    street = last_order().street
    assert street
    assert street not in chat.said
    (task,) = [one for one in chat.conversation.dialogue["tasks"] if one["status"] == "active"]
    assert not (task["slots"].get("delivery address") or {}).get("street")


def test_it_is_paid_as_the_last_order_was(talk: Any) -> None:
    own = PaymentMeans.objects.filter(customer="C-1001").first()
    assert own is not None
    PaymentMeans.objects.create(id="card-other", customer_id="C-1001", kind=own.kind, label="Mastercard ending 1111")
    Payment.objects.filter(order=last_order(), why="purchase").update(means="card-other")
    chat = proven(talk(language="en"))
    for text in ("I'd like to order a Chispa stove", "that's all", "deliver it to Calle Mayor 5, 48001 Bilbao"):
        chat.say(text)
    chat.say("the same card as last time")
    (task,) = [one for one in chat.conversation.dialogue["tasks"] if one["status"] == "active"]
    assert task["slots"]["payment"] == "card-other"
