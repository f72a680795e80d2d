"""The words of selling: what is looked up in the range, and what is said about it."""

from __future__ import annotations

SELLING_LOOK_UPS = {
    "range": "What the customer looks for in the range: kind of goods, price, size, colour, place; a few at a time.",
    "comparison": "Two or three products side by side: those named, or those shown last.",
    "companions": "What goes with a product or kind of goods, by the table 'range'.",
    "substitutes": "What there is instead, when the product looked up is sold out as asked for.",
}

# Said by a company whose procedures look through the range; each shipped language words them in the base pack 'retail'.
RANGE_PHRASES: dict[str, tuple[str, ...]] = {
    "ask: sought": (),
    "ask: which product": (),
    "ask: compared": (),
    "ask: companion of": (),
    "range: line": ("product", "price"),
    "range: line from": ("product", "from"),
    "range: found": ("options", "more"),
    "range: one": ("options", "more"),
    "range: near": ("options",),
    "range: nothing fits": (),
    "range: not sold": ("sought",),
    "range: nothing of that kind": (),
    "range: product": ("product", "price", "sizes", "stock", "text"),
    "range: as you like": (),
    "range: instead": ("options",),
    "range: compared": ("options", "product", "difference"),
    "range: compared line": ("product", "price", "text", "sizes", "stock"),
    "range: cannot compare": (),
    "range: there": (),
    "range: goes with": ("product", "options"),
    "range: nothing goes with it": (),
}
