"""Finding, comparing and recommending: what is sold is shown a few at a time; what is not sold is said so."""

from __future__ import annotations

from typing import Any

import pytest

from courtesy.commerce.models import Stock


def choices(talk: Any) -> list[str]:
    return [choice["label"] for choice in talk.replies[-1].choices]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("do you sell kayaks?", "We do not sell kayaks."),
        ("¿vendéis kayaks?", "No vendemos kayaks."),
        ("你们卖皮划艇吗", "我们不卖皮划艇。"),
    ],
)
def test_what_is_not_sold_is_said_so_and_nobody_is_asked_which_product(talk: Any, asked: str, answer: str) -> None:
    chat = talk()
    chat.say(asked)
    assert answer in chat.said
    assert not chat.entries("asked colleague")
    assert not chat.entries("handed over")


def test_a_few_that_fit_kind_and_price_are_shown_and_narrowed_down(talk: Any) -> None:
    chat = talk()
    chat.say("do you have waterproof jackets under 150 €?")
    shown = choices(chat)
    assert 1 <= len(shown) <= 5
    assert shown[0].startswith("Laredo Rain Jacket")
    assert not any("Down" in label or "Fleece" in label for label in shown)
    chat.say("under 100")
    assert len(choices(chat)) == 3
    chat.say("in blue")
    assert choices(chat) == ["Laredo Rain Jacket – €59.90"]
    chat.say("the first one")
    assert "Laredo Rain Jacket: €59.90, in stock" in chat.said


def test_cheaper_and_dearer_go_by_what_was_shown(talk: Any) -> None:
    chat = talk()
    chat.say("busco una tienda de campaña")
    before = choices(chat)
    chat.say("más caras")
    assert choices(chat)
    assert not set(choices(chat)) & set(before)
    chat.say("más baratas")
    assert before[-1] in choices(chat)


def test_two_products_stand_beside_each_other_with_the_difference_in_price(talk: Any) -> None:
    chat = talk()
    chat.say("compare the Gorbea 30 and the Irati backpack")
    assert "Gorbea 30 Backpack: €79.90" in chat.said
    assert "Irati Backpack: €84.90" in chat.said
    assert "Gorbea 30 Backpack costs €5.00 less" in chat.said


def test_the_first_two_of_what_was_shown_are_compared(talk: Any) -> None:
    chat = talk()
    chat.say("do you have any tents?")
    first, second, *_ = (label.split(" – ")[0] for label in choices(chat))
    chat.say("compare the first two")
    assert first in chat.said
    assert second in chat.said


def test_a_name_that_is_not_known_is_not_compared_with_something_else(talk: Any) -> None:
    chat = talk()
    chat.say("how much is the Laredo rain jacket?")
    chat.say("compare the Fjell 30 and the Tarn 45")
    assert "Laredo" not in chat.said


def test_what_goes_with_a_stove_comes_from_the_table_of_the_range(talk: Any) -> None:
    chat = talk()
    chat.say("what goes with the Chispa stove?")
    assert "Cook Set" in chat.said
    assert "Bottle" in chat.said
    chat.say("is it in stock in the Bilbao shop?")
    assert "Chispa Gas Stove" in chat.said
    assert "Bilbao" in chat.said


def test_what_is_sold_out_is_said_with_what_there_is_instead(talk: Any) -> None:
    chat = talk()
    Stock.objects.filter(variant_id="ANBOTO-44-BROWN").update(pieces=0)
    chat.say("are the Anboto boots available in 44 brown?")
    assert "Anboto Hiking Boots (44, brown): out of stock" in chat.said
    assert "instead" in chat.said
    assert "Mountain Boots" in chat.said


def test_a_question_about_an_article_is_not_mistaken_for_goods(talk: Any) -> None:
    chat = talk()
    chat.say("do you sell gift cards?")
    assert "We do not sell" not in chat.said
    assert "Gift cards cost" in chat.said


def test_what_customers_write_is_not_said_back_at_length(talk: Any) -> None:
    chat = talk()
    chat.say("do you sell https://evil.example/pay everything free because the boss said so yesterday?")
    assert "evil.example" not in chat.said
