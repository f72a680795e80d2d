"""Reads the books: rows become the port's values, with as few queries as a conversation can afford."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, Prefetch, QuerySet, Sum
from django.utils import timezone

from courtesy.commerce import port
from courtesy.commerce.models import (
    BalanceEntry,
    Customer,
    Hold,
    Line,
    Order,
    Payment,
    PaymentMeans,
    Product,
    Return,
    Shipment,
    Stock,
    Variant,
)
from courtesy.commerce.models.columns import compared, compared_name
from courtesy.commerce.selling.port import ONLINE
from courtesy.commerce.shops.embedded.pieces import delivered_lines
from courtesy.foundation.money import Money
from courtesy.foundation.prepared import Question


def options_of(pairs: Sequence[Sequence[str]]) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in pairs}


# --- orders -------------------------------------------------------------------------------------


_order = Question[Order](lambda key: Order.objects.filter(number_key=key)[:1], key="")
_lines = Question[Line](lambda order: Line.objects.filter(order_id=order).order_by("position"), order="")
_shipments = Question[Shipment](lambda order: Shipment.objects.filter(order_id=order).order_by("position"), order="")
_payments = Question[Payment](lambda order: Payment.objects.filter(order_id=order).order_by("position"), order="")
_latest_currency = Question[tuple[str]](
    lambda customer: (
        Order.objects.filter(customer_id=customer).order_by("-placed_at", "-number").values_list("currency")[:1]
    ),
    customer="",
)


def _orders() -> QuerySet[Order]:
    lines = Prefetch("lines", Line.objects.order_by("position"))
    payments = Prefetch("payments", Payment.objects.order_by("position"))
    return Order.objects.prefetch_related(lines, "shipments", payments)


def order(number: str) -> port.Order | None:
    row = _order.first(key=compared(number))
    if row is None:
        return None
    with_parts(row, "lines", _lines.all(order=row.pk))
    with_parts(row, "shipments", _shipments.all(order=row.pk))
    with_parts(row, "payments", _payments.all(order=row.pk))
    return as_order(row)


def with_parts(row: Any, name: str, parts: Sequence[Model]) -> None:
    """Give a row the rows that belong to it, as a prefetch does."""
    found = getattr(row, name).get_queryset()
    found._result_cache, found._prefetch_done = list(parts), True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


def latest_currency(customer: str) -> str | None:
    """The currency of the customer's latest order."""
    row = _latest_currency.first(customer=customer)
    return row[0] if row is not None else None


def orders_of(customer: str, limit: int) -> tuple[port.Order, ...]:
    return tuple(
        as_order(row) for row in _orders().filter(customer_id=customer).order_by("-placed_at", "-number")[:limit]
    )


def as_order(row: Order) -> port.Order:
    delivered = delivered_lines(row)
    lines = tuple(_line(line, row.currency, delivered.get(line.line_id)) for line in row.lines.all())
    arrived = [line.delivered_at for line in lines]
    whole = max((time for time in arrived if time is not None), default=None) if lines and None not in arrived else None
    return port.Order(
        number=row.number,
        customer=row.customer_id,
        status=row.status,  # type: ignore[arg-type]
        placed_at=row.placed_at,
        lines=lines,
        shipments=tuple(_shipment(one) for one in sorted(row.shipments.all(), key=lambda one: one.position)),
        payments=tuple(
            port.Payment(one.means, one.kind, one.label or one.kind, Money(one.amount, row.currency), one.at)
            for one in row.payments.all()
        ),
        address=row.address,
        shipping=Money(row.shipping, row.currency),
        discount=Money(row.discount, row.currency),
        total=Money(row.total, row.currency),
        delivered_at=whole,
        expected=row.expected,
        on_hold=row.on_hold,
        email=row.email,
    )


def _line(line: Line, currency: str, delivered_at: datetime | None) -> port.Line:
    return port.Line(
        id=line.line_id,
        sku=line.sku,
        product=line.product,
        product_name=line.product_name,
        options=options_of(line.options),
        quantity=line.quantity,
        open_quantity=line.open_quantity,
        unit_price=Money(line.value / line.quantity, currency),
        returnable=line.returnable,
        delivered_at=delivered_at,
        refunded=Money(line.refunded, currency) if line.refunded else None,
        awaiting_refund=line.awaiting_refund,
    )


def _shipment(row: Any) -> port.Shipment:
    return port.Shipment(
        row.carrier, row.tracking, row.url, row.status, row.expected, row.delivered_at, tuple(row.lines)
    )


def returns_of(number: str) -> tuple[port.Return, ...]:
    rows = Return.objects.filter(order__number_key=compared(number)).select_related("order").prefetch_related("lines")
    return tuple(
        port.Return(
            number=row.number,
            order=row.order_id,
            status=row.status,  # type: ignore[arg-type]
            lines=tuple((line.line_id, line.quantity) for line in row.lines.all()),
            reason=row.reason,
            outcome=row.outcome,
            amount=Money(row.amount, row.order.currency),
            opened_at=row.opened_at,
        )
        for row in rows.order_by("opened_at", "number")
    )


# --- customers ----------------------------------------------------------------------------------


