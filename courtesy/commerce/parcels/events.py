"""Events of parcels: kept before anything else, each applied once to the records, in the order in which it happened."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from courtesy.commerce.models import Order, ParcelEvent, Shipment
from courtesy.commerce.models.columns import compared
from courtesy.commerce.parcels import owing
from courtesy.commerce.parcels.reading import Codes, Reported, Unreadable, cut, id_of, own_id, read

log = logging.getLogger(__name__)

TRIED_AGAIN = timedelta(days=30)  # events of parcels that are not known yet
MOST = 2000  # tried again in one look
_Outcome = ParcelEvent.Outcome
_Status = Shipment.Status
_FOR_GOOD = (_Status.DELIVERED, _Status.LOST, _Status.RETURNED_TO_SENDER)
_TROUBLE = (_Status.LOST, _Status.RETURNED_TO_SENDER)


def take_in(raw: bytes, source: str, codes: Codes, at: datetime) -> dict[str, int]:
    """Keep every event that came, then apply those that are new. Returns how many became what; "known" ones were
    here before. What could not be applied for a fault of ours stays stored and is tried again."""
    new, known = keep(raw, source, at)
    done = Counter({"known": known} if known else {})
    for event in new:
        done[_tried(event, codes, at)] += 1
    if held := done[_Outcome.QUARANTINED]:
        log.warning("events of parcels are in quarantine", extra={"source": source, "events": held})
    return dict(done)


@transaction.atomic
def keep(raw: bytes, source: str, at: datetime) -> tuple[list[int], int]:
    """Store each event with its bytes; returns the new ones, and how many were here before."""
    new, known = [], 0
    for piece in cut(raw):
        row, made = _stored(piece, source, id_of(piece), at)
        if not made and bytes(row.raw) != piece:  # another event under an id that was used: a person looks at it
            row, made = _stored(piece, source, own_id(piece), at)
            if made:
                _put_aside(row, f"the id {id_of(piece)[:80]!r} was used for another event")
        elif made:
            new.append(row.pk)
        known += not made
    return new, known


def _stored(piece: bytes, source: str, id_: str, at: datetime) -> tuple[ParcelEvent, bool]:
    return ParcelEvent.objects.get_or_create(source=source, provider_id=id_, defaults={"raw": piece, "at": at})


def try_again(codes: Codes, at: datetime) -> int:
    """Events that were stored and not applied, or that belonged to no parcel yet; returns how many were applied."""
    rows = ParcelEvent.objects.filter(outcome__in=(_Outcome.STORED, _Outcome.QUARANTINED), at__gte=at - TRIED_AGAIN)
    waiting = list(rows.order_by("happened_at", "pk").values_list("pk", flat=True)[:MOST])
    return sum(_tried(event, codes, at) == _Outcome.APPLIED for event in waiting)


def _tried(event: int, codes: Codes, at: datetime) -> str:
    try:
        return apply(event, codes, at)
    except Exception:  # the next one is not held up
        log.exception("an event of a parcel could not be applied", extra={"event": event})
        return str(_Outcome.STORED)


@transaction.atomic
def dismiss(event: int, by: str) -> bool:
    """A colleague looked at it, and nothing is to be done; the bytes stay kept. False when it is settled already."""
    row = ParcelEvent.objects.select_for_update().filter(pk=event, outcome=_Outcome.QUARANTINED).first()
    if row is None:
        return False
    row.outcome, row.reason = _Outcome.DISMISSED, f"{row.reason[:200]}; dismissed by {by}"[:300]
    row.save(update_fields=("outcome", "reason"))
    return True


@transaction.atomic
def apply(event: int, codes: Codes, at: datetime) -> str:
    """Bring one event into the records. Safe to call twice; returns what became of it."""
    row = ParcelEvent.objects.select_for_update().get(pk=event)
    if row.outcome in (_Outcome.APPLIED, _Outcome.OUTDATED, _Outcome.DISMISSED) or row.reason.startswith("the id "):
        return row.outcome
    try:
        reported = read(bytes(row.raw), row.source, codes)
        parcel = _find(reported)
    except Unreadable as error:
        return _put_aside(row, str(error))
    order = Order.objects.select_for_update().get(pk=parcel.order_id)
    parcel.refresh_from_db()
    row.order, row.position, row.status, row.happened_at = order, parcel.position, reported.status, reported.at
    row.reason = ""
    row.outcome = _Outcome.OUTDATED if _is_behind(row, parcel) else _Outcome.APPLIED
    row.save()
    if row.outcome == _Outcome.APPLIED:
        promised = owing.promised_day(order, parcel)
        _change(order, parcel, reported)
        _owe(order, parcel, reported, promised, at)
    return row.outcome


def _put_aside(row: ParcelEvent, reason: str) -> str:
    row.outcome, row.reason = _Outcome.QUARANTINED, reason[:300]
    row.save(update_fields=("outcome", "reason"))
    return row.outcome


def _find(reported: Reported) -> Shipment:
    """The parcel that is meant. Raises Unreadable where it is none, or might be several."""
    parcels = Shipment.objects.order_by("pk")
    if reported.order:
        parcels = parcels.filter(order__number_key=compared(reported.order))
    if reported.tracking:
        found = list(parcels.filter(tracking=reported.tracking)[:3])
        found = found or list(parcels.filter(tracking__iexact="".join(reported.tracking.split()))[:3])
    else:
        found = list(parcels[:3])
    going = [parcel for parcel in found if parcel.status not in _FOR_GOOD] or found
    name = f"tracking number {reported.tracking!r}" if reported.tracking else f"order {reported.order!r}"
    if not going:
        raise Unreadable(f"no parcel with the {name} is known yet")
    if len(going) > 1:
        raise Unreadable(f"several parcels have the {name}; name the order and the tracking number")
    return going[0]


def _is_behind(row: ParcelEvent, parcel: Shipment) -> bool:
    """Whether something newer is known of the parcel, or it has arrived and this is only about its way."""
    newer = ParcelEvent.objects.filter(
        order=row.order, position=row.position, outcome=_Outcome.APPLIED, happened_at__gt=row.happened_at
    )
    arrived = parcel.status == _Status.DELIVERED and row.status not in _FOR_GOOD
    return arrived or newer.exclude(pk=row.pk).exists()


def _change(order: Order, parcel: Shipment, reported: Reported) -> None:
    parcel.status = reported.status
    if reported.expected is not None:
        parcel.expected = reported.expected
    if reported.status == _Status.DELIVERED:
        parcel.delivered_at = reported.at
    parcel.save(update_fields=("status", "expected", "delivered_at"))
    before = order.status
    if reported.status != _Status.LABEL_MADE and order.status in (
        Order.Status.PAID,
        Order.Status.PACKED,
        Order.Status.ITEMS_CHANGED,
    ):
        order.status = Order.Status.SHIPPED
    if order.status == Order.Status.SHIPPED and _is_all_there(order):
        order.status = Order.Status.DELIVERED
    if order.status != before:
        order.save(update_fields=("status",))


def _is_all_there(order: Order) -> bool:
    parcels = list(order.shipments.all())
    there = {line for parcel in parcels for line in parcel.lines}
    wanted = set(order.lines.filter(open_quantity__gt=0).values_list("line_id", flat=True))
    return all(one.status == _Status.DELIVERED for one in parcels) and (not there or wanted <= there)


def _owe(order: Order, parcel: Shipment, reported: Reported, promised: date | None, at: datetime) -> None:
    """What the customer is to hear of it: that it is lost or going back, or comes later than was said."""
    if reported.status in _TROUBLE:
        owing.owe(order, parcel, reported.status, promised, None, at)
        return
    if reported.status == _Status.DELIVERED:
        return
    if reported.expected is None or promised is None:
        later = reported.status == _Status.DELAYED
    else:
        later = reported.expected > promised
    if later:
        owing.owe(order, parcel, owing.Kind.DELAYED, promised, reported.expected, at)


def hold_to(number: str) -> None:
    """What a carrier said for good is not undone by older books: say it again of the order's parcels."""
    events = ParcelEvent.objects.filter(Q(outcome=_Outcome.APPLIED), order_id=number).order_by("happened_at", "pk")
    last = {event.position: event for event in events}
    for parcel in Shipment.objects.filter(
        order_id=number, position__in=[one for one in last if one is not None]
    ).exclude(status__in=_FOR_GOOD):
        event = last[parcel.position]
        if event.status in _FOR_GOOD:
            parcel.status = event.status
            parcel.delivered_at = event.happened_at if event.status == _Status.DELIVERED else None
            parcel.save(update_fields=("status", "delivered_at"))
