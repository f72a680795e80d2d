"""The files of the shop's books as CSV, their columns, and how each cell is read. Pure; no database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from courtesy.commerce.models import Order, Payment, PaymentMeans, Shipment
from courtesy.foundation.money import Money


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how a cell is read (raises ValueError with a reason), and what stands in for an empty one."""

    name: str
    read: Callable[[str], Any]
    required: bool = False
    default: Any = ""
    meaning: str = ""


def text(cell: str) -> str:
    return cell


def number(cell: str) -> Decimal:
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise ValueError(f"{cell!r} is not a number; write 12.50 with a dot and no currency") from None
    if not value.is_finite() or value != round(value, 3) or abs(value) >= 10**12:
        raise ValueError(f"{cell!r} is no amount: at most three digits after the dot")
    return value


def amount(cell: str) -> Decimal:
    value = number(cell)
    if value < 0:
        raise ValueError(f"{cell!r} is below zero")
    return value


def count(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit():
        raise ValueError(f"{cell!r} is not a whole number from 0")
    return int(cell)


def yes_no(cell: str) -> bool:
    if cell.lower() not in ("yes", "no"):
        raise ValueError(f"{cell!r} must be yes or no")
    return cell.lower() == "yes"


def day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a date; write 2026-11-20") from None


def moment(cell: str) -> datetime:
    try:
        value = datetime.fromisoformat(cell) if len(cell) > 10 else datetime.combine(day(cell), time(12), UTC)
    except ValueError:
        raise ValueError(f"{cell!r} is not a time; write 2026-11-20T10:00:00+01:00 or 2026-11-20") from None
    if value.tzinfo is None:
        raise ValueError(f"{cell!r} lacks its offset from UTC; write 2026-11-20T10:00:00+01:00")
    return value


def currency(cell: str) -> str:
    return Money(Decimal(0), cell).currency


def options(cell: str) -> list[list[str]]:
    return [[name, value] for name, value in names(cell).items()]


def names(cell: str) -> dict[str, str]:
    try:
        value = json.loads(cell)
    except ValueError:
        value = None
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise ValueError(f'{cell!r} is not a JSON object of texts; write {{"size": "M"}}')
    return value


def words(cell: str) -> list[str]:
    return cell.split()


def one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(f"{cell!r} must be one of: {', '.join(allowed)}")
        return cell

    return read


def _values(choices: Any) -> tuple[str, ...]:
    return tuple(str(value) for value in choices.values)


_ADDRESS = tuple(
    Column(name, text, meaning="postal address")
    for name in ("recipient", "street", "street2", "postcode", "city", "region", "country")
)
_NONE = None

FILES: Mapping[str, tuple[Column, ...]] = {
    "customers.csv": (
        Column("id", text, True, meaning="the shop's id of the customer"),
        Column("first_name", text),
        Column("last_name", text),
        Column("email", text, meaning="one customer for each address"),
        Column("phone", text),
        Column("language", text, meaning="en, es, zh …"),
        Column("on_hold", yes_no, default=False, meaning="yes: a person looks at everything"),
        *_ADDRESS,
    ),
    "payment_methods.csv": (
        Column("id", text, True),
        Column("customer", text, True, meaning="id in customers.csv"),
        Column("kind", one_of(_values(PaymentMeans.Kind)), True),
        Column("label", text, meaning='how it is named to the customer: "Visa ending 4242", never a card number'),
        Column("balance", amount, default=_NONE, meaning="of gift cards and store credit"),
        Column("currency", currency),
    ),
    "products.csv": (
        Column("id", text, True),
        Column("name", text, True),
        Column("names", names, default={}, meaning='by language, as JSON: {"es": "Bota"}'),
        Column("category", text),
        Column("returnable", yes_no, default=True),
        Column("tax_rate", amount, default=_NONE, meaning="per cent, included in prices"),
    ),
    "variants.csv": (
        Column("sku", text, True),
        Column("product", text, True, meaning="id in products.csv"),
        Column("options", options, default=[], meaning='as JSON, in reading order: {"size": "M", "colour": "blue"}'),
        Column("price", amount, True),
        Column("currency", currency, True),
        Column("available", yes_no, default=True),
    ),
    "orders.csv": (
        Column("number", text, True),
        Column("customer", text, True, meaning="id in customers.csv"),
        Column("status", one_of(_values(Order.Status)), True),
        Column("placed_at", moment, True),
        Column("email", text, meaning="given with this order"),
        Column("currency", currency, True),
        Column("shipping", amount, default=Decimal(0)),
        Column("shipping_refunded", amount, default=Decimal(0)),
        Column("discount", amount, default=Decimal(0)),
        Column("total", amount, True),
        Column("expected", day, default=_NONE),
        Column("on_hold", yes_no, default=False),
        Column("cancel_reason", text),
        *_ADDRESS,
    ),
    "lines.csv": (
        Column("order", text, True, meaning="number in orders.csv"),
        Column("line", text, True, meaning="1, 2, 3 …"),
        Column("sku", text, True),
        Column("product", text, True),
        Column("product_name", text, True),
        Column("options", options, default=[]),
        Column("returnable", yes_no, default=True),
        Column("tax_rate", amount, default=_NONE),
        Column("quantity", count, True),
        Column("open_quantity", count, default=_NONE, meaning="pieces neither sent back nor cancelled; empty: all"),
        Column("awaiting_refund", count, default=0),
        Column("price", amount, True, meaning="of one piece"),
        Column("discount", amount, default=Decimal(0), meaning="this line's share of all discounts"),
        Column("refunded", amount, default=Decimal(0)),
        Column("replaces", text, meaning="the line that was exchanged for this one"),
    ),
    "shipments.csv": (
        Column("order", text, True),
        Column("position", count, True),
        Column("carrier", text),
        Column("tracking", text),
        Column("url", text),
        Column("status", one_of(_values(Shipment.Status)), True),
        Column("expected", day, default=_NONE),
        Column("delivered_at", moment, default=_NONE),
        Column("lines", words, default=[], meaning="lines in the parcel, with blanks between"),
    ),
    "payments.csv": (
        Column("order", text, True),
        Column("position", count, True),
        Column("means", text, meaning="id in payment_methods.csv"),
        Column("kind", one_of(_values(PaymentMeans.Kind)), True),
        Column("label", text),
        Column("amount", number, True, meaning="below zero: paid back"),
        Column("currency", currency, True),
        Column("why", one_of(_values(Payment.Why)), default="purchase"),
        Column("number", text, meaning="of the receipt"),
        Column("at", moment, default=_NONE),
    ),
}
STOCK = "stock:"  # "stock:online", "stock:Bilbao": pieces at a place, in variants.csv
