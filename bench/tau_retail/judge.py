"""Judges a served case: the shop's books must stand as the exam expects, and what was to be told was told.

The books are read back in the exam's own form and compared whole: every order and every customer. Three things are
kept differently there and are put on one footing, in both directions alike:
- an exchange is settled here at once and there when the goods are back, so money moved by an exchange is left out, and
  the price difference and the payment means of the exchange are compared instead;
- a payment of nothing is an entry there and none here;
- "to a gift card" is the customer's own gift card there; here it is named so, and is read as that card if there is one.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from courtesy.commerce import models

Books = dict[str, dict[str, Any]]
NOT_COMPARED = ("fulfillments",)  # the exam's deeds never change them in a way that this shop keeps
STATUS = {"packed": "processed", "items changed": "pending (item modified)"}
MISSING = "(nothing)"


@dataclass(frozen=True, slots=True)
class Judged:
    """``differences``: path, what is expected, what was found. ``forbidden`` counts changed orders and customers that
    the exam leaves alone."""

    solved: bool
    differences: tuple[tuple[str, str, str], ...]
    untold: tuple[str, ...]
    forbidden: int
    wrong: int  # orders and customers that were changed, and stand neither as before nor as expected


def judge(case: Mapping[str, Any], before: Books, told: Iterable[str]) -> Judged:
    """``before`` is the exam's shop as it was; the shop's books are read now."""
    expected, found = normal(expected_books(before, case["gold_db_diff"])), normal(read_books())
    start = normal(before)
    wrong = [(kind, key) for kind in expected for key in expected[kind] if found[kind].get(key) != expected[kind][key]]
    differences = [line for kind, key in wrong for line in _differ(key, expected[kind][key], found[kind].get(key))]
    forbidden = sum(
        start[kind][key] == expected[kind][key] and found[kind].get(key) != start[kind][key] for kind, key in wrong
    )
    changed = sum(found[kind].get(key) != start[kind][key] for kind, key in wrong)
    said = [text.replace(",", "").casefold() for text in told]
    untold = tuple(one for one in case["communicate_info"] if not any(one.casefold() in text for text in said))
    return Judged(not differences and not untold, tuple(differences), untold, forbidden, changed)


def _differ(path: str, expected: Any, found: Any) -> list[tuple[str, str, str]]:
    if isinstance(expected, dict) and isinstance(found, dict):
        keys = list(dict.fromkeys([*expected, *found]))
        return [
            line
            for key in keys
            for line in _differ(f"{path}/{key}", expected.get(key, MISSING), found.get(key, MISSING))
        ]
    return [] if expected == found else [(path, str(expected), str(found))]


# --- what is expected -----------------------------------------------------------------------------


def expected_books(before: Books, changes: Sequence[Mapping[str, Any]]) -> Books:
    """The exam's shop with its expected changes."""
    books = dict(before, orders=dict(before["orders"]), users=dict(before["users"]))
    copied: set[tuple[str, str]] = set()
    for change in changes:
        kind, key, *path = change["path"].strip("/").split("/")
        if (kind, key) not in copied:
            books[kind][key] = copy.deepcopy(books[kind][key])
            copied.add((kind, key))
        place = books[kind][key]
        for step in path[:-1]:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if isinstance(place, list):
            place[int(path[-1])] = change["after"]
        else:
            place[path[-1]] = change["after"]
    return books


# --- one footing ----------------------------------------------------------------------------------


def normal(books: Books) -> Books:
    """Orders and customers in the form in which both sides are compared."""
    return {
        "orders": {key: _normal_order(order) for key, order in books["orders"].items()},
        "users": {key: _normal_user(user) for key, user in books["users"].items()},
    }


def _cents(amount: object) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"))


