"""Money for another card or account: the customer is told before saying yes that it goes back to where it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from courtesy.conversations.models import Conversation
from courtesy.customers.models import Customer

pytestmark = pytest.mark.django_db
ANA = "ana.ruiz@example.com"
TOLD = {
    "en": "goes back only to where it came from (Visa ending 4242)",
    "es": "vuelve solo al medio con el que se pagó (Visa ending 4242)",
    "zh": "款项会回到原来的付款方式（Visa ending 4242）",
}
YES = {"en": "yes", "es": "sí", "zh": "好的"}


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", (f"I want to return the rain jacket from TF-10001, does not fit. {ANA}",
                "refund, but to my other card 4111 1111 1111 1111")),
        ("en", (f"return the rain jacket of TF-10001, does not fit, {ANA}",
                "send the money to DE89 3704 0044 0532 0130 00", "refund")),
        ("en", (f"I want to return the rain jacket from TF-10001, does not fit, refund to my other card. {ANA}",)),
        ("en", (f"cancel TF-10003, ordered by mistake, and refund it to my husband's card, {ANA}",)),
        ("es", (f"quiero devolver la chaqueta de TF-10001, no me queda bien, reembolso a otra tarjeta. {ANA}",)),
        ("es", (f"cancela el pedido TF-10003, lo pedí por error, y devuélveme el dinero en otra cuenta. {ANA}",)),
        ("zh", (f"我要退货，订单TF-10001的冲锋衣，不合身，退款到别的卡。{ANA}",)),
        ("zh", (f"取消订单TF-10003，拍错了，钱退到我朋友的卡。{ANA}",)),
    ],
)  # fmt: skip
def test_who_names_another_card_or_account_is_told_before_saying_yes(
    talk: Callable[..., Any], language: str, says: tuple[str, ...]
) -> None:
    chat = talk(language=language)
    heard = ""
    for said in says:
        chat.say(said)
        heard += chat.said
    assert TOLD[language] in heard
    assert chat.deeds() == []
    chat.say(YES[language])
    assert {"refund", "cancel order"} & set(chat.deeds())
    assert TOLD[language] not in chat.said  # once is enough


def test_a_yes_that_names_another_account_is_no_yes_to_what_was_shown(talk: Callable[..., Any]) -> None:
    chat = talk(language="en")
    chat.say(f"I want to return the rain jacket from TF-10001, does not fit, refund to the original means. {ANA}")
    assert TOLD["en"] not in chat.said
    chat.say("yes but send it to another account")
    assert TOLD["en"] in chat.said
    assert chat.deeds() == []
    chat.say("yes")
    assert chat.deeds() == ["open return", "refund"]


def test_the_card_that_paid_may_be_named(talk: Callable[..., Any]) -> None:
    chat = talk(language="en")
    chat.say(f"I want to return the rain jacket from TF-10001, does not fit, refund to my card ending in 4242. {ANA}")
    assert "only to where it came from" not in chat.said
    chat.say("yes")
    assert chat.deeds() == ["open return", "refund"]


def test_a_stored_means_that_did_not_pay_goes_to_a_person_by_policy(talk: Callable[..., Any]) -> None:
    """Tom paid with PayPal; his other card is known to the shop, and the pack's policy decides."""
    chat = talk(language="en")
    chat.say("hello")
    Customer.objects.filter(pk=chat.conversation.customer_id).update(shop_customer="C-1002")
    Conversation.objects.filter(pk=chat.id).update(identity="signed in")
    chat.say("I want to return the tent from TF-10005, changed my mind, refund to my mastercard")
    chat.say("yes")
    verdict = next(one.content for one in chat.entries("verdict") if one.content["act"] == "refund")
    assert verdict["facts"]["refund to"]["value"] == "another means"
    assert verdict["decision"] == "ask"
    assert "refund" not in chat.deeds()
