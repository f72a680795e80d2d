"""A number or an amount that was asked for, in the ways people give one."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from courtesy.foundation.money import Money
from courtesy.language.entities.finding import find_entities
from courtesy.language.text import hear
from courtesy.language.understanding import Context
from courtesy.representative.filling import _from_money, _from_number
from courtesy.representative.slots import Words

SITUATION: Any = SimpleNamespace(pack=SimpleNamespace(company=SimpleNamespace(currency="EUR")))
NOTHING: Any = None


def words(text: str, language: str, *, asked: bool = True) -> Words:
    context = Context(languages=("en", "es", "zh"), language=language, default_language=language)
    heard: Any = SimpleNamespace(entities=find_entities(hear(text), context))
    return Words((text,), (heard,), asked)


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "40 years", 40),
        ("en", "3 nights", 3),
        ("en", "there are three of us", 3),
        ("en", "12", 12),
        ("en", "two", 2),
        ("es", "3 noches", 3),
        ("es", "somos dos", 2),
        ("zh", "7晚", 7),
        ("zh", "2位", 2),
    ],
)
def test_a_number(language: str, text: str, number: int) -> None:
    assert _from_number(SITUATION, NOTHING, NOTHING, words(text, language)).value == number


def test_a_span_is_no_number() -> None:
    assert _from_number(SITUATION, NOTHING, NOTHING, words("3 to 5 nights", "en")).value is None
    assert _from_number(SITUATION, NOTHING, NOTHING, words("3 nights", "en", asked=False)).value is None


def test_a_bare_amount_is_in_the_companys_money_only_when_it_was_asked_for() -> None:
    assert _from_money(SITUATION, NOTHING, NOTHING, words("800", "en")).value == Money(Decimal(800), "EUR")
    assert _from_money(SITUATION, NOTHING, NOTHING, words("800 USD", "en")).value == Money(Decimal(800), "USD")
    assert _from_money(SITUATION, NOTHING, NOTHING, words("800", "en", asked=False)).value is None
