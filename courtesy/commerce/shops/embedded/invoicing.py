"""Invoices: issued once for an order, numbered without gaps, copied as often as asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from courtesy.commerce.models import Invoice, Order
from courtesy.commerce.papers import invoices
from courtesy.commerce.port import Refusal
from courtesy.commerce.refusals import refuse
from courtesy.commerce.shops.embedded import crediting
from courtesy.commerce.shops.embedded.deeds import Answer, once
from courtesy.commerce.shops.embedded.numbering import next_number
from courtesy.commerce.shops.embedded.pieces import locked
from courtesy.commerce.shops.embedded.receipts import receipt
from courtesy.foundation.money import Money

ACT = "send invoice"


def invoice(number: str, language: str, *, key: str, at: datetime) -> Answer:
    """A copy of the order's invoice as PDF; the invoice itself is issued at the first copy and never changes."""

    def effect(receipt_number: str) -> Answer:
        order = locked(number)
        if order is None:
            return refuse(ACT, "unknown order", {"order": number})
        if not order.payments.filter(amount__gt=0).exists():
            return refuse(ACT, "no invoice yet", {"order": order.number})
        issued = _issue(order, at)
        return receipt(ACT, receipt_number, at, order, invoice=issued.number)

    answer = once(ACT, number, key, at, effect)
    if isinstance(answer, Refusal):
        return answer
    issued = Invoice.objects.get(number=answer.details["invoice"])
    return replace(answer, document=invoices.draw(issued.number, issued.issued_at, issued.content, language))


def _issue(order: Order, at: datetime) -> Invoice:
    known = Invoice.objects.filter(order=order).first()
    if known is not None:
        return known
    number = next_number("invoice", "", at)
    issued = Invoice.objects.create(
        number=number, order=order, issued_at=at, total=order.total, content=_content(order)
    )
    crediting.given_back_before(order, issued, at)
    return issued


def _content(order: Order) -> dict[str, Any]:
    """What the invoice says, as text, so that it stays as issued."""
    lines = []
    taxes: dict[Decimal, Decimal] = {}
    for line in order.lines.order_by("position"):
        rate = line.tax_rate if line.tax_rate is not None else Decimal(0)
        taxes[rate] = taxes.get(rate, Decimal(0)) + line.value
        options = ", ".join(value for _, value in line.options)
        name = f"{line.product_name} ({options})" if options else line.product_name
        value = str(Money(line.value, order.currency))
        lines.append({"name": name, "quantity": line.quantity, "amount": value, "rate": f"{rate.normalize():f}"})
    main = max(
        taxes, key=lambda rate: taxes[rate], default=Decimal(0)
    )  # delivery is taxed as what is most of the goods
    if order.shipping:
        taxes[main] = taxes.get(main, Decimal(0)) + order.shipping
    return {
        "order": order.number,
        "placed": order.placed_at.date().isoformat(),
        "currency": order.currency,
        "customer": order.customer.address.name or str(order.customer),
        "address": [part for part in _address_lines(order) if part],
        "lines": lines,
        "shipping": str(Money(order.shipping, order.currency)),
        "shipping rate": f"{main.normalize():f}",
        "discount": str(Money(order.discount, order.currency)),
        "total": str(Money(order.total, order.currency)),
        "taxes": [
            {
                "rate": f"{rate.normalize():f}",
                "gross": str(gross),
                "tax": str(Money(gross * rate / (100 + rate), order.currency)),
            }
            for rate, gross in sorted(taxes.items())
            if rate
        ],
    }


def _address_lines(order: Order) -> list[str]:
    place = f"{order.postcode} {order.city}".strip()
    return [order.recipient, order.street, order.street2, place, order.country]
