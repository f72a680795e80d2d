"""What customers are owed to hear of a delivery: each thing once, and only while it is true."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from courtesy.commerce.models import DeliveryNotice, Order, Shipment

Kind = DeliveryNotice.Kind
AT_ONCE = 200  # notices told in one look
LOOK_BACK = timedelta(days=7)  # a day that passed longer ago is not brought up out of the blue
_GOING = (Order.Status.PAID, Order.Status.PACKED, Order.Status.ITEMS_CHANGED, Order.Status.SHIPPED)
_ON_ITS_WAY = (
    Shipment.Status.LABEL_MADE,
    Shipment.Status.IN_TRANSIT,
    Shipment.Status.OUT_FOR_DELIVERY,
    Shipment.Status.DELAYED,
)


def owe(
    order: Order, parcel: Shipment | None, kind: str, promised: date | None, expected: date | None, at: datetime
) -> None:
    """Owe a notice; the same one twice is one. What was owed before of this parcel and not said is overtaken."""
    position = parcel.position if parcel is not None else None
    about = "" if kind in (Kind.LOST, Kind.RETURNED_TO_SENDER) else (expected or promised or "")
    row, new = DeliveryNotice.objects.get_or_create(
        key=f"{order.pk}|{position or ''}|{kind}|{about}",
        defaults={
            "order": order,
            "position": position,
            "kind": kind,
            "promised": promised,
            "expected": expected,
            "owed_at": at,
        },
    )
    if new:
        older = DeliveryNotice.objects.filter(order=order, position=position, settled_at=None).exclude(pk=row.pk)
        older.update(settled_at=at, outcome="overtaken")


def owed(at: datetime) -> list[int]:
    """What waits to be said, the longest first."""
    rows = DeliveryNotice.objects.filter(settled_at=None, owed_at__lte=at).order_by("owed_at", "pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def hold(notice: int) -> DeliveryNotice | None:
    """The notice and its order, both held until the transaction ends; None when it is settled already."""
    order = DeliveryNotice.objects.filter(pk=notice).values_list("order", flat=True).first()
    held = Order.objects.select_for_update().filter(pk=order).first()
    row = DeliveryNotice.objects.select_for_update().filter(pk=notice, settled_at=None).first()
    if row is not None and held is not None:
        row.order = held
    return row


def settle(notice: DeliveryNotice, outcome: str, at: datetime, conversation: str = "") -> None:
    DeliveryNotice.objects.filter(pk=notice.pk).update(settled_at=at, outcome=outcome, conversation=conversation)


def parcel_of(notice: DeliveryNotice) -> Shipment | None:
    if notice.position is None:
        return None
    return notice.order.shipments.filter(position=notice.position).first()


def is_true(notice: DeliveryNotice) -> bool:
    """Whether it is still so: nothing arrived meanwhile, nothing was called off or given back."""
    order, parcel = notice.order, parcel_of(notice)
    if order.status not in _GOING or not _has_open_pieces(order, parcel):
        return False
    if notice.kind in (Kind.LOST, Kind.RETURNED_TO_SENDER):
        return parcel is not None and parcel.status == notice.kind
    if parcel is None:
        return notice.position is None and not order.shipments.exists() and order.expected == notice.promised
    if parcel.status not in _ON_ITS_WAY:
        return False
    return notice.kind == Kind.DELAYED or promised_day(order, parcel) == notice.promised


def promised_day(order: Order, parcel: Shipment | None) -> date | None:
    """The day that was named last for this parcel."""
    return (parcel.expected if parcel is not None else None) or order.expected


def _has_open_pieces(order: Order, parcel: Shipment | None) -> bool:
    lines = order.lines.filter(open_quantity__gt=0)
    if parcel is not None and parcel.lines:
        lines = lines.filter(line_id__in=parcel.lines)
    return lines.exists()


def look_for_late(today: date, after: int, at: datetime) -> int:
    """Owe a notice for each delivery whose promised day is ``after`` days past, and of which nothing was said; returns
    how many are new."""
    last = today - timedelta(days=after)
    first = last - LOOK_BACK
    passed = Q(expected__range=(first, last)) | Q(shipments__expected__range=(first, last))
    numbers = Order.objects.filter(passed, status__in=_GOING).values_list("pk", flat=True).distinct()
    before = DeliveryNotice.objects.count()
    for number in list(numbers):
        with transaction.atomic():
            _look_at(Order.objects.select_for_update().get(pk=number), first, last, at)
    return DeliveryNotice.objects.count() - before


def _look_at(order: Order, first: date, last: date, at: datetime) -> None:
    parcels: list[Shipment | None] = [*order.shipments.order_by("position")]
    for parcel in parcels or [None]:
        promised = promised_day(order, parcel)
        if promised is None or not first <= promised <= last or not _has_open_pieces(order, parcel):
            continue
        if parcel is not None and parcel.status not in _ON_ITS_WAY:
            continue
        position = parcel.position if parcel is not None else None
        told = DeliveryNotice.objects.filter(order=order, position=position, promised=promised, expected=None)
        if not told.exists():
            owe(order, parcel, Kind.LATE, promised, None, at)
