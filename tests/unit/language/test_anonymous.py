"""What is kept to learn from says nothing of the person who said it, and still teaches the same."""

from __future__ import annotations

import pytest

from courtesy.language.anonymous import anonymous


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("where is TF-10023? tom.byrne@example.com", "where is TF-00000? name@example.com"),
        ("My name is Tom Byrne and I want my money back", "My name is … and I want my money back"),
        ("call me on +353 85 123 4567 please", "call me on +000 00 000 0000 please"),
        ("my card is 4111 1111 1111 1111", "my card is …"),
        ("is it on https://shop.example/p?id=7 ?", "is it on https://example.com ?"),
        ("two tents for 4 people in size 42", "two tents for 4 people in size 42"),
        ("do [mail] and [number] matter", "do … and … matter"),
    ],
)
def test_personal_details_give_way(said: str, kept: str) -> None:
    assert anonymous(said, "en", order_number_pattern="TF-#####") == kept


def test_a_letter_keeps_its_lines() -> None:
    letter = "Yes, we do.\n\nWrite to ana.ruiz@example.com, or call 600 111 222."
    assert anonymous(letter, "en", lines=True) == "Yes, we do.\n\nWrite to name@example.com, or call 000 000 000."


def test_other_languages_too() -> None:
    assert anonymous("me llamo Ana Ruiz y quiero devolver el pedido 123456", "es") == (
        "me llamo … y quiero devolver el pedido 000000"
    )
    assert "王小明" not in anonymous("我叫王小明，我的订单 TF-10001 在哪里", "zh", order_number_pattern="TF-#####")
