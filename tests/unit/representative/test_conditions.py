"""Conditions of a procedure's ``if``."""

from __future__ import annotations

from decimal import Decimal

import pytest

from courtesy.foundation.money import Money
from courtesy.representative.conditions import holds


@pytest.mark.parametrize(
    ("written", "value", "true"),
    [
        ("is nothing", "nothing", True),
        ("is not nothing", "nothing", False),
        ("nothing", "nothing", True),
        ("is notable", "notable", True),
        ("over 30 and at most 180", Decimal(31), True),
        ("over 30 and at most 180", Decimal(30), False),
        ("over 30 and at most 180", Decimal(181), False),
        ("at least 10 EUR and under 20 EUR", Money.parse("10 EUR"), True),
        ("at least 10 EUR and under 20 EUR", Money.parse("20 EUR"), False),
        ("is red or blue", "Blue", True),
        ("is not red or blue", "Blue", False),
        ("is unknown", None, True),
        ("is not red", None, False),
        ("over 3", "a few", False),
    ],
)
def test_a_written_condition(written: str, value: object, true: bool) -> None:
    assert holds({"it": written}, {"it": value}) is true


def test_a_limit_may_be_named() -> None:
    assert holds({"asked": "over limit"}, {"asked": Decimal(5), "limit": Decimal(4)})
    assert not holds({"asked": "over limit"}, {"asked": Decimal(4), "limit": Decimal(4)})
