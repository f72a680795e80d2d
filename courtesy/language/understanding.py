"""What a message means: a small closed set of moves, entities and feelings. Values only.

``understand(text, context)`` returns an ``Understanding``; it decides nothing. Spans are (start, end) offsets in
the text as received. Probabilities are calibrated, 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

MoveKind = Literal[
    "wants",  # target = procedure name
    "asks",  # a question for the knowledge base; target = the question's text
    "gives",  # target = slot or entity kind; value
    "corrects",  # target = what is corrected ("order", "items", … or "" when unsaid); value when said
    "chooses",  # value = canonical choice(s) among those offered
    "agrees",
    "declines",
    "thanks",
    "greets",
    "says goodbye",
    "complains",
    "threatens",  # legal action, press, authority, violence: target says which
    "manipulates",  # instructions aimed at the machine: "ignore your rules"
    "stops",  # never mind
    "wants a person",
    "wants repeat",  # say that again
    "asks why",  # a question about the question
    "asks who",  # "are you a robot?"
    "changes language",  # value = language code
    "later",  # not now, wait a moment
    "none",  # nothing of all this: out of scope or unclear
]


@dataclass(frozen=True, slots=True)
class Move:
    kind: MoveKind
    probability: float
    span: tuple[int, int]
    target: str = ""
    value: Any = None
    evidence: str = ""  # words, rule or examples that showed it, for the why-panel


EntityKind = Literal[
    "order number",
    "e-mail",
    "phone",
    "money",
    "date",
    "quantity",
    "product",
    "postcode",
    "card number",
    "iban",
    "address",
    "name",
    "url",
    "number",
    "size",
    "colour",
    "code",
    "time",  # of day
    "period",  # from one day to another: "last week", "in May"
    "duration",  # how long: "8-10 weeks"
    "people",  # how many persons
    "invoice number",
    "account number",
    "reference",  # an identifier that is none of these: a parcel's, a case's, an order's not in the company's pattern
]


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day of a period, both within it; None where it is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, exact or between two: unit is minute, hour, day, night, week, month or year."""

    least: Decimal
    most: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Entity:
    """``value`` is the normal form: str; Money for money; datetime.date for dates, datetime.time for times, Period,
    Duration; Decimal for numbers and quantities; int for people; for addresses a dict with street, postcode, city,
    country, name (each str, may be missing). Card and account numbers are masked, in ``text`` too.

    ``role`` tells more: "from" and "to" for dates and times that begin and end something; "adults" and "children" for
    people; what a reference belongs to ("order", "parcel", …)."""

    kind: EntityKind
    value: Any
    span: tuple[int, int]
    text: str
    probability: float = 1.0
    role: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that was offered or may be chosen: ``value`` is canonical (JSON), ``labels`` all ways of saying it."""

    value: Any
    label: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked last: the slot, its kind (``pack.vocabulary.SLOT_KINDS`` or "confirm", "code", "identity",
    "procedure") and what was offered. ``several`` when more than one choice may be taken."""

    slot: str
    kind: str
    choices: tuple[Choice, ...] = ()
    several: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What sharpens understanding. ``languages``: the company's; ``language``: the conversation's so far."""

    languages: tuple[str, ...] = ("en",)
    language: str = ""
    default_language: str = "en"
    question: Question | None = None
    open_matter: str = ""  # name of the procedure in hand
    order_numbers: tuple[str, ...] = ()  # the customer's own, when known
    items: tuple[Choice, ...] = ()  # items of the orders in view, for "the jacket"
    products: tuple[Choice, ...] = ()  # products already spoken of
    order_number_pattern: str = "######"
    country: str = "ES"
    currency: str = "EUR"
    today: str = ""  # ISO date in the company's time zone, for "yesterday"
    now: str = ""  # ISO time of day there, for "in two hours"


@dataclass(frozen=True, slots=True)
class Feelings:
    """Each 0 to 1, with the words that showed it (by name: "anger", "self-harm", …)."""

    anger: float = 0.0
    distress: float = 0.0
    urgency: float = 0.0
    danger: float = 0.0  # to life or health, own or another's
    sarcasm: float = 0.0
    churn: float = 0.0  # they are about to leave us
    legal: float = 0.0  # they threaten with the law, an authority or the police
    self_harm: float = 0.0
    gambling: float = 0.0  # harm from gambling
    abuse: float = 0.0  # of the one who answers
    evidence: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Understanding:
    text: str  # as understood: card numbers masked, invisible characters removed
    language: str  # of this message; the conversation's when it cannot be told
    language_probability: float
    moves: tuple[Move, ...]  # strongest reading of each part, in the order said
    entities: tuple[Entity, ...]
    feelings: Feelings = Feelings()
    alternatives: tuple[Move, ...] = ()  # close rivals of an uncertain "wants", best first, for a clear question
    readings: tuple[tuple[str, float], ...] = ()  # the message as a whole: procedure or "none", best first
    supported: bool = True  # False: a language the company does not speak
    microseconds: int = 0

    def first(self, kind: MoveKind) -> Move | None:
        return next((move for move in self.moves if move.kind == kind), None)

    def all(self, kind: MoveKind) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.kind == kind)

    def entity(self, kind: EntityKind) -> Entity | None:
        return next((entity for entity in self.entities if entity.kind == kind), None)
