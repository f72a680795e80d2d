"""Pay back pieces of an order: exactly what they cost, once, and delivery when a whole order goes back in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from courtesy.commerce.models import Order, Payment, Return, ReturnLine
from courtesy.commerce.models.columns import compared
from courtesy.commerce.port import Chosen, RefundQuote, Refusal
from courtesy.commerce.refusals import refuse
from courtesy.commerce.shops.embedded import crediting, paying
from courtesy.commerce.shops.embedded.deeds import Answer, once
from courtesy.commerce.shops.embedded.pieces import (
    Pieces,
    check_left,
    delivered_lines,
    find_pieces,
    label,
    labels,
    locked,
    lost_lines,
    take,
    worth,
)
from courtesy.commerce.shops.embedded.receipts import receipt
from courtesy.foundation.money import Money

ACT = "refund"
WITHDRAWAL_DAYS = 14  # Directive 2011/83/EU, articles 9 and 13: delivery cost goes back with a withdrawal in time


@dataclass(frozen=True, slots=True)
class Worked:
    """A refund worked out, not done: what each line pays and how much delivery cost goes back."""

    order: Order
    pieces: tuple[Pieces, ...]
    amounts: tuple[Decimal, ...]
    shipping: Decimal
    to: paying.Target

    @property
    def total(self) -> Decimal:
        return sum(self.amounts, self.shipping)


def quote_refund(number: str, items: Sequence[Chosen], to: str, *, at: datetime) -> RefundQuote | Refusal:
    """What ``refund`` would pay now; changes nothing."""
    order = Order.objects.filter(number_key=compared(number)).first()
    if order is None:
        return refuse(ACT, "unknown order", {"order": number})
    worked = work_out(ACT, order, items, to, at)
    if isinstance(worked, Refusal):
        return worked
    currency = order.currency
    return RefundQuote(
        items=Money(sum(worked.amounts, Decimal(0)), currency),
        shipping=Money(worked.shipping, currency),
        total=Money(worked.total, currency),
        parts=tuple(
            (part.means or part.kind, Money(part.amount, currency))
            for part in paying.plan(order, worked.total, worked.to)
        ),
    )


def refund(number: str, items: Sequence[Chosen], reason: str, *, to: str, key: str, at: datetime) -> Answer:
    """Pay back the chosen pieces; those on their way back in a return are meant first."""

    def effect(receipt_number: str) -> Answer:
        order = locked(number)
        if order is None:
            return refuse(ACT, "unknown order", {"order": number})
        worked = work_out(ACT, order, items, to, at)
        return worked if isinstance(worked, Refusal) else _refund(worked, reason, receipt_number, at)

    return crediting.with_credit_note(once(ACT, number, key, at, effect))


def work_out(act: str, order: Order, items: Sequence[Chosen], to: str, at: datetime) -> Worked | Refusal:
    """Check the records and compute the refund; changes nothing."""
    if order.status == Order.Status.CANCELLED:
        return refuse(act, "already cancelled", {"order": order.number})
    chosen = find_pieces(act, order, items)
    if isinstance(chosen, Refusal):
        return chosen
    no = check_left(act, order, chosen, with_returned=True) or _check_arrived(act, order, chosen)
    if no is not None:
        return no
    target = paying.target(act, order, to)
    if isinstance(target, Refusal):
        return target
    left = paying.net_paid(order)
    amounts = []
    for pieces in chosen:
        amount = min(worth(pieces.line, pieces.quantity, order.currency), left)
        amounts.append(amount)
        left -= amount
    shipping = min(_shipping_back(order, chosen, at), left)
    worked = Worked(order, tuple(chosen), tuple(amounts), shipping, target)
    if worked.total <= 0:
        return refuse(act, "nothing left to refund", {"order": order.number})
    return worked


def _check_arrived(act: str, order: Order, chosen: Sequence[Pieces]) -> Refusal | None:
    """Only pieces that arrived, or that never will, are paid back; what is on its way may still arrive."""
    settled = delivered_lines(order).keys() | lost_lines(order)
    missing = [pieces for pieces in chosen if pieces.line.line_id not in settled]
    if missing:
        return refuse(act, "not delivered", {"order": order.number, "items": labels(missing)})
    return None


def _shipping_back(order: Order, chosen: Sequence[Pieces], at: datetime) -> Decimal:
    """Delivery cost to give back: all of it when the last pieces of an order go back in time, or never arrived."""
    closing = {pieces.line.line_id: pieces.quantity for pieces in chosen}
    for line in order.lines.all():
        rest = line.open_quantity + line.awaiting_refund - closing.get(line.line_id, 0)
        if rest or order.swaps.filter(line_id=line.line_id, new_line_id__gt="").exclude(new_line_id=line.line_id):
            return Decimal(0)
    arrived = delivered_lines(order)
    if arrived and _noticed(order, chosen, at).date() > _deadline(max(arrived.values()).date()):
        return Decimal(0)
    left: Decimal = order.shipping - order.shipping_refunded
    return left


def _noticed(order: Order, chosen: Sequence[Pieces], at: datetime) -> datetime:
    """When the customer last told us of pieces that go back: the return's date, or now for those without one."""
    if any(pieces.quantity > pieces.line.awaiting_refund for pieces in chosen):
        return at
    lines = [pieces.line.line_id for pieces in chosen]
    rows = ReturnLine.objects.filter(opened__order=order, line_id__in=lines).select_related("opened")
    times = [row.opened.opened_at for row in rows if row.settled < row.quantity]
    return max(times, default=at)


