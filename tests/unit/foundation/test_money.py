"""Money: exact, in one currency, rounded as invoices are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.foundation.money import CurrencyMismatchError, Money

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("12.50 EUR", "12.50", "EUR"),
        (" 7 EUR ", "7.00", "EUR"),
        ("1000 JPY", "1000", "JPY"),
        ("1.2345 KWD", "1.235", "KWD"),
    ],
)
def test_an_amount_is_read_as_written_and_rounded_to_its_currency(written: str, amount: str, currency: str) -> None:
    money = Money.parse(written)
    assert (str(money.amount), money.currency) == (amount, currency)


@pytest.mark.parametrize(
    "written", ["", "12.50", "EUR 12.50", "12,50 EUR", "1e5 EUR", "12.50 eur", "NaN EUR", "12.50 EUR x"]
)
def test_what_is_not_an_amount_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match=r"12\.50 EUR"):
        Money.parse(written)


def test_half_a_cent_is_rounded_up_away_from_zero() -> None:
    assert str(Money(Decimal("0.125"), "EUR")) == "0.13 EUR"
    assert str(Money(Decimal("-0.125"), "EUR")) == "-0.13 EUR"


def test_two_currencies_are_never_added_or_compared() -> None:
    euro, pound = Money.parse("1 EUR"), Money.parse("1 GBP")
    with pytest.raises(CurrencyMismatchError):
        euro + pound
    with pytest.raises(CurrencyMismatchError):
        euro < pound  # noqa: B015
    assert euro != pound


@given(st.lists(amounts, max_size=30))
def test_a_sum_is_exact_whatever_the_order(values: list[Decimal]) -> None:
    moneys = [Money(value, "EUR") for value in values]
    assert Money.sum(moneys, "EUR").amount == sum(values, Decimal("0.00"))
    assert Money.sum(reversed(moneys), "EUR") == Money.sum(moneys, "EUR")


@given(amounts, amounts)
def test_taking_back_what_was_added_leaves_the_first_amount(first: Decimal, second: Decimal) -> None:
    one, two = Money(first, "EUR"), Money(second, "EUR")
    assert one + two - two == one
    assert (one < two) == (first < second)


@given(amounts)
def test_what_is_written_is_read_back_the_same(value: Decimal) -> None:
    money = Money(value, "EUR")
    assert Money.parse(str(money)) == money
