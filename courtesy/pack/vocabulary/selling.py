"""The words of selling: what is looked up in the range, and what is said about it."""

from __future__ import annotations

from courtesy.pack.vocabulary.acts import Act
from courtesy.pack.vocabulary.facts import FactKind

SELLING_LOOK_UPS = {
    "range": "What the customer looks for in the range: kind of goods, price, size, colour, place; a few at a time.",
    "comparison": "Two or three products side by side: those named, or those shown last.",
    "companions": "What goes with a product or kind of goods, by the table 'range'.",
    "quote": "What the order in hand costs now and whether it is there; the pieces are kept for a short while.",
    "substitutes": "What there is instead, when the product looked up is sold out as asked for.",
}

SELLING_ACTS = (
    Act(
        "place order",
        ("basket",),
        ("delivery", "delivery address", "recipient", "order e-mail", "payment"),
        says="Places the order that was read back, for exactly its total; stock is taken, a stored means is charged.",
    ),
)
SELLING_FACTS = (
    FactKind(
        "paid by",
        "word",
        "How an order that is placed is paid.",
        ("bank transfer", "invoice", "at the counter", "stored means"),
    ),
    FactKind(
        "days since address change",
        "number",
        "Whole days since this customer's address, or that of an order of theirs, was last changed; at most 365.",
    ),
)
SELLING_SLOT_KINDS = {
    "basket": "What is ordered: products with size, colour and number of pieces, one after the other until it is all.",
    "delivery": "Home delivery, or a store of the table 'stores' where it is collected.",
    "delivery address": "Where an order goes; the address in the account only of who has proven to be its owner.",
    "way to pay": "One of the written ways, or a stored means of a proven customer; at the counter what is collected.",
}
SELLING_USUAL_KINDS = {
    "basket": "basket",
    "delivery address": "delivery address",
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

# Said by a company whose procedures place orders.
ORDERING_PHRASES: dict[str, tuple[str, ...]] = {
    "order: which of these": ("options",),
    "order: which variant": ("product", "options", "sizes"),
    "order: which size": ("product", "sizes"),
    "order: anything else": ("order lines",),
    "order: what else": (),
    "order: only so many": ("item", "left"),
    "order: sold out": ("item",),
    "order: sold out and nothing instead": ("item",),
    "order: not in that": ("product",),
    "order: not in that store": ("item", "place"),
    "order: no delivery there": ("country",),
    "order: free delivery": (),
    "order: prove first": (),
    "order: no card numbers": (),
    "choice: that is all": (),
    "choice: at the counter": (),
}
