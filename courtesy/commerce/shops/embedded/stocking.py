"""Pieces on the shelf, online and in the stores: counted without what is held for others, taken, and put back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Sum
from django.utils import timezone

from courtesy.commerce.models import Hold, Order, Stock, Variant
from courtesy.commerce.selling.port import ONLINE


def has(variant: Variant, pieces: int) -> bool:
    """Whether so many can be sent now. A variant whose stock is not counted is limited by ``available`` alone."""
    if not variant.available:
        return False
    counted = Stock.objects.filter(variant=variant)
    online = counted.filter(place=ONLINE).first()
    if online is None:
        return not counted.exists()
    return online.pieces - held([variant.pk], ONLINE, timezone.now()).get(variant.pk, 0) >= pieces


def locked(skus: Iterable[str], place: str) -> dict[str, Stock]:
    """The stock rows of these variants at a place, held until the transaction ends; always in the order of their keys,
    so that two who want the same things wait for each other and never both."""
    rows = Stock.objects.select_for_update().filter(variant_id__in=sorted(set(skus)), place=place)
    return {row.variant_id: row for row in rows.order_by("variant_id")}


def held(skus: Iterable[str], place: str, at: datetime, *, besides: str = "") -> dict[str, int]:
    """How many pieces are held there, by sku; those of ``besides`` do not count."""
    holds = Hold.objects.filter(variant_id__in=list(skus), place=place, until__gt=at).exclude(held_by=besides or "-")
    return dict(holds.values_list("variant_id").annotate(pieces=Sum("pieces")))


def left(variant: Variant, wanted: int, place: str, row: Stock | None, others: int, *, counted: bool) -> int:
    """Of the pieces wanted, how many can be had. ``counted``: whether the variant has stock rows at all."""
    if not variant.available:
        return 0
    if row is None:
        return 0 if counted else wanted
    return max(0, min(wanted, row.pieces - others))


def take(variant: Variant, pieces: int, place: str = ONLINE) -> None:
    """Take pieces that are there. The database refuses to go below zero, which undoes the whole deed."""
    Stock.objects.filter(variant=variant, place=place).update(pieces=F("pieces") - pieces)


def put_back(sku: str, pieces: int, place: str = ONLINE) -> None:
    Stock.objects.filter(variant_id=sku, place=place).update(pieces=F("pieces") + pieces)


def shelf_of(order: Order) -> str:
    """Where the pieces of an order lie: in the store where it is collected, else online."""
    return order.collect_at or ONLINE
