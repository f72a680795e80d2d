"""Importing the shop's books: good rows load, bad ones are told; safe to run twice; what was done here since stays.

Orders are loaded whole or not at all: an order with a bad line, parcel or payment is left out with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import models as columns
from django.db import transaction

from courtesy.commerce.catalogue import note_change
from courtesy.commerce.exchange.columns import FILES
from courtesy.commerce.exchange.reading import Problem, Row, rows_of
from courtesy.commerce.models import (
    BalanceEntry,
    Customer,
    Line,
    Order,
    Payment,
    PaymentMeans,
    Product,
    Shipment,
    Stock,
    Variant,
)
from courtesy.commerce.models.columns import compared, compared_name
from courtesy.commerce.parcels import events

BATCH = 500
_CARD_NUMBER = re.compile(r"(?:\d[ -]?){12,}")
Step = Callable[[str, int], None]  # file, rows looked at so far


@dataclass
class Outcome:
    """What an import did, by file: rows that were new, changed, the same as before, kept because they changed here."""

    new: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    changed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    same: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    kept: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def loaded(self) -> int:
        return sum(self.new.values()) + sum(self.changed.values()) + sum(self.same.values())


class _Undone(Exception):
    """Rolls a trial run back."""


def import_books(folder: Path, *, trial: bool = False, step: Step = lambda file, rows: None) -> Outcome:
    """Load every file of ``folder`` that is there. ``trial``: look only; nothing stays. Raises FileNotFoundError when
    the folder holds none of the files."""
    if not any((folder / file).is_file() for file in FILES):
        raise FileNotFoundError(f"{folder} holds none of {', '.join(FILES)}")
    outcome = Outcome()
    try:
        with transaction.atomic():
            _Import(folder, outcome, step).run()
            note_change()
            if trial:
                raise _Undone
    except _Undone:
        pass
    return outcome


class _Import:
    def __init__(self, folder: Path, outcome: Outcome, step: Step) -> None:
        self.folder, self.outcome, self.step = folder, outcome, step
        self._spoiled: dict[str, str] = {}  # orders that are left out, and why

    def run(self) -> None:
        self._each("customers.csv", "id", self._customer)
        self._each("payment_methods.csv", "id", self._means)
        self._each("products.csv", "id", self._product)
        self._each("variants.csv", "sku", self._variant)
        self._orders()

    def _each(self, file: str, key: str, save: Callable[[Row, int], str]) -> None:
        """Save row after row in batches; ``save`` returns new, changed, same or a reason why not."""
        seen: dict[str, int] = {}
        rows = self._good(file)
        looked = 0
        while batch := list(islice(rows, BATCH)):
            with transaction.atomic():
                for row in batch:
                    looked += 1
                    name = str(row.values[key])
                    if name in seen:
                        self._bad(row, f"{key} {name!r} stands on line {seen[name]} already")
                        continue
                    seen[name] = row.line
                    self._note(row, save(row, looked))
            self.step(file, looked)

    def _good(self, file: str) -> Iterator[Row]:
        for row in rows_of(self.folder, file):
            if isinstance(row, Problem):
                self.outcome.problems.append(row)
            else:
                yield row

    def _bad(self, row: Row, reason: str) -> None:
        self.outcome.problems.append(row.problem(reason))

    def _note(self, row: Row, result: str) -> None:
        counted = {"new": self.outcome.new, "changed": self.outcome.changed, "same": self.outcome.same}.get(result)
        if counted is not None:
            counted[row.file] += 1
        elif result.startswith("kept"):
            self.outcome.kept.append(f"{row.file}:{row.line}: {result}")
        else:
            self._bad(row, result)

    # --- customers and how they pay ---

    def _customer(self, row: Row, place: int) -> str:
        values = dict(row.values)
        name = values["recipient"] or f"{values['first_name']} {values['last_name']}".strip()
        values |= {
            "email_key": compared(values["email"]),
            "name_key": compared_name(name),
            "postcode_key": compared(values["postcode"]),
        }
        taken = Customer.objects.filter(email_key=values["email_key"]).exclude(pk=values["id"])
        if values["email_key"] and (other := taken.first()):
            return f"the e-mail address belongs to customer {other.pk!r}"
        known = Customer.objects.filter(pk=values["id"]).first()
        if known is not None and known.changed_at is not None:
            return f"kept: customer {known.pk} was changed here"
        return _save(Customer, known, values)

    def _means(self, row: Row, place: int) -> str:
        values = {**row.values, "customer_id": row.values["customer"], "position": place}
        del values["customer"]
        holds = values["kind"] in (PaymentMeans.Kind.GIFT_CARD, PaymentMeans.Kind.STORE_CREDIT)
        if _CARD_NUMBER.search(values["label"]) or _CARD_NUMBER.fullmatch(values["id"]):
            return "label: looks like a card number; card numbers are never stored, write the last four digits"
        if not Customer.objects.filter(pk=values["customer_id"]).exists():
            return f"there is no customer {values['customer_id']!r}"
        if holds and (values["balance"] is None or not values["currency"]):
            return "balance and currency are needed for a gift card or store credit"
        if not holds and values["balance"] is not None:
            return f"a {values['kind']} has no balance"
        known = PaymentMeans.objects.filter(pk=values["id"]).first()
        if known is not None and known.customer_id != values["customer_id"]:
            return f"belongs to customer {known.customer_id!r}"
        if known is not None and known.entries.exclude(why__in=("opening balance", "import")).exists():
            values["balance"] = known.balance
        before = (known.balance if known is not None else None) or Decimal(0)
        result = _save(PaymentMeans, known, values)
        if holds and values["balance"] != before:
            BalanceEntry.objects.create(
                means_id=values["id"],
                amount=values["balance"] - before,
                why="import" if known is not None else "opening balance",
            )
        return result

    # --- goods ---

    def _product(self, row: Row, place: int) -> str:
        known = Product.objects.filter(pk=row.values["id"]).first()
        return _save(Product, known, dict(row.values))

    def _variant(self, row: Row, place: int) -> str:
        values = {**row.values, "product_id": row.values["product"], "position": place}
        del values["product"]
        if not Product.objects.filter(pk=values["product_id"]).exists():
            return f"there is no product {values['product_id']!r}"
        known = Variant.objects.filter(pk=values["sku"]).first()
        result = _save(Variant, known, values)
        for shelf, pieces in row.stock.items():
            one, made = Stock.objects.get_or_create(variant_id=values["sku"], place=shelf, defaults={"pieces": pieces})
            if not made and one.pieces != pieces:
                one.pieces = pieces
                one.save(update_fields=["pieces"])
                result = "changed" if result == "same" else result
        return result

    # --- orders ---

    def _orders(self) -> None:
        parts: dict[str, dict[str, list[Row]]] = {
            file: self._by_order(file) for file in ("lines.csv", "shipments.csv", "payments.csv")
        }
        seen: dict[str, int] = {}
        rows = self._good("orders.csv")
        looked = 0
        while batch := list(islice(rows, BATCH)):
            with transaction.atomic():
                for row in batch:
                    looked += 1
                    number = str(row.values["number"])
                    if number in seen:
                        self._bad(row, f"number {number!r} stands on line {seen[number]} already")
                        continue
                    seen[number] = row.line
                    own = {file: parts[file].pop(number, []) for file in parts}
                    self._note(row, self._spoiled.get(number) or self._order(row, own))
            self.step("orders.csv", looked)
        for left in parts.values():
            for number, orphans in left.items():
                for row in orphans:
                    self._bad(row, f"orders.csv has no order {number!r}")

    def _by_order(self, file: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        key = "line" if file == "lines.csv" else "position"
        seen: set[tuple[str, str]] = set()
        for row in self._good(file):
            number = str(row.values["order"])
            name = (number, str(row.values[key]))
            reason = _wrong_line(row) if file == "lines.csv" else ""
            if name in seen:
                reason = f"{key} {name[1]!r} of order {number!r} is there twice"
            seen.add(name)
            if reason:
                self._bad(row, reason)
                self._spoiled[number] = f"left out: {file}:{row.line} is wrong"
            found[number].append(row)
        return found

    def _order(self, row: Row, parts: dict[str, list[Row]]) -> str:
        values = {**row.values, "customer_id": row.values["customer"], "number_key": compared(row.values["number"])}
        del values["customer"]
        if reason := self._wrong_order(values, parts):
            return reason
        known = Order.objects.filter(pk=values["number"]).first()
        if known is not None and known.changed_at is not None:
            return f"kept: order {known.number} was changed here"
        result = _save(Order, known, values)
        number = values["number"]
        lines = [_line(number, place, one) for place, one in enumerate(parts["lines.csv"], 1)]
        changed = _replace(Line, number, lines)
        changed |= _replace(Shipment, number, [_part(Shipment, number, one) for one in parts["shipments.csv"]])
        events.hold_to(number)
        changed |= _replace(Payment, number, [_part(Payment, number, one) for one in parts["payments.csv"]])
        return "changed" if result == "same" and changed else result

    def _wrong_order(self, values: dict[str, Any], parts: dict[str, list[Row]]) -> str:
        if not Customer.objects.filter(pk=values["customer_id"]).exists():
            return f"there is no customer {values['customer_id']!r}"
        if not parts["lines.csv"]:
            return "lines.csv has no line of this order"
        if values["shipping_refunded"] > values["shipping"]:
            return "shipping_refunded is more than shipping"
        twin = Order.objects.filter(number_key=values["number_key"]).exclude(pk=values["number"]).first()
        if twin is not None:
            return f"the number reads like that of order {twin.number!r}"
        wrong = next((one for one in parts["payments.csv"] if one.values["currency"] != values["currency"]), None)
        return f"left out: payments.csv:{wrong.line} is in another currency" if wrong else ""


# --- rows to records ------------------------------------------------------------------------------


def _wrong_line(row: Row) -> str:
    values = row.values
    quantity = values["quantity"]
    left = quantity if values["open_quantity"] is None else values["open_quantity"]
    if quantity < 1:
        return "quantity must be at least 1"
    if left + values["awaiting_refund"] > quantity:
        return "open_quantity and awaiting_refund are more than quantity"
    worth = values["price"] * quantity - values["discount"]
    if worth < 0:
        return "discount is more than the line costs"
    return "refunded is more than the line cost" if values["refunded"] > worth else ""


def _line(number: str, place: int, row: Row) -> Line:
    values = dict(row.values)
    left = values.pop("open_quantity")
    return Line(
        **{name: value for name, value in values.items() if name not in ("order", "line")},
        order_id=number,
        line_id=values["line"],
        position=place,
        open_quantity=values["quantity"] if left is None else left,
        value=values["price"] * values["quantity"] - values["discount"],
    )


def _part(kind: Any, number: str, row: Row) -> Any:
    values = {name: value for name, value in row.values.items() if name not in ("order", "currency")}
    return kind(order_id=number, **values)


def _save(kind: Any, known: Any, values: dict[str, Any]) -> str:
    """Create, or update what differs; returns new, changed or same."""
    if known is None:
        kind.objects.create(**values)
        return "new"
    differing = [name for name, value in values.items() if getattr(known, name) != value]
    if not differing:
        return "same"
    for name in differing:
        setattr(known, name, values[name])
    known.save(update_fields=[name.removesuffix("_id") if name.endswith("_id") else name for name in differing])
    return "changed"


def _replace(kind: type[columns.Model], number: str, wanted: Iterable[Any]) -> bool:
    """Make the order's rows of one kind those of the file; true when they were others."""
    wanted = list(wanted)
    before = list(kind._default_manager.filter(order_id=number).order_by("position"))
    if [_content(one) for one in before] == [_content(one) for one in sorted(wanted, key=lambda one: one.position)]:
        return False
    kind._default_manager.filter(order_id=number).delete()
    kind._default_manager.bulk_create(wanted)
    return True


def _content(record: Any) -> dict[str, Any]:
    return {one.attname: getattr(record, one.attname) for one in record._meta.concrete_fields if not one.primary_key}
