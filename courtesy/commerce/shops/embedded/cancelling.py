"""Cancel an order that has not been packed: stock goes back on the shelf, all that was paid goes back."""

from __future__ import annotations

from datetime import datetime

from courtesy.commerce.models import Order, Payment
from courtesy.commerce.port import Refusal
from courtesy.commerce.refusals import refuse
from courtesy.commerce.shops.embedded import crediting, paying, stocking
from courtesy.commerce.shops.embedded.deeds import Answer, once
from courtesy.commerce.shops.embedded.pieces import Pieces, label, labels, locked, worth
from courtesy.commerce.shops.embedded.receipts import receipt
from courtesy.foundation.money import Money

ACT = "cancel order"


def cancel(number: str, reason: str, *, to: str, key: str, at: datetime) -> Answer:
    """Cancel a pending or paid order. A packed one is refused: its parcel is closed and the carrier has been told."""

    def effect(receipt_number: str) -> Answer:
        order = locked(number)
        if order is None:
            return refuse(ACT, "unknown order", {"order": number})
        if (no := why_not_unshipped(ACT, order)) is not None:
            return no
        target = paying.target(ACT, order, to)
        if isinstance(target, Refusal):
            return target
        return _cancel(order, reason, target, receipt_number, at)

    return crediting.with_credit_note(once(ACT, number, key, at, effect))


def why_not_unshipped(act: str, order: Order) -> Refusal | None:
    """The refusal for an order that can no longer be changed; None while it can."""
    if order.is_unshipped:
        return None
    if order.status == Order.Status.CANCELLED:
        return refuse(act, "already cancelled", {"order": order.number})
    if order.status == Order.Status.PACKED:
        return refuse(act, "already packed", {"order": order.number})
    return refuse(act, "already shipped", {"order": order.number})


def _cancel(order: Order, reason: str, target: paying.Target, number: str, at: datetime) -> Answer:
    paid = paying.net_paid(order)
    items, back, left = [], [], paid
    for line in order.lines.order_by("position"):
        if line.open_quantity:
            items.append(Pieces(line, line.open_quantity))
            amount = min(worth(line, line.open_quantity, order.currency), left)
            back.append(crediting.of_line(line, label(line), line.open_quantity, amount))
            left -= amount
            stocking.put_back(line.sku, line.open_quantity, stocking.shelf_of(order))
        line.open_quantity = 0
        if paid >= order.total:
            line.refunded = line.value
        line.save(update_fields=("open_quantity", "refunded"))
    parts = paying.pay_back(order, paid, target, why=Payment.Why.CANCELLATION, number=number, at=at)
    order.status = Order.Status.CANCELLED
    order.cancel_reason = reason[:200]
    order.changed_at = at
    if paid >= order.total:
        order.shipping_refunded = order.shipping
    order.save(update_fields=("status", "cancel_reason", "changed_at", "shipping_refunded"))
    money, shipping = Money(paid, order.currency), min(order.shipping, left)
    note = crediting.credit(order, back, shipping, why="cancellation", reason=reason, receipt=number, at=at)
    done = receipt(ACT, number, at, order, money, items=labels(items), reason=reason, parts=parts)
    return crediting.noting(done, note)
