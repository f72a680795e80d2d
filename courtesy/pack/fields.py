"""The fields that phrases may show: ``{order}``, ``{amount}`` … and what they come from.

A sentence with a field that nothing fills is left out of the reply, so a wrong name would silently say less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from courtesy.pack.model import Ask, Do, If, LookUp, Promise, Step
from courtesy.pack.vocabulary import ACTS, BUILT_IN, Vocabulary

DIFFERENCE = ("price difference", "to pay", "to get back")
ALWAYS = ("company", "matter", "representative")
OF_ORDER = (
    "order", "status", "order status", "total", "order total", "date", "address", "expected", "delivered", "all items",
    "items", "paid with", "carrier", "tracking", "tracking url", "tracking status", "tracking lines", "amount",
    "shipping refund", *DIFFERENCE,
)  # fmt: skip
OF_PRODUCT = ("product", "price", "prices", "stock")
OF_BOOKING = ("booking", "service", "place", "place address", "appointment")
OF_QUOTE = (
    "order lines", "collect at", "delivery cost", "free delivery", "days", "total", "order total", "tax",
    "payment", "note",
)  # fmt: skip
OF_LOOK_UP: dict[str, tuple[str, ...]] = {
    "order": OF_ORDER,
    "customer": (),
    "tracking": OF_ORDER,
    "product": OF_PRODUCT,
    "stock": OF_PRODUCT,
    "price": OF_PRODUCT,
    "return": (*OF_ORDER, "returns", "return number"),
    "credit balance": ("amount", "balance", "balance line"),
    "shipping cost": ("country", "days", "shipping cost", "free", "shipping line", "amount"),
    "booking": (*OF_BOOKING, "old appointment"),
    "range": (),
    "quote": OF_QUOTE,
    "comparison": (),
    "companions": (),
    "substitutes": (),
}
# What a receipt tells, over the act's own arguments.
OF_RECEIPT = (
    "receipt", "order", "amount", "items", "reason", "refund to", "gift card", "shipping", "parts", "credit note",
)  # fmt: skip
OF_ACT: dict[str, tuple[str, ...]] = {
    "cancel order": (),
    "change address": ("new address", "old address"),
    "change items": ("old items", "new items", "new variants", *DIFFERENCE, "payment means"),
    "change payment": ("payment means", "old payment means", "due"),
    "open return": ("return number", "label", "send by", "drop off", "return address", "outcome"),
    "refund": ("shipping",),
    "exchange": ("return number", "old items", "new items", "new variants", *DIFFERENCE, "payment means"),
    "send invoice": ("invoice number", "invoice", "document"),
    "change contact address": ("new address", "old address"),
    "goodwill credit": ("balance", "payment means"),
    "register complaint": ("number", "due", "complaint"),
    "ask a colleague": ("question", "team", "within"),
    "book appointment": (*OF_BOOKING, "booked for"),
    "change appointment": (*OF_BOOKING, "booked for", "old appointment"),
    "cancel appointment": (*OF_BOOKING, "booked for"),
    "place order": (*OF_ORDER, *OF_QUOTE),
    "join waiting list": ("booking", "service", "place"),
}  # fmt: skip
OF_PROMISE = ("due", "date", "what")
ALL = frozenset((*ALWAYS, *OF_RECEIPT, *OF_PROMISE)).union(
    *OF_LOOK_UP.values(), *OF_ACT.values(), *((*act.needs, *act.takes) for act in ACTS.values())
)


def every_step(steps: Iterable[Step]) -> Iterator[Step]:
    """All steps, those inside branches included."""
    for step in steps:
        yield step
        if isinstance(step, If):
            yield from every_step((*step.then, *step.otherwise))


def fields_of(steps: Iterable[Step], vocabulary: Vocabulary = BUILT_IN) -> frozenset[str]:
    """What these steps can have brought to light by their end."""
    found = set(ALWAYS)
    for step in every_step(steps):
        if isinstance(step, Ask):
            found.add(step.slot)
        elif isinstance(step, LookUp):
            found.update(OF_LOOK_UP.get(step.what, ()), vocabulary.fields.get(step.what, ()))
        elif isinstance(step, Do):
            found.update(OF_RECEIPT, OF_ACT.get(step.act, ()), vocabulary.fields.get(step.act, ()))
        elif isinstance(step, Promise):
            found.update(OF_PROMISE)
    return frozenset(found)
