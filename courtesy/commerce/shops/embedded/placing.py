"""Place an order: for the total that was agreed to, with stock that is there, paid by own means or later.

Stock rows are locked in the order of their keys before anything is decided: of two who want the last piece one gets it.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from courtesy.commerce.models import Customer, Hold, Line, Order, Payment, PaymentMeans
from courtesy.commerce.models.columns import compared, compared_name
from courtesy.commerce.port import PostalAddress, Refusal
from courtesy.commerce.refusals import refuse
from courtesy.commerce.selling.port import UNPAID, Placing
from courtesy.commerce.shops.embedded import order_numbers, paying, stocking
from courtesy.commerce.shops.embedded.addresses import find_customer
from courtesy.commerce.shops.embedded.deeds import Answer, once
from courtesy.commerce.shops.embedded.pieces import label
from courtesy.commerce.shops.embedded.quoting import ACT, Worked, together, work_out
from courtesy.commerce.shops.embedded.receipts import receipt
from courtesy.foundation.money import Money

MOST_NOTED = 500


def place(placing: Placing, *, key: str, at: datetime) -> Answer:
    """Place it once for each key. What is not there any more, or costs something else now, is refused."""

    def effect(receipt_number: str) -> Answer:
        wanted = together(placing.basket)
        rows = stocking.locked(wanted, placing.delivery.place)
        worked = work_out(wanted, placing.delivery, rows, by=placing.held_by, at=at)
        if isinstance(worked, Refusal):
            return worked
        if (no := _not_as_agreed(placing, worked)) is not None:
            return no
        customer = find_customer(placing.customer, hold=True) if placing.customer else None
        if placing.customer and customer is None:
            return refuse(ACT, "unknown customer")
        means = _means(placing, customer, worked.quote.total)
        if isinstance(means, Refusal):
            return means
        return _place(placing, worked, customer or _own_record(placing), means, receipt_number, at)

    return once(ACT, placing.customer or placing.held_by or placing.email[:80], key, at, effect)


def _not_as_agreed(placing: Placing, worked: Worked) -> Refusal | None:
    if short := worked.quote.short:
        variant = worked.variants[short[0].sku]
        options = ", ".join(value for _, value in variant.options)
        return refuse(ACT, "no longer in stock", {"product": variant.product.name, "variant": options})
    if worked.quote.total != placing.quoted:
        return refuse(ACT, "total changed", {"quoted": placing.quoted, "total": worked.quote.total})
    if not placing.delivery.is_collected and not placing.delivery.address.complete():
        return refuse(ACT, "address incomplete")
    return None


def _means(placing: Placing, customer: Customer | None, total: Money) -> PaymentMeans | Refusal | None:
    """The customer's own means that pays now; None where it is paid later."""
    if placing.pay in UNPAID:
        return None
    if customer is None or not placing.pay:
        return refuse(ACT, "unknown payment means")
    return paying.can_pay(ACT, Order(customer=customer, currency=total.currency), placing.pay, total.amount)


def _own_record(placing: Placing) -> Customer:
    """A customer of this order alone. Its address is not compared: an e-mail that nobody proved opens no account, and
    takes none."""
    first, _, last = placing.name.strip().partition(" ")
    return Customer.objects.create(
        id=f"G-{secrets.token_hex(6)}",
        first_name=first[:80],
        last_name=last[:80],
        name_key=compared_name(placing.name)[:200],
        email=placing.email,
        language=placing.language,
    )


def _place(
    placing: Placing, worked: Worked, customer: Customer, means: PaymentMeans | None, number: str, at: datetime
) -> Answer:
    quote, delivery = worked.quote, placing.delivery
    order = Order(
        number=order_numbers.next_number(placing.numbers),
        customer=customer,
        status=Order.Status.PAID if means is not None else Order.Status.PENDING,
        placed_at=at,
        email=placing.email,
        currency=quote.total.currency,
        shipping=quote.shipping.amount,
        total=quote.total.amount,
        expected=delivery.expected,
        collect_at=delivery.place if delivery.is_collected else "",
        pay_by=means.kind if means is not None else placing.pay,
        note=placing.note[:MOST_NOTED],
        changed_at=at,
    )
    order.number_key = compared(order.number)
    order.move_to(_addressed(delivery.address, placing.name))
    order.save(force_insert=True)
    lines = _lines(order, worked)
    for line in lines:
        stocking.take(worked.variants[line.sku], line.quantity, delivery.place)
    if means is not None:
        paying.charge(order, means, quote.total.amount, why=Payment.Why.PURCHASE, number=number, at=at)
    Hold.objects.filter(held_by=placing.held_by).exclude(held_by="").delete()
    items = tuple(label(line, line.quantity) for line in lines)
    return receipt(ACT, number, at, order, items=items, total=quote.total, customer=customer.pk)


def _addressed(address: PostalAddress, name: str) -> PostalAddress:
    return PostalAddress(
        address.name or name,
        address.street,
        address.street2,
        address.postcode,
        address.city,
        address.region,
        address.country,
    )


def _lines(order: Order, worked: Worked) -> list[Line]:
    made = []
    for position, quoted in enumerate(worked.quote.lines, 1):
        variant = worked.variants[quoted.sku]
        made.append(
            Line(
                order=order,
                line_id=str(position),
                position=position,
                sku=quoted.sku,
                product=variant.product_id,
                product_name=variant.product.name,
                options=variant.options,
                returnable=variant.product.returnable,
                tax_rate=variant.product.tax_rate,
                quantity=quoted.quantity,
                open_quantity=quoted.quantity,
                price=quoted.unit_price.amount,
                value=quoted.amount.amount,
            )
        )
    return Line.objects.bulk_create(made)
