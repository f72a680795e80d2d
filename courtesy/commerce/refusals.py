"""Every reason for which a shop may refuse a deed: phrase name → the fields its wording may use.

The records do not admit the deed; that is an answer, not a fault. The list is closed: a shop uses no other ``why``, and
every shipped language words each of them. Fields are filled as written here, the money ones with ``Money``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from courtesy.commerce.port import Refusal

REFUSALS: dict[str, tuple[str, ...]] = {
    # the order as a whole
    "refusal: unknown order": ("order",),
    "refusal: already cancelled": ("order",),
    "refusal: already packed": ("order",),  # cancel: the parcel is closed, but has not left
    "refusal: already shipped": ("order",),
    "refusal: not delivered": ("order", "items"),
    "refusal: items already changed": ("order",),  # items of an unshipped order can be changed once
    "refusal: not paid": ("order",),
    "refusal: no invoice yet": ("order",),
    # its pieces
    "refusal: nothing chosen": ("order",),
    "refusal: unknown item": ("order",),
    "refusal: too many pieces": ("items", "quantity"),  # quantity: how many are left
    "refusal: already returned": ("items",),
    "refusal: already refunded": ("items",),
    "refusal: already exchanged": ("items",),
    "refusal: nothing left to refund": ("order",),
    # what replaces them
    "refusal: unknown variant": ("product",),
    "refusal: other product": ("product", "variant"),  # product: the one ordered; variant: the one named
    "refusal: same variant": ("product", "variant"),
    "refusal: out of stock": ("product", "variant"),
    # an order that is placed
    "refusal: empty basket": (),
    "refusal: no longer in stock": ("product", "variant"),
    "refusal: total changed": ("quoted", "total"),  # what was agreed to, and what it costs now
    # money
    "refusal: unknown payment means": (),  # not on file, or somebody else's: the same words
    "refusal: same payment means": ("payment means",),
    "refusal: balance too low": ("payment means", "balance", "due"),
    "refusal: amount not positive": (),
    "refusal: other currency": ("currency",),
    # people and places
    "refusal: unknown customer": (),
    "refusal: address incomplete": (),
}


def refuse(act: str, why: str, details: Mapping[str, Any] | None = None) -> Refusal:
    """Make a refusal of the closed list; ``why`` is written without its prefix ("already shipped")."""
    name = f"refusal: {why}"
    fields = REFUSALS[name]
    given = dict(details or {})
    if set(given) != set(fields):
        raise LookupError(f"{name!r} takes the fields {fields}, not {tuple(given)}")
    return Refusal(act, name, given)
