"""What each grade may decide alone: limits per act, per customer and per day, as a page of a pack says them.

Everything here is immutable and plain; nothing knows Django, the database or the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from courtesy.foundation.money import Money
from courtesy.pack.place import Place, Text

AUTOMATIC = "automatic representative"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one grade may do alone; None is no limit, and ``may`` False is nothing at all."""

    place: Place
    may: bool = True
    each: Money | None = None
    customer_day: Money | None = None
    day: Money | None = None
    customer_times: int | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """One page of ``authority/``: its acts are counted together. All pages in force bind; the strictest decides."""

    name: str
    owner: str
    in_force_from: date | None
    in_force_until: date | None
    acts: tuple[str, ...]
    because: Text
    limits: Mapping[str, Limits]  # AUTOMATIC or a grade → its limits; one that is not named may do nothing alone
    place: Place
    undo_within: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # act → length of time
    undo_places: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))

    def in_force(self, on: date) -> bool:
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.in_force_until is None or on <= self.in_force_until)
