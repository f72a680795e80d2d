"""Said with limits: what is kept stays, what went wrong is no wish, and "if not, then" wishes for the then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Talk = Any


def _open_order(lines: int) -> Any:
    """An order that can still be cancelled, of that many lines or more."""
    from courtesy.commerce import models

    orders = models.Order.objects.filter(status__in=("pending", "paid")).order_by("number")
    return next(order for order in orders if order.lines.count() >= lines)


def _wish(order: Any, cut: str, kept: str) -> str:
    from courtesy.commerce import models

    address = models.Customer.objects.get(pk=order.customer_id).email
    return f"Please cancel the {cut} in order {order.number} and keep the {kept}. I no longer need it. {address}"


def test_an_order_of_which_something_is_to_be_kept_is_not_cancelled_whole(talk: Callable[..., Talk]) -> None:
    chat = talk()
    order = _open_order(2)
    first, second = order.lines.order_by("position")[:2]
    chat.say(_wish(order, first.product_name, second.product_name))
    for _ in range(3):
        question = chat.conversation.dialogue.get("question") or {}
        if question.get("kind") == "confirm":
            break
        if not question:
            break
        chat.say("it is no longer needed")
    assert "Single items cannot be taken out" in "\n".join(
        one.text for one in chat.conversation.messages.filter(author="representative")
    )
    chat.say("yes")
    assert chat.deeds() == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("If it cannot be returned, cancel the order", "cancel the order"),
        ("if you can't exchange it, I want my money back", "I want my money back"),
        ("Si no se puede cambiar, quiero devolverlo", "quiero devolverlo"),
        ("如果不能换，我想退货", "我想退货"),
    ],
)
def test_if_not_then_wishes_for_the_then(text: str, left: str) -> None:
    from courtesy.language.reading import _wording
    from courtesy.language.text import hear

    assert _wording(hear(text), ()).strip() == left


def test_a_condition_alone_stays_what_is_said() -> None:
    from courtesy.language.reading import _wording
    from courtesy.language.text import hear

    assert "cannot be returned" in _wording(hear("what if it cannot be returned,"), ())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I sent it to Washington by mistake, it should go to Charlotte", "Charlotte"),
        ("por error lo envié a Burgos, quiero que vaya a León", "León"),
        ("之前错寄到北京了，请改寄到上海", "上海"),
    ],
)
def test_where_it_went_wrongly_is_not_where_it_shall_go(text: str, kept: str) -> None:
    from courtesy.representative.addresses import _not_amiss

    (part,) = [one for one in _not_amiss(text) if one.strip()]
    assert kept in part
