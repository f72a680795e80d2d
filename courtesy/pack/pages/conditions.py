"""Conditions as people write them: ``at most 50 EUR``, ``is not faulty or wrong item sent``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from courtesy.foundation.money import Money
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Clause, Place
from courtesy.pack.pages.forms import Form, Listing, Scalar, Value
from courtesy.pack.vocabulary import FACTS, FactKind

COMPARATORS = ("is not", "is", "at most", "at least", "over", "under")
ORDERED = frozenset({"at most", "at least", "over", "under"})

_COMPARATOR = re.compile(r"(is not|is|at most|at least|over|under)\s+")
_AND = re.compile(r"\s+and\s+(?=(?:is not|is|at most|at least|over|under)\s)")
_OR = re.compile(r"\s+or\s+|\s*,\s*")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")


class Written(NamedTuple):
    """One comparison before its values are typed."""

    comparator: str
    values: tuple[str, ...]


def parse_written(written: str) -> tuple[Written, ...]:
    """Split a written condition; several comparisons may be joined by "and". A bare value means "is"."""
    comparisons = []
    for part in _AND.split(written.strip()):
        found = _COMPARATOR.match(part)
        comparator = found[1] if found else "is"
        rest = part[found.end() :] if found else part
        comparisons.append(Written(comparator, tuple(value.strip() for value in _OR.split(rest) if value.strip())))
    return tuple(comparisons)


def written_text(value: Value | None) -> str | None:
    """A condition's text; a list of values reads as "a or b". None when it is neither."""
    if isinstance(value, Scalar):
        return value.text
    if isinstance(value, Listing) and all(isinstance(item, Scalar) for item in value.items):
        return " or ".join(item.text for item in value.items if isinstance(item, Scalar))
    return None


def read_condition(form: Form, mistakes: Mistakes) -> dict[str, str]:
    """A procedure's condition: names with what is written; typed when it is walked."""
    condition = {}
    for name in form:
        written = written_text(form.get(name))
        if not written:
            mistakes.error(form.at(name), f"the condition on '{name}' is empty", f"Write '{name}: is …'.")
            continue
        condition[name] = written
    return condition


def type_value(kind: FactKind, written: str, currency: str) -> Money | Decimal | str:
    """The value of a fact from its text; raises ValueError that says what is expected."""
    if kind.kind == "money":
        amount = Money.parse(written)
        if currency and amount.currency != currency:
            raise ValueError(f"amounts are in {currency} here, not {amount.currency}")
        return amount
    if kind.kind == "number":
        if not _NUMBER.fullmatch(written):
            raise ValueError(f"'{kind.name}' is a number, not '{written}'")
        return Decimal(written)
    if kind.values and written not in kind.values:
        raise ValueError(f"'{written}' is not a value of '{kind.name}'. {suggest(written, kind.values)}".rstrip())
    return written


def read_clauses(
    form: Form, currency: str, mistakes: Mistakes, facts: Mapping[str, FactKind] = FACTS
) -> tuple[Clause, ...]:
    """A rule's ``when``: facts with typed values. A clause that cannot be read is a mistake, never skipped silently."""
    clauses: list[Clause] = []
    for name in form:
        kind = facts.get(name)
        if kind is None:
            mistakes.error(form.at(name), f"'{name}' is not a fact", suggest(name, facts))
            continue
        written = written_text(form.get(name))
        if not written:
            mistakes.error(form.at(name), f"the condition on '{name}' is empty", f"Write '{name}: is …'.")
            continue
        clauses += _typed(kind, written, form.at(name), currency, mistakes)
    return tuple(clauses)


def _typed(kind: FactKind, written: str, place: Place, currency: str, mistakes: Mistakes) -> list[Clause]:
    clauses = []
    for comparison in parse_written(written):
        problem = _misuse(kind, comparison)
        if problem:
            mistakes.error(place, problem, "Comparators are: is, is not, at most, at least, over, under.")
            continue
        try:
            values = tuple(type_value(kind, value, currency) for value in comparison.values)
        except ValueError as error:
            mistakes.error(place, str(error), _expected(kind, currency))
            continue
        declared = None if kind.name in FACTS else kind
        clauses.append(Clause(kind.name, comparison.comparator, values, declared))
    return clauses


def _misuse(kind: FactKind, comparison: Written) -> str:
    if not comparison.values:
        return f"'{comparison.comparator}' needs a value for '{kind.name}'"
    if comparison.comparator in ORDERED and kind.kind == "word":
        return f"'{kind.name}' has no order, so '{comparison.comparator}' cannot be used with it"
    if comparison.comparator in ORDERED and len(comparison.values) > 1:
        return f"'{comparison.comparator}' takes one value for '{kind.name}'"
    return ""


def _expected(kind: FactKind, currency: str) -> str:
    if kind.kind == "money":
        return f"Write it as '50 {currency or 'EUR'}'."
    if kind.kind == "number":
        return "Write it as '14'."
    return ""


def read_facts(
    form: Form | None, currency: str, mistakes: Mistakes, facts_known: Mapping[str, FactKind] = FACTS
) -> dict[str, object]:
    """Fact values of an ordinary case or example; ``unknown`` becomes None, several values a tuple."""
    facts: dict[str, object] = {}
    for name in form or ():
        assert form is not None
        kind = facts_known.get(name)
        if kind is None:
            mistakes.error(form.at(name), f"'{name}' is not a fact", suggest(name, facts_known))
            continue
        written = written_text(form.get(name)) or ""
        if written == "unknown" and "unknown" not in kind.values:
            facts[name] = None
            continue
        parts = re.split(r"\s+or\s+", written)
        try:
            values = tuple(type_value(kind, part.strip(), currency) for part in parts)
        except ValueError as error:
            mistakes.error(form.at(name), str(error), _expected(kind, currency))
            continue
        facts[name] = values if len(values) > 1 else values[0]
    return facts
