"""Kinds of record in the company's own book, and what a look-up finds or an act changes there. Pure values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from courtesy.pack.place import Place, Text

RecordFieldKind = Literal["text", "number", "money", "date", "yes or no"]
RECORD_FIELD_KINDS: dict[str, str] = {
    "text": "A text; with `values`, one of them.",
    "number": "A whole or decimal number.",
    "money": "An amount in the company's currency, exact to the cent.",
    "date": "A calendar date, ISO 8601.",
    "yes or no": "A truth value.",
}
CUSTOMER = "customer"  # owner of a kind whose records belong to a customer directly
COMPANY = "company"  # owner of a kind that is nobody's secret: tariffs, outages
COLUMNS = ("number", "state", "customer", "of")  # what a record has beside its fields


def key_of(name: str) -> str:
    """A field's name as it stands in an answer: blanks become low lines."""
    return name.replace(" ", "_")


@dataclass(frozen=True, slots=True)
class RecordField:
    """One thing that records of a kind say. ``private``: never shown, only compared or carried into acts."""

    name: str
    kind: RecordFieldKind
    values: tuple[str, ...] = ()
    needed: bool = True
    private: bool = False


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record. ``of``: "customer", "company" or another kind; ``number``: '#' is a digit; ``dated``: the
    field that orders records in time; ``found_by``: the field of company-wide records that look-ups go by."""

    name: str
    title: Text
    number: str
    of: str
    states: tuple[str, ...]
    fields: tuple[RecordField, ...]
    dated: str
    found_by: str
    place: Place

    def field(self, name: str) -> RecordField | None:
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Find:
    """What a look-up finds: records of one kind, newest first; ``where``: field → written condition; ``within``: days;
    ``compare``: the kind of lines by which the record found is compared with the one before it. Lines are of the same
    thing when ``by`` is the same, and their ``amount`` adds up to the record's ``total``."""

    record: str
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    latest: int = 50
    within: int = 0
    compare: str = ""
    by: str = ""
    amount: str = ""
    total: str = ""
    or_none: bool = False  # nothing is an answer too: found 0, and sums of nothing


@dataclass(frozen=True, slots=True)
class Effect:
    """One change that an act makes. ``number`` (of a change) and ``of`` (of a new record): where the number of the
    record is taken from. ``when`` must hold, else ``otherwise`` (a "refusal: …") is said and nothing is changed."""

    does: Literal["change", "create"]
    record: str
    number: str
    of: str
    when: Mapping[str, str]
    otherwise: str
    set: Mapping[str, str]
    add: Mapping[str, str]
    subtract: Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class Book:
    """All kinds of record, by name, and the company's currency."""

    kinds: Mapping[str, RecordKind]
    currency: str

    def owners(self, name: str) -> Iterator[RecordKind]:
        """The kinds above one kind, nearest first."""
        seen = {name}
        kind = self.kinds.get(name)
        while kind is not None and (kind := self.kinds.get(kind.of)) is not None and kind.name not in seen:
            seen.add(kind.name)
            yield kind

    def whose(self, name: str) -> str:
        """ "customer" or "company": whose a record of this kind is in the end."""
        return next((one.of for one in reversed([self.kinds[name], *self.owners(name)])), COMPANY)

    def in_order(self) -> list[RecordKind]:
        """Owners before what is theirs."""
        return sorted(self.kinds.values(), key=lambda one: (len(list(self.owners(one.name))), one.name))


EMPTY_BOOK = Book(MappingProxyType({}), "")
