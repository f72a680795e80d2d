"""Pieces on the shelf of the online shop: taken for new variants, put back when an order is cancelled."""

from __future__ import annotations

from django.db.models import F

from courtesy.commerce.models import Stock, Variant

ONLINE = "online"


def has(variant: Variant, pieces: int) -> bool:
    """Whether so many can be sent now. A variant whose stock is not counted is limited by ``available`` alone."""
    if not variant.available:
        return False
    counted = Stock.objects.filter(variant=variant)
    online = counted.filter(place=ONLINE).first()
    if online is None:
        return not counted.exists()
    return online.pieces >= pieces


def take(variant: Variant, pieces: int) -> None:
    """Take pieces that ``has`` found. The database refuses to go below zero, which undoes the whole deed."""
    Stock.objects.filter(variant=variant, place=ONLINE).update(pieces=F("pieces") - pieces)


def put_back(sku: str, pieces: int) -> None:
    Stock.objects.filter(variant_id=sku, place=ONLINE).update(pieces=F("pieces") + pieces)
