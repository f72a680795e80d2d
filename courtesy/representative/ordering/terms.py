"""The terms of an order in hand, from what was chosen: what, whence and whither, how it is paid, what it costs now."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import regex

from courtesy.commerce.port import PostalAddress, Refusal, ShopCustomer
from courtesy.commerce.selling.port import COUNTER, ONLINE, UNPAID, Delivery, Quote, Wanted, ordering
from courtesy.foundation.money import Money
from courtesy.pack.opening_hours import add_business
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation

HOME = "home delivery"
ADDRESS = "delivery address"
QUOTED = "quoted"  # the slot that keeps the total a yes is given to
STORED = "stored means"  # the choice that stands for whatever is stored, whether or not anything is
CONFIRMED = "e-mail confirmed"


def wanted(task: Task) -> tuple[Wanted, ...]:
    return tuple(Wanted(str(one["sku"]), int(one["quantity"])) for one in task.slots.get("basket") or ())


def proven(situation: Situation) -> ShopCustomer | None:
    """The customer whose e-mail is confirmed or who is signed in; nobody else's stored things are used or shown."""
    return situation.shop_customer() if situation.identity_at_least(CONFIRMED) else None


def way_of(task: Task) -> str:
    """How it is paid: what is collected is paid at the counter."""
    return COUNTER if task.slots.get("delivery") not in (None, HOME) else str(task.slots.get("payment") or "")


def kind_of(task: Task) -> str:
    """The fact that rules ask about."""
    way = way_of(task)
    return way if way in UNPAID else STORED if way else ""


def stores_of(situation: Situation) -> tuple[str, ...]:
    """The stores where goods can be collected."""
    return tuple(filter(None, (row.get("store", "") for row in situation.pack.tables.get("stores", ()))))


def delivery_of(situation: Situation, task: Task) -> Delivery | None:
    """The delivery as it was chosen, with the company's fee for that country; None where the company names none."""
    place = str(task.slots.get("delivery") or HOME)
    if place != HOME:
        return Delivery(place, address_of_store(situation, place))
    address = PostalAddress(**task.slots[ADDRESS])
    row = next((row for row in rows(situation) if row.get("country") == address.country), None)
    if row is None:
        return None
    currency = row.get("currency") or situation.pack.company.currency
    return Delivery(
        ONLINE,
        address,
        _money(row.get("amount", ""), currency) or Money.zero(currency),
        _money(row.get("free over", ""), currency),
        _expected(situation, row.get("days", "")),
    )


def rows(situation: Situation) -> tuple[Any, ...]:
    return tuple(situation.pack.tables.get("shipping", ()))


def days_of(situation: Situation, country: str) -> str:
    return next((row.get("days", "") for row in rows(situation) if row.get("country") == country), "")


def _money(written: str, currency: str) -> Money | None:
    return Money(Decimal(written), currency) if written.strip() else None


def _expected(situation: Situation, days: str) -> Any:
    """The last day on which it should be there: "2-3" working days from now."""
    figures = regex.findall(r"\d+", days)
    if not figures:
        return None
    due = add_business(situation.pack.company, situation.at, f"{figures[-1]} business days")
    return due.astimezone(situation.zone).date()


def address_of_store(situation: Situation, store: str) -> PostalAddress:
    row = next((row for row in situation.pack.tables.get("stores", ()) if row.get("store") == store), {})
    country = row.get("country", "") or situation.pack.company.country
    return PostalAddress("", row.get("address", ""), "", row.get("postcode", ""), row.get("city", ""), "", country)


def quote_of(situation: Situation, task: Task) -> Quote | None:
    """The quote as it is now; None before everything is known that it needs."""
    shop = ordering(situation.shop)
    known = task.slots.get("basket") and (task.slots.get("delivery") not in (None, HOME) or task.slots.get(ADDRESS))
    if shop is None or not known or (delivery := delivery_of(situation, task)) is None:
        return None
    quote = shop.quote(wanted(task), delivery, by=situation.conversation.pk, at=situation.at)
    return None if isinstance(quote, Refusal) else quote
