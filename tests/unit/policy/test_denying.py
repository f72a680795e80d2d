"""Sentences that deny a right are found in three languages, and others are left alone."""

from __future__ import annotations

from datetime import date

import pytest

from courtesy.policy.denying import denied_in
from courtesy.policy.proving import facts_of
from courtesy.policy.rights.reading import rights_of

TODAY = date(2026, 11, 25)
RIGHTS = {right.name: right for right in rights_of("ES")}
WITHDRAWAL, CONFORMITY = RIGHTS["Withdrawal"], RIGHTS["Goods that conform"]
LATE = RIGHTS["Ending a late order"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I am sorry, but you cannot return the jacket.", "Withdrawal"),
        ("Thanks. We don't give refunds on sale items, you can’t send it back.", "Withdrawal"),
        ("No refunds.", "Withdrawal"),
        ("We won't refund that.", "Withdrawal"),
        ("We do not accept returns after sale.", "Withdrawal"),
        ("It will not be refunded.", "Withdrawal"),
        ("You don't have a right to return it.", "Withdrawal"),
        ("You can't return a parcel that you opened.", "Withdrawal"),
        ("You get a voucher only.", "Withdrawal"),
        ("Your warranty has expired.", "Goods that conform"),
        ("Please contact the manufacturer.", "Goods that conform"),
        ("You can't cancel the order any more.", "Ending a late order"),
        ("Lo siento, no puede devolver la chaqueta.", "Withdrawal"),
        ("No aceptamos devoluciones.", "Withdrawal"),
        ("La garantía ya ha caducado.", "Goods that conform"),
        ("No se puede cancelar el pedido.", "Ending a late order"),
        ("很抱歉，这件商品不能退。", "Withdrawal"),
        ("保修期已过。", "Goods that conform"),
        ("订单无法取消。", "Ending a late order"),
    ],
)
def test_a_denial_is_found_with_its_right(text: str, name: str) -> None:
    found = denied_in(text, RIGHTS.values(), {}, TODAY)
    assert name in {one.right.name for one in found}
    assert all(one.sentence in text for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "You can return the jacket until 12 December.",
        "Your refund of 40 EUR is on its way.",
        "I have cancelled the order.",
        "We take items back for 100 days after delivery.",
        "Puede devolver la chaqueta cuando quiera.",
        "Su reembolso llegará en cinco días.",
        "您可以在14天内退货。",
        "订单已取消。",
        "Hello, Mei here.",
        "You don't need to return it.",
        "You do not have to send it back.",
        "You no longer need to return the first pair.",
        "Don't forget to put the label on the return.",
        "I cannot find that return.",
        "I can't see the refund yet.",
        "I will not cancel anything without your yes.",
        "We cannot refund gift cards.",
        "Food and opened hygiene articles cannot be returned.",
        "No podemos encontrar esa devolución.",
        "No hace falta que devuelva la chaqueta.",
        "No puedo cancelar nada sin su confirmación.",
        "我查不到这笔退款。",
        "我无法查到这笔退款。",
        "您不需要退回商品。",
        "礼品卡不能退。",
        "Then it can no longer be cancelled, but you can refuse the parcel or return it within 100 days.",
        "Ya no se puede cancelar, pero puede rechazar el paquete en la puerta.",
        "发货后就不能取消了，但您可以在送货时拒收。",
    ],
)
def test_what_denies_nothing_is_left_alone(text: str) -> None:
    assert denied_in(text, RIGHTS.values(), {}, TODAY) == ()


def test_what_the_customer_has_no_right_to_may_be_denied() -> None:
    over = next(case for case in WITHDRAWAL.examples if case.given.get("withdrawal period") == "over")
    assert denied_in("You cannot return it.", [WITHDRAWAL], facts_of(WITHDRAWAL, over), TODAY) == ()
    assert denied_in("You cannot return it.", [WITHDRAWAL], {}, date(2010, 1, 1)) == ()


def test_what_stands_on_the_record_is_known_to_stand() -> None:
    (one,) = denied_in("You cannot return it.", [WITHDRAWAL], facts_of(WITHDRAWAL, WITHDRAWAL.examples[0]), TODAY)
    assert (one.right, one.unknown) == (WITHDRAWAL, ())
