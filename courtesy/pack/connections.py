"""A company's own systems as its pack declares them: where they are, and what may be asked of or done in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from courtesy.pack.place import Place, Text
from courtesy.pack.records import CUSTOMER, EMPTY_BOOK, Book, Effect, Find
from courtesy.pack.vocabulary.acts import Act
from courtesy.pack.vocabulary.facts import FactKind
from courtesy.pack.vocabulary.whole import BUILT_IN, Vocabulary

FieldKind = Literal["word", "number", "money", "date", "yes or no", "scale", "days since", "days until"]
FIELD_KINDS: dict[str, str] = {
    "word": "A text, as it stands; with `values`, one of them.",
    "number": "A whole or decimal number.",
    "money": "An amount, in the company's currency unless the field says another.",
    "date": "A calendar date, ISO 8601.",
    "yes or no": "A truth value.",
    "scale": "One of `values`, the weakest first.",
    "days since": "Whole days from a date in the answer to today; below zero when it is still to come.",
    "days until": "Whole days from today to a date in the answer; below zero when it is over.",
}
ARGUMENT_KINDS = ("text", "number", "money", "date", "yes or no")
Systems = Literal["http", "mcp", "book"]
VARIABLE = re.compile(r"\$\{([A-Za-z0-9_]+)\}")
VARIABLE_NAME = re.compile(r"CONNECTION_[A-Z0-9_]+")  # no other variable of the environment can be named by a pack


@dataclass(frozen=True, slots=True)
class Field:
    """One thing read from an answer. ``path``: keys and list positions from the top of the JSON answer."""

    name: str
    path: tuple[str, ...]
    kind: FieldKind
    values: tuple[str, ...] = ()
    currency: str = ""
    optional: bool = False

    @property
    def fact(self) -> FactKind | None:
        """The fact that rules may ask about; dates are only shown, rules ask for the days since or until."""
        says = f"Read from the company's system: {'.'.join(self.path)}."
        match self.kind:
            case "date":
                return None
            case "days since" | "days until" | "number":
                return FactKind(self.name, "number", says)
            case "money":
                return FactKind(self.name, "money", says)
            case "yes or no":
                return FactKind(self.name, "word", says, ("yes", "no"))
            case "scale":
                return FactKind(self.name, "scale", says, self.values)
            case "word":
                return FactKind(self.name, "word", says, self.values)


@dataclass(frozen=True, slots=True)
class Argument:
    """What is sent: the slot or field it is taken from, its kind, and the name the system calls it by."""

    name: str
    kind: str
    to: str
    needed: bool = True
    written: str = ""  # how the system writes it: "###-###-####", each # a digit, the last ones counting
    each: str = ""  # a list found before: its entries are sent one after another until ``same`` holds


@dataclass(frozen=True, slots=True)
class Choices:
    """A list in an answer from which the customer chooses: ``ask: … / from: <source>``."""

    source: str
    path: tuple[str, ...]
    value: tuple[str, ...]
    label: str  # "{name}, {price}" over its fields
    fields: tuple[Field, ...]
    where: Mapping[str, str] = field(default_factory=dict)  # field → condition; other entries are left out


@dataclass(frozen=True, slots=True)
class Unsure:
    """How to find out whether an act was done when its answer never came: a look-up, and what it must then show."""

    look_up: str
    done_when: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Operation:
    """One look-up or act. ``refusals``: what the system says → phrase ("refusal: …")."""

    name: str
    connection: str
    changes: bool  # an act; a look-up changes nothing
    confirm: bool
    says: str
    method: str
    path: str
    tool: str
    arguments: tuple[Argument, ...]
    fixed: Mapping[str, str]
    fields: tuple[Field, ...]
    choices: tuple[Choices, ...]
    same: Mapping[str, str]  # field of the answer → slot that must say the same
    refusals: Mapping[str, str]
    refusal_at: tuple[str, ...]
    idempotency: str  # header (HTTP) or argument (MCP) that carries the key; "" when the system knows none
    unsure: Unsure | None
    seconds: float
    tries: int
    example: str  # an answer as JSON, for the check and for rehearsals
    place: Place
    find: Find | None = None  # over the book: what a look-up finds
    effects: tuple[Effect, ...] = ()  # over the book: what an act changes

    @property
    def every_field(self) -> tuple[Field, ...]:
        return (*self.fields, *(one for choices in self.choices for one in choices.fields))


@dataclass(frozen=True, slots=True)
class Connection:
    """One system. ``address`` and ``headers`` may name variables of the environment: ``${CONNECTION_TOKEN}``. ``book``:
    the kinds of record that it holds, when it is the company's own book."""

    name: str
    over: Systems
    address: str
    headers: Mapping[str, str]
    team: str  # who gets the conversation when the system fails; "" for the company's first team
    away: Text
    operations: tuple[Operation, ...]
    place: Place
    most_bytes: int = 1_000_000
    book: Book = EMPTY_BOOK

    def operation(self, name: str) -> Operation | None:
        return next((one for one in self.operations if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Connections:
    """All of a pack's connections, and their operations by name."""

    by_name: Mapping[str, Connection] = field(default_factory=lambda: MappingProxyType({}))

    def operation(self, name: str) -> Operation | None:
        found = (one.operation(name) for one in self.by_name.values())
        return next((one for one in found if one is not None), None)

    def of(self, operation: Operation) -> Connection:
        return self.by_name[operation.connection]

    @property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(one for connection in self.by_name.values() for one in connection.operations)


NOT_CONNECTED = Connections()


def vocabulary_of(operations: Iterable[Operation]) -> Vocabulary:
    """The built-in vocabulary and what these operations declare."""
    acts, look_ups = dict(BUILT_IN.acts), dict(BUILT_IN.look_ups)
    facts, sources = dict(BUILT_IN.facts), dict(BUILT_IN.sources)
    needs: dict[str, tuple[str, ...]] = {}
    shown: dict[str, tuple[str, ...]] = {}
    for one in operations:
        sent = [argument for argument in one.arguments if argument.name != CUSTOMER]  # the engine knows who it is
        needed = tuple(argument.name for argument in sent if argument.needed and not argument.each)
        shown[one.name] = (*(item.name for item in one.every_field), *(choices.source for choices in one.choices))
        if one.changes:
            takes = tuple(argument.name for argument in sent if not argument.needed)
            acts[one.name] = Act(one.name, needed, takes, changes=one.confirm, says=one.says)
            declared = [fact for argument in one.arguments if (fact := _of_argument(argument))]
        else:
            look_ups[one.name] = one.says
            needs[one.name] = needed
            declared = [fact for item in one.every_field if (fact := item.fact)]
        for fact in declared:
            facts.setdefault(fact.name, fact)
        for choices in one.choices:
            sources[choices.source] = f"A list that '{one.name}' found."
            facts.setdefault(choices.source, FactKind(choices.source, "number", "How many entries the list has."))
    return Vocabulary(acts, look_ups, facts, sources, needs, shown)


def _of_argument(argument: Argument) -> FactKind | None:
    """A number or an amount that is sent is what the deed is about; words may be no more than a customer's claim."""
    if argument.kind == "number":
        return FactKind(argument.name, "number", "What the act is asked to do.")
    return FactKind(argument.name, "money", "What the act is asked to do.") if argument.kind == "money" else None
