"""Words that only point at something or only give a detail are no wish, however near an example they come."""

from __future__ import annotations

import pytest

from courtesy.language.moves import _wishes_nothing as wishes_nothing


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "both"),
        ("en", "the second, please"),
        ("en", "that one"),
        ("en", "My postcode is 48009."),
        ("en", "it's for order TF-10001, email ana@example.com"),
        ("es", "los dos"),
        ("es", "la última"),
        ("es", "mi código postal es 48009"),
        ("zh", "第一个"),
        ("zh", "两个都要"),
        ("zh", "我的邮编是48009"),
    ],
)
def test_pointing_and_giving(language: str, text: str) -> None:
    assert wishes_nothing(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "cancel both"),
        ("en", "my order"),
        ("en", "where is the second one?"),
        ("en", "my postcode has changed to 48009"),
        ("es", "quiero devolver los dos"),
        ("es", "mi pedido"),
        ("zh", "退第一个"),
        ("zh", "订单在哪里"),
    ],
)
def test_what_is_wished_for(language: str, text: str) -> None:
    assert not wishes_nothing(text, language)
