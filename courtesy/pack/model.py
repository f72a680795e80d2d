"""The company's book as values: what a pack says once it has been read and checked.

Everything here is immutable and plain; nothing knows Django, the database or the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from courtesy.foundation.money import Money
from courtesy.pack.authority import Authority
from courtesy.pack.connections import NOT_CONNECTED, Connections
from courtesy.pack.matters import ComplaintRules, Ladder, Protocol
from courtesy.pack.place import Place as Place
from courtesy.pack.place import Text as Text
from courtesy.pack.records import EMPTY_BOOK, Book
from courtesy.pack.vocabulary.built_in import FACTS
from courtesy.pack.vocabulary.facts import FactKind
from courtesy.pack.vocabulary.whole import BUILT_IN, Vocabulary

# --- company.yaml -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of one weekday (0 = Monday); ``spans`` are local times, empty when closed."""

    weekday: int
    spans: tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class DeliveryNotices:
    """Of what customers hear before they ask; ``about`` is empty where the company tells nobody."""

    about: tuple[str, ...] = ()  # of ``vocabulary.DELIVERY_TROUBLES``
    late_after: int = 1  # days after the promised one


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    about: Text
    country: str  # ISO 3166-1 alpha-2
    time_zone: str  # IANA name
    languages: tuple[str, ...]  # BCP 47 primary tags; the first is the default
    currency: str  # ISO 4217
    hours: tuple[Hours, ...]
    holidays: tuple[date, ...]
    teams: tuple[str, ...]  # the first team receives what nobody else is named for
    order_number_pattern: str  # '#' is a digit, '@' a letter, the rest stands for itself: "TF-#####"
    response_times: Mapping[str, Decimal]  # channel kind → hours to the first reply of a person, in opening hours
    contact: Mapping[str, str]  # e-mail, phone, address, website
    colours: Mapping[str, str]  # accent and the like, CSS colours
    representative_name: str
    mail_address: str  # the address that customers write to
    identity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Evidence ("e-mail", "name and postcode", "order number and e-mail", "order number and postcode") → level."""
    departments: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Departments that are asked by mail, with their addresses; one may bear the name of a team."""
    other_languages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Languages that Courtesy is not to speak but a team does: language code → team."""
    wrap_up_codes: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    """How a conversation may have ended: code → its name in the company's languages. Asked when it is closed."""
    wrap_up_needed: bool = False  # whether no colleague closes without one
    questions_to: str = ""  # who is asked what nobody here can answer; "" = the first team
    delivery_notices: DeliveryNotices = DeliveryNotices()


# --- procedures ---------------------------------------------------------------------------------

Condition = Mapping[str, str]
"""Name of a slot or fact → written condition, e.g. ``{"reason": "is arrived damaged or faulty"}``."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """Fetch records: ``what`` is one of ``vocabulary.LOOK_UPS``."""

    what: str
    by: tuple[str, ...]
    place: Place
    again: bool = False  # read anew at this place, though it was looked up before


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the customer for ``slot``; ``kind`` is one of ``vocabulary.SLOT_KINDS``."""

    slot: str
    kind: str
    choices: tuple[str, ...]
    source: str | None  # "from": where the choices come from, one of vocabulary.SOURCES
    for_each: str | None  # ask once for each item of this slot unless one answer covers all
    optional: bool
    place: Place


