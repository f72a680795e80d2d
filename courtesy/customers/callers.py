"""Finding a caller among many persons by postcode, name and date of birth as heard, or saying that nobody fits.

Nobody is taken for another: one item alone identifies no one, and what is left of doubt must be a thousandth at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from courtesy.language.identity.comparing import Item, Persons

ITEMS: tuple[Item, ...] = ("postcode", "name", "birth")
TRIES = 3
STRANGER = 0.2  # of all callers, taken to be none of the persons
CERTAIN = 0.999
_SPEAKS = 2.0  # nats from which an item speaks for a person


@dataclass(frozen=True, slots=True)
class HeardItem:
    """One item, every attempt at it, each with the recogniser's readings, best first."""

    item: Item
    attempts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """``identified``: ``person`` is who calls. ``ask again``: ``item`` tells least so far. ``not found``: nobody "
    "fits."""

    status: Literal["identified", "ask again", "not found"]
    person: str = ""
    certainty: float = 0.0
    item: Item | None = None


def look_up(persons: Persons, heard: Sequence[HeardItem], *, without: str = "") -> Found:
    """Who is calling. ``without``: a person who is left out, to see whether another would be taken for them."""
    spoken = {one.item: persons.compare(one.item, one.attempts) for one in heard}
    if not spoken or not persons.ids:
        return Found("ask again", item=ITEMS[0])
    nats = np.stack(list(spoken.values()))
    total = nats.sum(axis=0)
    if without in persons.ids:
        total[persons.ids.index(without)] = -np.inf
    best = int(total.argmax())
    weights = np.exp(total - total[best])
    everybody = weights.sum() + STRANGER / (1 - STRANGER) * len(persons.ids) * np.exp(-total[best])
    certainty = float(1 / everybody)
    if certainty >= CERTAIN and int((nats[:, best] >= _SPEAKS).sum()) >= 2:
        return Found("identified", persons.ids[best], certainty)
    tries = {one.item: len(one.attempts) for one in heard}
    open_items = [item for item in ITEMS if tries.get(item, 0) < TRIES]
    if not open_items:
        return Found("not found", certainty=certainty)
    weakest = min(open_items, key=lambda item: float(spoken[item][best]) if item in spoken else -99.0)
    return Found("ask again", certainty=certainty, item=weakest)
