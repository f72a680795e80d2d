"""Every reason for which the diary refuses: phrase name → the fields its wording may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from courtesy.commerce.port import Refusal

REFUSALS: dict[str, tuple[str, ...]] = {
    "refusal: slot taken": ("appointment", "place"),
    "refusal: slot not offered": ("appointment", "place"),  # outside of hours, too soon, or too far ahead
    "refusal: unknown service": (),
    "refusal: unknown booking": (),  # or somebody else's: the same words
    "refusal: same appointment": ("appointment", "place"),
    "refusal: booking is over": ("booking",),
    "refusal: booking already cancelled": ("booking",),
    "refusal: already on the waiting list": ("booking",),
}
# After these the customer is asked again, with what is free now, instead of the matter ending there.
ASKED_AGAIN = {
    "refusal: slot taken": "appointment",
    "refusal: slot not offered": "appointment",
    "refusal: same appointment": "appointment",
}


def refuse(act: str, why: str, details: Mapping[str, Any] | None = None) -> Refusal:
    """Make a refusal of the closed list; ``why`` is written without its prefix ("slot taken")."""
    name = f"refusal: {why}"
    given = dict(details or {})
    if set(given) != set(REFUSALS[name]):
        raise LookupError(f"{name!r} takes the fields {REFUSALS[name]}, not {tuple(given)}")
    return Refusal(act, name, given)
