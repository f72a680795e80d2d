"""What an order would cost and whether it is there; and keeping the pieces while the customer thinks it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from courtesy.commerce.models import Hold, Stock, Variant
from courtesy.commerce.port import Refusal
from courtesy.commerce.refusals import refuse
from courtesy.commerce.selling.port import Delivery, Quote, QuotedLine, Wanted
from courtesy.commerce.shops.embedded import stocking
from courtesy.foundation.money import Money

ACT = "place order"
MOST_HELD = 10  # pieces of one variant; more are not kept from others for somebody who only asks


@dataclass(frozen=True, slots=True)
class Worked:
    """A quote with the rows it was made from, in the order of the basket."""

    quote: Quote
    variants: Mapping[str, Variant]


def hold(basket: Sequence[Wanted], place: str, *, by: str, until: datetime, at: datetime) -> None:
    """Keep what there is of the pieces, in place of what was held before. Nothing is held without a counted stock."""
    with transaction.atomic():
        Hold.objects.filter(held_by=by).delete()
        wanted = together(basket)
        rows = stocking.locked(wanted, place)
        others = stocking.held(wanted, place, at)
        Hold.objects.bulk_create(
            [
                Hold(held_by=by, variant_id=sku, place=place, pieces=pieces, until=until)
                for sku, row in rows.items()
                if (pieces := min(wanted[sku], MOST_HELD, row.pieces - others.get(sku, 0))) > 0
            ]
        )


def together(basket: Sequence[Wanted]) -> dict[str, int]:
    """Pieces by sku; several mentions of one variant are added up."""
    wanted: dict[str, int] = {}
    for one in basket:
        wanted[one.sku] = wanted.get(one.sku, 0) + one.quantity
    return wanted


def quote(basket: Sequence[Wanted], delivery: Delivery, *, by: str, at: datetime) -> Quote | Refusal:
    wanted = together(basket)
    rows = {row.variant_id: row for row in Stock.objects.filter(variant_id__in=wanted, place=delivery.place)}
    worked = work_out(wanted, delivery, rows, by=by, at=at)
    return worked if isinstance(worked, Refusal) else worked.quote


def work_out(
    wanted: Mapping[str, int], delivery: Delivery, rows: Mapping[str, Stock], *, by: str, at: datetime
) -> Worked | Refusal:
    """The quote by these stock rows, which a deed has locked."""
    if not wanted or any(quantity < 1 for quantity in wanted.values()):
        return refuse(ACT, "empty basket")
    variants = {row.pk: row for row in Variant.objects.select_related("product").filter(pk__in=wanted)}
    if missing := [sku for sku in wanted if sku not in variants]:
        return refuse(ACT, "unknown variant", {"product": missing[0]})
    currencies = {row.currency for row in variants.values()}
    if len(currencies) > 1:
        return refuse(ACT, "other currency", {"currency": sorted(currencies)[-1]})
    currency = currencies.pop()
    others = stocking.held(wanted, delivery.place, at, besides=by)
    counted = set(Stock.objects.filter(variant_id__in=wanted).values_list("variant_id", flat=True))
    lines = []
    for sku, quantity in wanted.items():
        row = variants[sku]
        left = stocking.left(row, quantity, delivery.place, rows.get(sku), others.get(sku, 0), counted=sku in counted)
        price = Money(row.price, currency)
        lines.append(QuotedLine(sku, row.product_id, quantity, left, price, price.times(quantity)))
    return Worked(_quote(tuple(lines), variants, delivery, currency), variants)


def _quote(lines: tuple[QuotedLine, ...], variants: Mapping[str, Variant], delivery: Delivery, currency: str) -> Quote:
    goods = Money.sum([line.amount for line in lines], currency)
    shipping = Money.zero(currency)
    free = delivery.free_over is not None and goods >= delivery.free_over
    if delivery.fee is not None and not delivery.is_collected and not free:
        shipping = delivery.fee
    tax = Decimal(0)
    for line in lines:
        rate = variants[line.sku].product.tax_rate or Decimal(0)
        tax += line.amount.amount * rate / (100 + rate)
    return Quote(lines, shipping, Money(tax, currency), goods + shipping)