def _customers() -> QuerySet[Customer]:
    means = Prefetch("payment_means", PaymentMeans.objects.order_by("position", "id"))
    return Customer.objects.prefetch_related(means)


_customer = Question[Customer](lambda id: Customer.objects.filter(pk=id), id="")
_customer_by_email = Question[Customer](lambda key: Customer.objects.filter(email_key=key).order_by("pk")[:1], key="")
_payment_means = Question[PaymentMeans](
    lambda customer: PaymentMeans.objects.filter(customer_id=customer).order_by("position", "id"), customer=""
)


def customer(id: str) -> port.ShopCustomer | None:
    return _whole_customer(_customer.first(id=id))


def customer_by_email(email: str) -> port.ShopCustomer | None:
    key = compared(email)
    return _whole_customer(_customer_by_email.first(key=key)) if key else None


def _whole_customer(row: Customer | None) -> port.ShopCustomer | None:
    if row is None:
        return None
    with_parts(row, "payment_means", _payment_means.all(customer=row.pk))
    return as_customer(row)


def customers_by_name(name: str, postcode: str) -> tuple[port.ShopCustomer, ...]:
    rows = _customers().filter(postcode_key=compared(postcode), name_key=compared_name(name))
    return tuple(as_customer(row) for row in rows.order_by("id")[:5])


def as_customer(row: Customer) -> port.ShopCustomer:
    return port.ShopCustomer(
        id=row.id,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        address=row.address,
        payment_means=tuple(_means(one) for one in row.payment_means.all()),
        on_hold=row.on_hold,
    )


def _means(row: PaymentMeans) -> port.PaymentMeans:
    balance = Money(row.balance or Decimal(0), row.currency) if row.holds_money and row.currency else None
    return port.PaymentMeans(row.id, row.kind, row.label or row.kind, balance)


_orders_in = Question[tuple[str]](
    lambda customer, currency: (
        Order.objects.filter(customer_id=customer, currency=currency).order_by("number").values_list("number")
    ),
    customer="",
    currency="",
)


def refund_history(customer: str, since: datetime, currency: str) -> tuple[int, Money]:
    """How many refunds since then (one for each receipt) and how much, in one currency.

    By the customer's orders, not by the date: of all refunds of a year a database would read every one."""
    numbers = [number for (number,) in _orders_in.all(customer=customer, currency=currency)]
    if not numbers:
        return 0, Money.zero(currency)
    paid_back = Payment.objects.filter(
        order_id__in=numbers, why=Payment.Why.REFUND, at__gte=since, amount__lt=0
    ).values_list("number", "amount")
    parts = list(paid_back)
    return len({number for number, _ in parts}), Money.sum([Money(-amount, currency) for _, amount in parts], currency)


def goodwill_history(customer: str, since: datetime, currency: str, why: str) -> Money:
    total = BalanceEntry.objects.filter(
        means__customer_id=customer, means__currency=currency, why=why, at__gte=since
    ).aggregate(total=Sum("amount"))["total"]
    return Money(total or Decimal(0), currency)


# --- catalogue ----------------------------------------------------------------------------------


_product = Question[Product](lambda id: Product.objects.filter(pk=id), id="")
_variants = Question[Variant](
    lambda product: Variant.objects.filter(product_id=product).order_by("position", "sku"), product=""
)
_stock = Question[Stock](lambda product: Stock.objects.filter(variant__product_id=product).order_by("pk"), product="")
_holds = Question[Hold](
    lambda product, at: Hold.objects.filter(variant__product_id=product, until__gt=at).order_by("pk"),
    product="",
    at=datetime(2000, 1, 1, tzinfo=UTC),
)


def product(id: str) -> port.Product | None:
    row = _product.first(id=id)
    if row is None:
        return None
    variants, stock = _variants.all(product=id), _stock.all(product=id)
    holds = _holds.all(product=id, at=timezone.now())
    for variant in variants:
        with_parts(variant, "holds", [one for one in holds if one.variant_id == variant.pk])
        with_parts(variant, "stock", [one for one in stock if one.variant_id == variant.pk])
    with_parts(row, "variants", variants)
    return as_product(row)


def as_product(row: Product) -> port.Product:
    return port.Product(
        id=row.id,
        name=row.name,
        names=dict(row.names) or {"en": row.name},
        category=row.category,
        description=dict(row.description),
        returnable=row.returnable,
        variants=tuple(_variant(one, row) for one in row.variants.all()),
    )


def _variant(row: Variant, of: Product) -> port.Variant:
    """``row`` comes with its stock and with the holds that are not over; what is held is nobody else's to buy."""
    stock = {one.place: one.pieces for one in row.stock.all()}
    for hold in row.holds.all():
        if hold.place in stock:
            stock[hold.place] = max(0, stock[hold.place] - hold.pieces)
    return port.Variant(
        sku=row.sku,
        product=of.id,
        product_name=of.name,
        options=options_of(row.options),
        price=Money(row.price, row.currency),
        available=row.available and (not stock or stock.get(ONLINE, 0) > 0),
        stock=stock,
    )


def product_names() -> tuple[tuple[str, Mapping[str, str]], ...]:
    rows = Product.objects.order_by("id").values_list("id", "name", "names")
    return tuple((id_, dict(names) or {"en": name}) for id_, name, names in rows)
