"""Open a return: pieces that arrived are registered to come back, with a number and a label for the parcel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from courtesy.commerce.models import Order, Return, ReturnLine
from courtesy.commerce.papers import labels as paper_labels
from courtesy.commerce.port import Chosen, Receipt, Refusal
from courtesy.commerce.refusals import refuse
from courtesy.commerce.shops.embedded import paying
from courtesy.commerce.shops.embedded.deeds import Answer, once
from courtesy.commerce.shops.embedded.pieces import (
    Pieces,
    check_left,
    delivered_lines,
    find_pieces,
    labels,
    locked,
    worth,
)
from courtesy.commerce.shops.embedded.receipts import receipt
from courtesy.foundation.money import Money

ACT = "open return"


def open_return(
    number: str, items: Sequence[Chosen], reason: str, outcome: str, *, to: str, key: str, at: datetime
) -> Answer:
    """Register a return of delivered pieces. Nothing is paid back here; the receipt says what they are worth."""

    def effect(receipt_number: str) -> Answer:
        order = locked(number)
        if order is None:
            return refuse(ACT, "unknown order", {"order": number})
        chosen = _returnable(order, items)
        if isinstance(chosen, Refusal):
            return chosen
        target = paying.target(ACT, order, to)
        if isinstance(target, Refusal):
            return target
        return _open(order, chosen, reason, outcome, to, receipt_number, at)

    return with_label(once(ACT, number, key, at, effect))


def _returnable(order: Order, items: Sequence[Chosen]) -> list[Pieces] | Refusal:
    if order.status == Order.Status.CANCELLED:
        return refuse(ACT, "already cancelled", {"order": order.number})
    chosen = find_pieces(ACT, order, items)
    if isinstance(chosen, Refusal):
        return chosen
    no = check_left(ACT, order, chosen, with_returned=False)
    return no or check_delivered(ACT, order, chosen) or chosen


def check_delivered(act: str, order: Order, chosen: Sequence[Pieces]) -> Refusal | None:
    delivered = delivered_lines(order)
    missing = [pieces for pieces in chosen if pieces.line.line_id not in delivered]
    if missing:
        return refuse(act, "not delivered", {"order": order.number, "items": labels(missing)})
    return None


def _open(
    order: Order, chosen: Sequence[Pieces], reason: str, outcome: str, to: str, number: str, at: datetime
) -> Receipt:
    items = labels(chosen)
    amount = sum((worth(pieces.line, pieces.quantity, order.currency) for pieces in chosen), Decimal(0))
    amount = min(amount, paying.net_paid(order))
    opened = register(order, chosen, reason, outcome, to, amount, at, settled=False)
    for pieces in chosen:
        pieces.line.open_quantity -= pieces.quantity
        pieces.line.awaiting_refund += pieces.quantity
        pieces.line.save(update_fields=("open_quantity", "awaiting_refund"))
    order.status = Order.Status.RETURN_REQUESTED
    order.changed_at = at
    order.save(update_fields=("status", "changed_at"))
    return receipt(
        ACT,
        number,
        at,
        order,
        Money(amount, order.currency),
        items=items,
        reason=reason,
        outcome=outcome,
        return_number=opened.number,
    )


def register(
    order: Order,
    chosen: Sequence[Pieces],
    reason: str,
    outcome: str,
    to: str,
    amount: Decimal,
    at: datetime,
    *,
    settled: bool,
) -> Return:
    """Write a return with its lines. ``settled``: nothing is owed for the pieces any more (they were exchanged)."""
    opened = Return.objects.create(
        number=_new_number(order),
        order=order,
        reason=reason[:200],
        outcome=outcome[:40],
        to=to[:80],
        amount=amount,
        opened_at=at,
    )
    for pieces in chosen:
        ReturnLine.objects.create(
            opened=opened,
            line_id=pieces.line.line_id,
            quantity=pieces.quantity,
            settled=pieces.quantity if settled else 0,
            reason=pieces.reason[:200],
        )
    return opened


def _new_number(order: Order) -> str:
    """ "RT-TF-10001-2": the order's number and which of its returns this is."""
    base = f"RT-{order.number.removeprefix('#')}"[:35]
    count = order.returns.count() + 1
    while Return.objects.filter(number=f"{base}-{count}").exists():
        count += 1
    return f"{base}-{count}"


def with_label(answer: Answer) -> Answer:
    """Add the label to a receipt that names a return. It is drawn from the records, the same each time."""
    if isinstance(answer, Refusal) or "return number" not in answer.details:
        return answer
    opened = (
        Return.objects.select_related("order__customer")
        .prefetch_related("lines", "order__lines")
        .get(number=answer.details["return number"])
    )
    return replace(answer, document=paper_labels.draw(opened))