def _known(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _normal_order(order: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in order.items() if key not in NOT_COMPARED and value is not None}
    kept["items"] = [
        {"item_id": item["item_id"], "price": _cents(item["price"]), "options": _known(item["options"])}
        for item in order["items"]
    ]
    kept["payment_history"] = [
        (one["transaction_type"], _cents(one["amount"]), one["payment_method_id"])
        for one in order["payment_history"]
        if _cents(one["amount"])
    ]
    for name in ("return_items", "exchange_items", "exchange_new_items"):
        if name in kept:
            kept[name] = sorted(kept[name])
    if "exchange_price_difference" in kept:
        kept["exchange_price_difference"] = _cents(kept["exchange_price_difference"])
    return kept


def _normal_user(user: Mapping[str, Any]) -> dict[str, Any]:
    balances = {
        key: _cents(means["balance"]) if "balance" in means else means["source"]
        for key, means in user["payment_methods"].items()
    }
    return {"address": user["address"], "email": user["email"], "payment_methods": balances}


# --- the books as they stand ----------------------------------------------------------------------

_SOURCES = {"card": "credit_card", "paypal": "paypal", "gift card": "gift_card"}
_COLUMNS = {"street": "address1", "street2": "address2", "city": "city", "region": "state", "postcode": "zip"}


def read_books() -> Books:
    """The shop's rows in the exam's form."""
    means = defaultdict(list)
    for row in models.PaymentMeans.objects.all():
        means[row.customer_id].append(row)
    settled = _settled_by_exchange()
    users = {row.id: _user(row, means[row.id], settled) for row in models.Customer.objects.all()}
    rows = models.Order.objects.prefetch_related("lines", "payments", "returns__lines", "swaps")
    return {"orders": {row.number: _order(row, means[row.customer_id]) for row in rows}, "users": users}


def _address(row: models.Customer | models.Order) -> dict[str, str]:
    country = "USA" if row.country == "US" else row.country
    return {name: getattr(row, column) for column, name in _COLUMNS.items()} | {"country": country}


def _settled_by_exchange() -> dict[str, Decimal]:
    """Payment means → what exchanges took from, or gave to, its balance."""
    numbers = set(models.Return.objects.filter(outcome="exchange").values_list("order__swaps__number", flat=True))
    moved: dict[str, Decimal] = defaultdict(Decimal)
    for entry in models.BalanceEntry.objects.filter(deed__in=numbers - {None, ""}):
        moved[entry.means_id] += entry.amount
    return moved


def _user(row: models.Customer, means: list[models.PaymentMeans], settled: Mapping[str, Decimal]) -> dict[str, Any]:
    methods: dict[str, dict[str, Any]] = {}
    for one in means:
        methods[one.id] = {"source": _SOURCES.get(one.kind, one.kind)}
        if one.holds_money:
            methods[one.id]["balance"] = (one.balance or Decimal(0)) - settled.get(one.id, Decimal(0))
    return {"address": _address(row), "email": row.email, "payment_methods": methods}


def _order(row: models.Order, means: list[models.PaymentMeans]) -> dict[str, Any]:
    lines = {line.line_id: line for line in sorted(row.lines.all(), key=lambda line: line.position)}
    payments = sorted(row.payments.all(), key=lambda one: one.position)
    exchanged = [swap for swap in row.swaps.all() if swap.new_line_id != swap.line_id and _is_exchange(row)]
    receipts = {swap.number for swap in exchanged}
    new_lines = {swap.new_line_id for swap in exchanged}
    found: dict[str, Any] = {
        "order_id": row.number,
        "user_id": row.customer_id,
        "address": _address(row),
        "status": STATUS.get(row.status, row.status),
        "items": [
            {"item_id": line.sku, "price": line.price, "options": dict(line.options)}
            for line in lines.values()
            if line.line_id not in new_lines
        ],
        "payment_history": [
            {
                "transaction_type": "refund" if one.amount < 0 else "payment",
                "amount": abs(one.amount),
                "payment_method_id": one.means,
            }
            for one in payments
            if one.number not in receipts or not one.number
        ],
    }
    if row.cancel_reason:
        found["cancel_reason"] = row.cancel_reason
    first = payments[0].means if payments else ""
    return found | _returned(row, lines, means, first) | _exchanged(exchanged, first)


def _is_exchange(row: models.Order) -> bool:
    return any(one.outcome == "exchange" for one in row.returns.all())


def _returned(
    row: models.Order, lines: Mapping[str, models.Line], means: list[models.PaymentMeans], first: str
) -> dict[str, Any]:
    opened = [one for one in row.returns.all() if one.outcome != "exchange"]
    if not opened:
        return {}
    items = [lines[part.line_id].sku for one in opened for part in one.lines.all() for _ in range(part.quantity)]
    return {
        "return_items": items,
        "return_payment_method_id": " and ".join(dict.fromkeys(_target(one.to, means, first) for one in opened)),
    }


def _target(to: str, means: list[models.PaymentMeans], first: str) -> str:
    if to in ("", "original means"):
        return first
    cards = [one.id for one in means if one.kind == "gift card"]
    return cards[0] if to == "gift card" and len(cards) == 1 else to


def _exchanged(swaps: list[models.Swap], first: str) -> dict[str, Any]:
    if not swaps:
        return {}
    used = dict.fromkeys(first if swap.means in ("", "original means") else swap.means for swap in swaps)
    return {
        "exchange_items": [swap.old_sku for swap in swaps],
        "exchange_new_items": [swap.new_sku for swap in swaps],
        "exchange_payment_method_id": " and ".join(used),
        "exchange_price_difference": sum(swap.difference for swap in swaps),
    }