def _deadline(delivered: date) -> date:
    """The last day to withdraw; one that falls on a weekend moves to Monday (Regulation 1182/71, article 3)."""
    last = delivered + timedelta(days=WITHDRAWAL_DAYS)
    return last + timedelta(days=max(0, 7 - last.weekday())) if last.weekday() >= 5 else last


def _refund(worked: Worked, reason: str, number: str, at: datetime) -> Answer:
    order = worked.order
    items = labels(worked.pieces)
    for pieces, amount in zip(worked.pieces, worked.amounts, strict=True):
        take(order, pieces)
        pieces.line.refunded += amount
        pieces.line.save(update_fields=("open_quantity", "awaiting_refund", "refunded"))
    close_settled_returns(order)
    parts = paying.pay_back(order, worked.total, worked.to, why=Payment.Why.REFUND, number=number, at=at)
    order.shipping_refunded += worked.shipping
    order.changed_at = at
    if not any(line.open_quantity or line.awaiting_refund for line in order.lines.all()):
        order.status = Order.Status.RETURNED
    order.save(update_fields=("shipping_refunded", "changed_at", "status"))
    shipping = Money(worked.shipping, order.currency)
    total = Money(worked.total, order.currency)
    done = receipt(ACT, number, at, order, total, items=items, reason=reason, shipping=shipping, parts=parts)
    return crediting.noting(done, _credited(worked, reason, number, at))


def _credited(worked: Worked, reason: str, number: str, at: datetime) -> str:
    back = [
        crediting.of_line(pieces.line, label(pieces.line), pieces.quantity, amount)
        for pieces, amount in zip(worked.pieces, worked.amounts, strict=True)
    ]
    return crediting.credit(worked.order, back, worked.shipping, why="refund", reason=reason, receipt=number, at=at)


def close_settled_returns(order: Order) -> None:
    """A return whose pieces are all paid back is refunded; one that was exchanged stays open until goods are in."""
    going = Return.objects.filter(order=order, status__in=(Return.Status.OPEN, Return.Status.RECEIVED))
    for opened in going.exclude(outcome="exchange").prefetch_related("lines"):
        if all(row.settled == row.quantity for row in opened.lines.all()):
            opened.status = Return.Status.REFUNDED
            opened.save(update_fields=("status",))
