"""The words of deliveries: what customers are told of before they ask, and with which phrases."""

from __future__ import annotations

DELIVERY_TROUBLES: dict[str, str] = {
    "late": "The promised day passed and nothing arrived.",
    "delayed": "The carrier says that it comes later than promised.",
    "lost": "The carrier has lost it.",
    "returned to sender": "It is on its way back to us.",
}

_PARCEL = ("order", "items", "promised", "expected", "carrier", "tracking", "url")

# Said by a company with "delivery notices"; each shipped language words them in the base pack 'retail'.
DELIVERY_PHRASES: dict[str, tuple[str, ...]] = {
    "delivery: subject": ("order",),
    **{f"delivery: {trouble}": _PARCEL for trouble in DELIVERY_TROUBLES},
    "delivery: no new day": (),
    "delivery: follow it": ("carrier", "tracking", "url"),
    "delivery: may cancel": ("order",),
    "delivery: may have it back": ("order", "amount"),
    "delivery: say which": (),
    "delivery: right": ("right", "law"),
    "delivery: answer me": (),
}
