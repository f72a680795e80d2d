"""Rights and terms of the law as values: plain, immutable, each with its article and the days it is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from courtesy.pack.model import Clause, Place, Text

RightKind = Literal["withdrawal", "conformity", "cancellation", "delay"]
TermKind = Literal["withdrawal", "refund", "delivery", "conformity", "answer"]
RIGHT_KINDS: tuple[RightKind, ...] = ("withdrawal", "conformity", "cancellation", "delay")
TERM_KINDS: tuple[TermKind, ...] = ("withdrawal", "refund", "delivery", "conformity", "answer")


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example of a right: what differs from the page's ordinary case, and whether the right is there."""

    given: Mapping[str, Any]
    granted: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Right:
    """What a customer may have. ``protects``: the acts that no company rule may refuse while ``when`` holds."""

    name: str
    kind: RightKind
    article: str
    law: str  # name of the page: "European Union"
    in_force_from: date
    in_force_until: date | None
    protects: tuple[str, ...]
    when: tuple[Clause, ...]
    says: Text
    ordinary: Mapping[str, Any]
    examples: tuple[Case, ...]
    place: Place

    def in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A worked example of a term: the day it is counted from, and its last day."""

    start: date
    ends: date
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time that the law sets. ``counting`` says which days do not count and whether the end moves on."""

    name: str
    kind: TermKind
    article: str
    law: str
    in_force_from: date
    in_force_until: date | None
    length: int
    unit: Literal["days", "working days", "weeks", "months", "years"]
    counted_from: str
    moves: bool  # an end on a Saturday, Sunday or holiday moves to the next working day
    saturdays_work: bool
    says: Text
    examples: tuple[Reckoning, ...]
    place: Place

    def in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class Law:
    """One page: the rights and terms of a country, or of a union of countries."""

    name: str
    countries: tuple[str, ...]  # ISO 3166-1 alpha-2
    builds_on: str | None
    note: Text
    rights: tuple[Right, ...]
    terms: tuple[Term, ...]
    place: Place
