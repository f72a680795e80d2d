"""The selling part of the shop port: the range to look through, and orders taken. A shop need not have either part;
then a person sells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, cast

from courtesy.commerce.port import PostalAddress, Product, Receipt, Refusal, Shop
from courtesy.foundation.money import Money

ONLINE = "online"

BANK_TRANSFER, INVOICE, COUNTER = "bank transfer", "invoice", "at the counter"
NOWHERE = PostalAddress()
UNPAID = (BANK_TRANSFER, INVOICE, COUNTER)  # ways to pay for which nothing is charged when the order is placed


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many pieces of one variant."""

    sku: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the goods reach the customer. ``place``: where the pieces lie, "online" or the store where they are
    collected. ``fee`` falls away from ``free_over`` on. ``expected``: the day they should be there, where known."""

    place: str = ONLINE
    address: PostalAddress = NOWHERE
    fee: Money | None = None
    free_over: Money | None = None
    expected: date | None = None

    @property
    def is_collected(self) -> bool:
        return self.place != ONLINE


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line as it would be sold now. ``left``: pieces that can be had there, at most those wanted."""

    sku: str
    product: str
    quantity: int
    left: int
    unit_price: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Quote:
    """What an order would cost now. Prices hold their tax; ``tax`` is how much of it the goods hold."""

    lines: tuple[QuotedLine, ...]
    shipping: Money
    tax: Money
    total: Money

    @property
    def short(self) -> tuple[QuotedLine, ...]:
        return tuple(line for line in self.lines if line.left < line.quantity)


@dataclass(frozen=True, slots=True)
class Placing:
    """An order as it is placed. ``customer``: id of the proven customer; "" gives the order a customer record of its
    own, whatever records know the e-mail. ``pay``: one of ``UNPAID``, or the id of the customer's own means.
    ``quoted``: the total the customer agreed to. ``numbers``: the shape of order numbers, where the shop has none."""

    basket: tuple[Wanted, ...]
    delivery: Delivery
    name: str
    email: str
    pay: str
    quoted: Money
    customer: str = ""
    language: str = ""
    note: str = ""
    held_by: str = ""
    numbers: str = ""


class Selling(Protocol):
    """A shop whose range can be looked through."""

    def categories(self) -> Sequence[str]:
        """Every kind of goods that the shop has a product of, as the shop calls it."""
        ...

    def products_in(self, categories: Sequence[str]) -> Sequence[Product]:
        """The products of these categories, with variants and stock; the first few hundred by id."""
        ...


class Ordering(Protocol):
    """A shop that takes orders."""

    def hold(self, basket: Sequence[Wanted], place: str, *, by: str, until: datetime, at: datetime) -> None:
        """Keep what there is of these pieces from everybody else until then, in place of what ``by`` held before."""
        ...

    def quote(self, basket: tuple[Wanted, ...], delivery: Delivery, *, by: str = "", at: datetime) -> Quote | Refusal:
        """What it would cost and whether it is there; what ``by`` holds counts as there. Changes nothing."""
        ...

    def place(self, order: Placing, *, key: str, at: datetime) -> Receipt | Refusal:
        """Place the order, for exactly the total that was quoted."""
        ...


def selling(shop: Shop) -> Selling | None:
    """The same shop, where it can sell; None where it only keeps orders."""
    return cast(Selling, shop) if hasattr(shop, "products_in") else None


def ordering(shop: Shop) -> Ordering | None:
    """The same shop, where it takes orders; None where a person takes them."""
    return cast(Ordering, shop) if hasattr(shop, "place") else None
