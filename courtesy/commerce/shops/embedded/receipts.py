"""Receipts: one way to fill the fields that phrases may say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from courtesy.commerce.models import Order
from courtesy.commerce.port import PostalAddress, Receipt
from courtesy.commerce.shops.embedded.paying import Part, told
from courtesy.foundation.money import Money


def receipt(
    act: str,
    number: str,
    at: datetime,
    order: Order,
    amount: Money | None = None,
    *,
    parts: Sequence[Part] = (),
    **fields: Any,
) -> Receipt:
    """A receipt for a deed on an order. Field names are written with blanks where the phrases have them.

    Always there: ``order``. With ``parts``: ``parts`` (id, label, Money each), ``refund to`` (their labels or kinds)
    and, where a gift card was made or filled, ``gift card`` (its number)."""
    details: dict[str, Any] = {"order": order.number}
    details.update({name.replace("_", " "): value for name, value in fields.items()})
    if amount is not None:
        details["amount"] = amount
    if parts:
        details["parts"] = told(parts, order.currency)
        details["refund to"] = tuple(part.label or part.kind for part in parts)
        cards = [part.means for part in parts if part.kind == "gift card"]
        if cards:
            details["gift card"] = cards[0]
    return Receipt(act, number, at, amount, details)


def written_address(address: PostalAddress) -> str:
    """An address in one line, as letters carry it."""
    place = f"{address.postcode} {address.city}".strip()
    parts = (address.name, address.street, address.street2, place, address.region, address.country)
    return ", ".join(part for part in parts if part)
