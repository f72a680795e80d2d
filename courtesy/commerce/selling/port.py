"""The selling part of the shop port: the range to look through. A shop need not have it; then a person sells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from courtesy.commerce.port import Product, Shop


class Selling(Protocol):
    """A shop whose range can be looked through."""

    def categories(self) -> Sequence[str]:
        """Every kind of goods that the shop has a product of, as the shop calls it."""
        ...

    def products_in(self, categories: Sequence[str]) -> Sequence[Product]:
        """The products of these categories, with variants and stock; the first few hundred by id."""
        ...


def selling(shop: Shop) -> Selling | None:
    """The same shop, where it can sell; None where it only keeps orders."""
    return cast(Selling, shop) if hasattr(shop, "products_in") else None
