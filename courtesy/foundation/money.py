"""Money: an exact decimal amount in one currency.

Amounts are ``decimal.Decimal`` in the currency's major unit (euros, not cents) and are always
rounded to the currency's own number of digits (ISO 4217), half up as invoices are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# ISO 4217 currencies whose minor unit is not two digits.
_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "TND": 3, "OMR": 3, "JOD": 3}
_WRITTEN = re.compile(r"^\s*(-?\d{1,15}(?:\.\d{1,6})?)\s*([A-Z]{3})\s*$")


class CurrencyMismatchError(ValueError):
    """Two amounts in different currencies cannot be added or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount such as ``Money(Decimal("12.50"), "EUR")``; immutable, exact, ordered within a currency."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise ValueError(f"currency must be three capital letters (ISO 4217), not {self.currency!r}")
        exponent = Decimal(1).scaleb(-_DIGITS.get(self.currency, 2))
        object.__setattr__(self, "amount", Decimal(self.amount).quantize(exponent, ROUND_HALF_UP))

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(Decimal(0), currency)

    @classmethod
    def parse(cls, written: str) -> Money:
        """Read ``"12.50 EUR"``; raises ValueError that says what is expected."""
        found = _WRITTEN.match(written)
        if found is None:
            raise ValueError(f"write an amount as '12.50 EUR', not {written!r}")
        try:
            return cls(Decimal(found[1]), found[2])
        except InvalidOperation as error:  # pragma: no cover - the pattern admits decimals only
            raise ValueError(f"{found[1]!r} is not a number") from error

    @classmethod
    def sum(cls, amounts: Iterable[Money], currency: str) -> Money:
        total = cls.zero(currency)
        for amount in amounts:
            total = total + amount
        return total

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(f"{self} and {other} are in different currencies")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def times(self, factor: Decimal | int) -> Money:
        return Money(self.amount * Decimal(factor), self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.amount <= other.amount

    def __gt__(self, other: Money) -> bool:
        return other < self

    def __ge__(self, other: Money) -> bool:
        return other <= self

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
