"""Exporting the shop's books as the CSV files that an import reads; the same books give the same bytes."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from courtesy.commerce.exchange.columns import FILES, STOCK
from courtesy.commerce.models import Customer, Line, Order, Payment, PaymentMeans, Product, Shipment, Stock, Variant

Step = Callable[[str, int], None]
CHUNK = 1000


def export_books(folder: Path, *, step: Step = lambda file, rows: None) -> dict[str, int]:
    """Write every file; returns how many rows each holds. A file is replaced only when it is complete."""
    folder.mkdir(parents=True, exist_ok=True)
    return {file: _write(folder / file, records, step) for file, records in _RECORDS.items()}


def _write(path: Path, records: Callable[[], Iterator[dict[str, Any]]], step: Step) -> int:
    header = [column.name for column in FILES[path.name]]
    places = list(Stock.objects.order_by("place").values_list("place", flat=True).distinct())
    if path.name == "variants.csv":
        header += [f"{STOCK}{place}" for place in places]
    part = path.with_suffix(".part")
    rows = 0
    with part.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(header)
        for record in records():
            writer.writerow([_cell(record.get(name)) for name in header])
            rows += 1
            if rows % CHUNK == 0:
                step(path.name, rows)
    part.replace(path)
    step(path.name, rows)
    return rows


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value.normalize():f}" if value == value.to_integral() else f"{value:f}".rstrip("0")
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case dict():
            return json.dumps(value, ensure_ascii=False) if value else ""
        case list():
            pairs = bool(value) and isinstance(value[0], list)
            return json.dumps(dict(value), ensure_ascii=False) if pairs else " ".join(map(str, value))
        case _:
            return str(value)


def _plain(record: Any, file: str, **more: Any) -> dict[str, Any]:
    return {column.name: getattr(record, column.name, None) for column in FILES[file]} | more


def _customers() -> Iterator[dict[str, Any]]:
    for one in Customer.objects.order_by("id").iterator(CHUNK):
        yield _plain(one, "customers.csv")


def _means() -> Iterator[dict[str, Any]]:
    for one in PaymentMeans.objects.order_by("customer_id", "position", "id").iterator(CHUNK):
        yield _plain(one, "payment_methods.csv", customer=one.customer_id)


def _products() -> Iterator[dict[str, Any]]:
    for one in Product.objects.order_by("id").iterator(CHUNK):
        yield _plain(one, "products.csv")


def _variants() -> Iterator[dict[str, Any]]:
    found = Variant.objects.order_by("product_id", "position", "sku").prefetch_related("stock")
    for one in found.iterator(CHUNK):
        pieces = {f"{STOCK}{stock.place}": stock.pieces for stock in one.stock.all()}
        yield _plain(one, "variants.csv", product=one.product_id) | pieces


def _orders() -> Iterator[dict[str, Any]]:
    for one in Order.objects.order_by("number").iterator(CHUNK):
        yield _plain(one, "orders.csv", customer=one.customer_id)


def _lines() -> Iterator[dict[str, Any]]:
    for one in Line.objects.order_by("order_id", "position").iterator(CHUNK):
        yield _plain(one, "lines.csv", order=one.order_id, line=one.line_id)


def _shipments() -> Iterator[dict[str, Any]]:
    for one in Shipment.objects.order_by("order_id", "position").iterator(CHUNK):
        yield _plain(one, "shipments.csv", order=one.order_id)


def _payments() -> Iterator[dict[str, Any]]:
    for one in Payment.objects.select_related("order").order_by("order_id", "position").iterator(CHUNK):
        yield _plain(one, "payments.csv", order=one.order_id, currency=one.order.currency)


_RECORDS: dict[str, Callable[[], Iterator[dict[str, Any]]]] = {
    "customers.csv": _customers,
    "payment_methods.csv": _means,
    "products.csv": _products,
    "variants.csv": _variants,
    "orders.csv": _orders,
    "lines.csv": _lines,
    "shipments.csv": _shipments,
    "payments.csv": _payments,
}
