"""The range: the kinds of goods there are, and the products of a kind with all that can be bought of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch
from django.utils import timezone

from courtesy.commerce import port
from courtesy.commerce.models import Hold, Product, Variant
from courtesy.commerce.shops.embedded.reading import as_product

MOST = 300  # products looked at for one question


def categories() -> tuple[str, ...]:
    named = Product.objects.exclude(category="").order_by("category").values_list("category", flat=True)
    return tuple(named.distinct())


def products_in(wanted: Sequence[str]) -> tuple[port.Product, ...]:
    holds = Prefetch("holds", Hold.objects.filter(until__gt=timezone.now()))
    variants = Prefetch("variants", Variant.objects.order_by("position", "sku").prefetch_related("stock", holds))
    rows = Product.objects.filter(category__in=list(wanted)).order_by("id").prefetch_related(variants)
    return tuple(as_product(row) for row in rows[:MOST])
