"""Pieces of order lines: which ones are meant, what each is worth to the cent, and taking them off the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from courtesy.commerce.models import Line, Order, ReturnLine, Shipment
from courtesy.commerce.models.columns import compared
from courtesy.commerce.port import Chosen, Refusal
from courtesy.commerce.refusals import refuse
from courtesy.foundation.money import Money


@dataclass(frozen=True, slots=True)
class Pieces:
    """``quantity`` pieces of one line, with the customer's reason for them."""

    line: Line
    quantity: int
    reason: str = ""


def locked(number: str) -> Order | None:
    """The order, held until the transaction ends."""
    return Order.objects.select_for_update().filter(number_key=compared(number)).first()


def label(line: Line, quantity: int = 1) -> str:
    """ "Gorbea 30 Backpack (green)", with "2 × " before it for more than one."""
    options = ", ".join(value for _, value in line.options)
    name = f"{line.product_name} ({options})" if options else line.product_name
    return name if quantity == 1 else f"{quantity} × {name}"


def labels(chosen: Iterable[Pieces]) -> tuple[str, ...]:
    return tuple(label(pieces.line, pieces.quantity) for pieces in chosen)


def _worth_up_to(line: Line, count: int, currency: str) -> Decimal:
    return Money(line.value * count / line.quantity, currency).amount


def worth(line: Line, quantity: int, currency: str) -> Decimal:
    """What the next ``quantity`` pieces cost. Over any sequence the parts add up to the line's value exactly."""
    closed = line.closed_quantity
    return _worth_up_to(line, closed + quantity, currency) - _worth_up_to(line, closed, currency)


def find_pieces(act: str, order: Order, items: Sequence[Chosen]) -> list[Pieces] | Refusal:
    """The lines meant, in the order's sequence; several mentions of one line are added up."""
    by_id = {compared(line.line_id): line for line in order.lines.order_by("position")}
    wanted: dict[str, tuple[int, str]] = {}
    for item in items:
        key = compared(item.line)
        if key not in by_id:
            return refuse(act, "unknown item", {"order": order.number})
        before, reason = wanted.get(key, (0, ""))
        wanted[key] = (before + item.quantity, item.reason or reason)
    if not wanted or any(quantity < 1 for quantity, _ in wanted.values()):
        return refuse(act, "nothing chosen", {"order": order.number})
    return [Pieces(line, *wanted[key]) for key, line in by_id.items() if key in wanted]


def check_left(act: str, order: Order, chosen: Sequence[Pieces], *, with_returned: bool) -> Refusal | None:
    """Refuse when fewer pieces are left than chosen. ``with_returned``: pieces on their way back count as left."""
    for pieces in chosen:
        line = pieces.line
        left = line.open_quantity + (line.awaiting_refund if with_returned else 0)
        if pieces.quantity <= left:
            continue
        if left:
            return refuse(act, "too many pieces", {"items": labels([Pieces(line, 1)]), "quantity": left})
        return refuse(act, _why_gone(order, line), {"items": labels([Pieces(line, 1)])})
    return None


def _why_gone(order: Order, line: Line) -> str:
    if line.awaiting_refund:
        return "already returned"
    if line.refunded:
        return "already refunded"
    return "already exchanged" if order.swaps.filter(line_id=line.line_id).exists() else "already returned"


def delivered_lines(order: Order) -> dict[str, datetime]:
    """Line id → when its last parcel was delivered; a line with a parcel still on its way is not in it."""
    delivered: dict[str, datetime] = {}
    missing: set[str] = set()
    for shipment in order.shipments.all():
        for line_id in shipment.lines:
            if shipment.status == Shipment.Status.DELIVERED and shipment.delivered_at is not None:
                delivered[line_id] = max(shipment.delivered_at, delivered.get(line_id, shipment.delivered_at))
            elif shipment.status not in (Shipment.Status.LOST, Shipment.Status.RETURNED_TO_SENDER):
                missing.add(line_id)
    return {line_id: at for line_id, at in delivered.items() if line_id not in missing}


def lost_lines(order: Order) -> set[str]:
    """Ids of lines that will not arrive any more: lost, or gone back to us."""
    gone = (Shipment.Status.LOST, Shipment.Status.RETURNED_TO_SENDER)
    parcels = list(order.shipments.all())
    lost = {line_id for parcel in parcels if parcel.status in gone for line_id in parcel.lines}
    return lost - {line_id for parcel in parcels if parcel.status not in gone for line_id in parcel.lines}


def take(order: Order, pieces: Pieces) -> int:
    """Close pieces of a line: those on their way back first, then open ones. Returns how many were open."""
    line, wanted = pieces.line, pieces.quantity
    from_returns = min(wanted, line.awaiting_refund)
    left = from_returns
    sent = ReturnLine.objects.filter(opened__order=order, line_id=line.line_id)
    for row in sent.select_related("opened").order_by("opened__opened_at", "pk"):
        settled = min(left, row.quantity - row.settled)
        if settled:
            row.settled += settled
            row.save(update_fields=("settled",))
            left -= settled
    line.awaiting_refund -= from_returns
    line.open_quantity -= wanted - from_returns
    return wanted - from_returns
