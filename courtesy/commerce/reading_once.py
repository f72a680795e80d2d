"""A shop whose records are read once: for one turn, in which the same order is looked at from many sides.

What was read is forgotten with every deed, so that nothing old is ever told after something changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from courtesy.commerce.port import Shop

READS = frozenset(
    (
        *("order", "orders_of", "customer", "customer_by_email", "customers_by_name", "product", "products"),
        *("returns_of", "quote_refund", "price_difference", "refund_history", "goodwill_history"),
        *("categories", "products_in", "quote"),
    )
)


class _Once:
    """Stands before any shop: reads are kept, everything else passes and makes it forget."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._kept: dict[tuple[Any, ...], Any] = {}

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._shop, name)
        if not callable(found):
            return found
        return self._read(name, found) if name in READS else self._deed(found)

    def _read(self, name: str, read: Callable[..., Any]) -> Callable[..., Any]:
        def once(*given: Any, **named: Any) -> Any:
            key = (name, given, tuple(sorted(named.items())))
            if key not in self._kept:
                self._kept[key] = read(*given, **named)
            return self._kept[key]

        return once

    def _deed(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any, **named: Any) -> Any:
            try:
                return act(*given, **named)
            finally:
                self._kept.clear()

        return done


def read_once(shop: Shop) -> Shop:
    """The same shop, for the length of one turn."""
    return cast(Shop, _Once(shop))