@dataclass(frozen=True, slots=True)
class If:
    when: Condition  # all must hold
    then: tuple[Step, ...]
    otherwise: tuple[Step, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Confirm:
    """Say ``phrase`` with what is about to happen and wait for an explicit yes."""

    phrase: str
    place: Place


@dataclass(frozen=True, slots=True)
class Do:
    """One act of ``vocabulary.ACTS``, through the guard; ``arguments`` are slot names."""

    act: str
    arguments: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Tell:
    phrase: str
    place: Place


@dataclass(frozen=True, slots=True)
class Promise:
    """Something owed to the customer: ``within`` such as ``"5 business days"``, ``"48 hours"``."""

    what: str
    within: str
    owner: str | None  # a team; None = the company's first team
    place: Place


@dataclass(frozen=True, slots=True)
class ContinueWith:
    procedure: str
    place: Place


@dataclass(frozen=True, slots=True)
class HandOver:
    team: str | None
    because: str | None
    place: Place


Step = LookUp | Ask | If | Confirm | Do | Tell | Promise | ContinueWith | HandOver


# --- guides -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GuideAnswer:
    """One answer to a guide's question; ``value`` is "yes", "no" or a number. ``labels``: language → wordings."""

    value: str
    labels: Mapping[str, tuple[str, ...]]
    then: str
    place: Place


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One place of a guide. Texts: "say", "do this", "ask", "explain"; ``then`` and ``otherwise`` name a step or an end
    ("solved", "hand over", "continue with <procedure>")."""

    name: str
    texts: Mapping[str, Text]
    answers: tuple[GuideAnswer, ...]
    carry_out: tuple[Step, ...]
    when: Condition  # "if": decides between ``then`` and ``otherwise`` from what is known
    then: str
    otherwise: str
    place: Place
    through: str = ""  # another guide that is gone through before ``then``; its steps stand among this guide's
    told_as: str = ""  # under which guide and step its texts stand, where that is another guide

    @property
    def waits(self) -> bool:
        """Whether the customer has something to answer or to do here."""
        return bool(self.texts.get("ask") or self.texts.get("do this"))

    def targets(self) -> tuple[str, ...]:
        return tuple(one for one in (*(a.then for a in self.answers), self.then, self.otherwise) if one)


@dataclass(frozen=True, slots=True)
class Guide:
    """A branching instruction: steps by name, the first one first."""

    steps: Mapping[str, GuideStep]
    team: str | None  # who takes over

    @property
    def first(self) -> str:
        return next(iter(self.steps), "")

    @property
    def through(self) -> frozenset[str]:
        """The guides whose steps stand among its own."""
        return frozenset(step.told_as.partition(" / ")[0] for step in self.steps.values() if step.told_as)


@dataclass(frozen=True, slots=True)
class Procedure:
    name: str
    title: Text  # how the representative names it to a customer ("your return")
    use_when: str
    examples: Mapping[str, tuple[str, ...]]  # "customers say": language → sentences
    not_for: Mapping[str, str]  # what it is not for → name of the right procedure
    steps: tuple[Step, ...]
    hand_over_when: tuple[str, ...]
    kind: Literal["question", "request", "complaint"]
    place: Place
    offered_as: tuple[str, ...] = ()  # offers of policies ("return") that this procedure carries out
    guide: Guide | None = None  # a guide is a procedure whose way is a graph; ``steps`` are all that it carries out


# --- policies -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison of a fact: ``fact`` ``comparator`` any of ``values``.

    ``comparator`` is one of: is, is not, at most, at least, over, under. ``is`` holds when the fact
    equals one of ``values``; ``is not`` when it equals none of them. Values are typed by the fact's
    kind (``vocabulary.FACTS``): Money, Decimal, str, or a place on an ordered scale (str).
    """

    fact: str
    comparator: str
    values: tuple[Money | Decimal | str, ...]
    declared: FactKind | None = None  # the fact's kind when a connection of the pack declares it

    @property
    def kind(self) -> FactKind:
        return self.declared or FACTS[self.fact]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says: allow, ask (``whom``: a grade or team), or refuse."""

    decision: Literal["allow", "ask", "refuse"]
    whom: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    when: tuple[Clause, ...]  # all must hold; empty = always
    then: Outcome
    because: Text
    offer: tuple[str, ...]
    law: str | None  # the article a statutory rule rests on
    place: Place


@dataclass(frozen=True, slots=True)
class Example:
    given: Mapping[str, Any]  # typed fact values that differ from the ordinary case
    expect: Outcome
    place: Place


@dataclass(frozen=True, slots=True)
class Policy:
    name: str
    governs: tuple[str, ...]  # acts
    owner: str
    in_force_from: date | None
    in_force_until: date | None
    rules: tuple[Rule, ...]
    otherwise: Outcome  # never "allow"
    ordinary: Mapping[str, Any]
    examples: tuple[Example, ...]
    place: Place


# --- words, articles, tables, rehearsals --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording with ``{fields}``; ``also`` are the bullets below it: other ways customers say it."""

    name: str
    language: str
    text: str
    also: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Article:
    """A help article; ``id`` is its path without language and ending, the same in every language."""

    id: str
    language: str
    title: str
    audience: Literal["customers", "colleagues"]
    owner: str
    valid_from: date | None
    valid_until: date | None
    questions: tuple[str, ...]  # ways customers ask for it
    body: str  # Markdown
    place: Place
    not_for: tuple[str, ...] = ()  # questions that it was wrongly given as the answer to
    review_by: date | None = None  # the last day on which its owner has to have looked at it again


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words, or groups of a few, that mean the same where an answer is looked for; in small letters."""

    language: str
    words: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A simulated customer: what it says in turn, and what must and must not have happened at the end."""

    name: str
    language: str
    channel: str
    signed_in_as: str | None
    says: tuple[str, ...]
    must: tuple[Mapping[str, str], ...]
    must_not: tuple[Mapping[str, str], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Pack:
    """One edition of a company's book, base packs already merged in. ``edition`` is the SHA-256 of its pages."""

    name: str
    folder: Path
    edition: str
    company: Company
    procedures: Mapping[str, Procedure]
    policies: Mapping[str, Policy]
    phrases: Mapping[tuple[str, str], Phrase]  # (language, name) → phrase
    articles: tuple[Article, ...]
    tables: Mapping[str, tuple[Mapping[str, str], ...]]
    rehearsals: tuple[Rehearsal, ...]
    complaints: Mapping[str, ComplaintRules] = field(default_factory=lambda: MappingProxyType({}))
    ladders: Mapping[str, Ladder] = field(default_factory=lambda: MappingProxyType({}))
    protocols: Mapping[str, Protocol] = field(default_factory=lambda: MappingProxyType({}))
    authority: Mapping[str, Authority] = field(default_factory=lambda: MappingProxyType({}))
    off_topic: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Language → sentences that no procedure is about."""
    synonyms: Mapping[str, tuple[Synonyms, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Language → lines of words that mean the same."""
    connections: Connections = NOT_CONNECTED
    book: Book = EMPTY_BOOK  # the kinds of record that the company keeps here
    vocabulary: Vocabulary = BUILT_IN  # the built-in one and what the connections declare
