"""Fills an empty shop with the exam's CSV rows, straight into the books."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from bench.tau_retail.convert import Rows
from courtesy.commerce import models
from courtesy.commerce.models.columns import ADDRESS_COLUMNS, compared, compared_name

Row = Mapping[str, Any]


def _money(written: object) -> Decimal:
    return Decimal(str(written or 0)).quantize(Decimal("0.01"))


def _pairs(written: Any) -> list[list[str]]:
    return [[str(name), str(value)] for name, value in json.loads(written).items()]


@transaction.atomic
def load(files: Mapping[str, Rows]) -> None:
    models.Customer.objects.bulk_create(_customer(row) for row in files["customers.csv"])
    means = [_means(place, row) for place, row in enumerate(files["payment_methods.csv"])]
    models.PaymentMeans.objects.bulk_create(means)
    models.BalanceEntry.objects.bulk_create(
        models.BalanceEntry(means=one, amount=one.balance, why="opening balance") for one in means if one.balance
    )
    models.Product.objects.bulk_create(
        models.Product(id=row["id"], name=row["name"], names={"en": row["name"]}) for row in files["products.csv"]
    )
    models.Variant.objects.bulk_create(_variant(place, row) for place, row in enumerate(files["variants.csv"]))
    orders = {str(row["number"]): _order(row) for row in files["orders.csv"]}
    models.Order.objects.bulk_create(orders.values())
    models.Line.objects.bulk_create(_line(orders, row) for row in files["lines.csv"])
    models.Shipment.objects.bulk_create(_shipment(orders, row) for row in files["shipments.csv"])
    models.Payment.objects.bulk_create(_payment(orders, row) for row in files["payments.csv"])


def _address(row: Row) -> dict[str, str]:
    return {column: str(row.get(column, "")) for column in ADDRESS_COLUMNS}


def _customer(row: Row) -> models.Customer:
    return models.Customer(
        id=row["id"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        email=row["email"],
        email_key=compared(row["email"]),
        name_key=compared_name(f"{row['first_name']} {row['last_name']}"),
        postcode_key=compared(row["postcode"]),
        language=row["language"],
        **_address(row),
    )


def _means(place: int, row: Row) -> models.PaymentMeans:
    holds = row["kind"] == "gift card"
    return models.PaymentMeans(
        id=row["id"],
        customer_id=row["customer"],
        position=place,
        kind=row["kind"],
        label=row["label"],
        balance=_money(row["balance"]) if holds else None,
        currency=row["currency"],
    )


def _variant(place: int, row: Row) -> models.Variant:
    return models.Variant(
        sku=row["sku"],
        product_id=row["product"],
        position=place,
        options=_pairs(row["options"]),
        price=_money(row["price"]),
        currency=row["currency"],
        available=row["available"] == "yes",
    )


def _order(row: Row) -> models.Order:
    return models.Order(
        number=row["number"],
        number_key=compared(row["number"]),
        customer_id=row["customer"],
        status=row["status"],
        placed_at=datetime.fromisoformat(row["placed_at"]),
        currency=row["currency"],
        total=_money(row["total"]),
        **_address(row),
    )


def _line(orders: Mapping[str, models.Order], row: Row) -> models.Line:
    return models.Line(
        order=orders[row["order"]],
        line_id=str(row["line"]),
        position=row["line"],
        sku=row["sku"],
        product=row["product"],
        product_name=row["product_name"],
        options=_pairs(row["options"]),
        quantity=row["quantity"],
        open_quantity=row["open_quantity"],
        price=_money(row["price"]),
        value=_money(row["price"]),
        refunded=_money(row["refunded"]),
    )


def _shipment(orders: Mapping[str, models.Order], row: Row) -> models.Shipment:
    return models.Shipment(
        order=orders[row["order"]],
        position=row["position"],
        carrier=row["carrier"],
        tracking=row["tracking"],
        status=row["status"],
        delivered_at=datetime.fromisoformat(row["delivered_at"]) if row["delivered_at"] else None,
        lines=str(row["lines"]).split(),
    )


def _payment(orders: Mapping[str, models.Order], row: Row) -> models.Payment:
    return models.Payment(
        order=orders[row["order"]],
        position=row["position"],
        means=row["means"],
        kind=row["kind"],
        label=row["label"],
        amount=_money(row["amount"]),
        why=row["why"],
        at=datetime.fromisoformat(row["at"]),
    )
