"""How complaints, escalations and people in difficulty are dealt with: what those pages of a pack say.

Everything here is immutable and plain; nothing knows Django, the database or the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from courtesy.pack.place import Place, Text

EndsWith = Literal["acknowledged", "answered", "closed"]
LadderFor = Literal["complaint", "question", "approval", "difficulty"]
RungKind = Literal["functional", "management"]


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A time limit on complaints: ``within`` such as "15 business days", from the moment one is registered.

    ``countries`` and ``categories`` narrow it; empty means all. ``extended_to`` is the longer limit that the law
    allows in exceptional cases, counted from the same beginning. ``pauses_for`` are the reasons for which it may
    stand still."""

    name: str
    within: str
    ends_with: EndsWith
    countries: tuple[str, ...]
    categories: tuple[str, ...]
    article: str  # the law it rests on, "" for the company's own limit
    source: str  # where that law can be read
    warn_before: str  # length of time before it breaks
    extended_to: str
    pauses_for: tuple[str, ...]
    in_force_from: date | None
    in_force_until: date | None
    place: Place

    def applies(self, country: str, category: str, on: date) -> bool:
        return (
            (not self.countries or country in self.countries)
            and (not self.categories or category in self.categories)
            and (self.in_force_from is None or self.in_force_from <= on)
            and (self.in_force_until is None or on <= self.in_force_until)
        )


@dataclass(frozen=True, slots=True)
class Recourse:
    """Who else decides when the customer is not content: an ombudsman, an ADR body, an authority."""

    name: str
    how: Text
    url: str
    countries: tuple[str, ...]
    categories: tuple[str, ...]
    place: Place

    def serves(self, country: str, category: str) -> bool:
        return (not self.countries or country in self.countries) and (
            not self.categories or category in self.categories
        )


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of complaint. ``words``: language → words by which it is told when the complaint is registered."""

    name: str
    title: Text
    words: Mapping[str, tuple[str, ...]]
    severity: Literal["low", "medium", "high"]
    team: str  # "" = the page's
    place: Place


@dataclass(frozen=True, slots=True)
class ComplaintRules:
    """One page of ``complaints/``: a law's clocks, or a company's own way; all pages together are in force."""

    name: str
    owner: str
    team: str
    categories: tuple[Category, ...]
    clocks: tuple[ClockRule, ...]
    recourse: tuple[Recourse, ...]
    follow_up_after: str  # "" = this page says nothing of it
    reopened_within: str
    alternatives: int  # how many an answer that does not grant everything must offer
    place: Place


@dataclass(frozen=True, slots=True)
class Rung:
    kind: RungKind
    to: str  # a team, or a grade
    within: str
    place: Place


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who is asked next, and how long each has to answer."""

    name: str
    serves: tuple[LadderFor, ...]
    owner: str
    rungs: tuple[Rung, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Protocol:
    """What is done for a person in difficulty: said, stopped, who is called, how fast, who reviews it."""

    name: str
    owner: str
    title: Text
    signs: tuple[str, ...]  # of vocabulary.SIGNS
    words: Mapping[str, tuple[str, ...]]
    stops: tuple[str, ...]  # of vocabulary.STOPS
    calls: str  # a team
    within: str  # until a person has answered
    urgent: bool
    hands_over: bool
    complaint: bool  # whether a complaint is registered too
    colleagues: Text  # what the colleague who takes it on should know
    reviewed_by: str  # a grade
    reviewed_within: str
    place: Place

    @property
    def phrase(self) -> str:
        return f"protocol: {self.name}"
