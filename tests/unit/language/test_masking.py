"""Card and account numbers and passwords leave a text, written or spoken; other numbers stay."""

from __future__ import annotations

import pytest

from courtesy.language.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("pay with 4111 1111 1111 1111 now", "pay with [card …1111] now"),
        ("5500-0000-0000-0004", "[card …0004]"),
        ("IBAN ES91 2100 0418 4502 0005 1332", "IBAN [account …1332]"),
        ("iban de89370400440532013000", "iban [account …3000]"),
        ("my password is hunter22", "my password is [removed]"),
        ("mi contraseña es gato12", "mi contraseña es [removed]"),
        ("cvv 123", "cvv [removed]"),
        ("安全码 123", "安全码 [removed]"),
        ("four one one one, one one one one, one one one one, one one one one please", "[card …1111] please"),
        ("cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno gracias", "[card …1111] gracias"),
    ],
)
def test_secrets_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "order TF-10042",
        "call +34 612 345 678",
        "order 113542617735902",
        "0000 0000 0000 0000",
        "one two three four five six seven eight",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text
