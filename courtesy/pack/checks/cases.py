"""Values that a fact could have, chosen so that every edge of a policy's rules is tried. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice, product
from typing import Any

from courtesy.foundation.money import Money
from courtesy.pack.model import Clause, Rule

MOST = 200  # combinations tried of one rule
ANOTHER = "something else"  # a word that no rule names


def satisfies(clause: Clause, value: Any) -> bool:
    """Whether the clause holds for a known value of the fact's kind."""
    if clause.comparator == "is":
        return any(value == other for other in clause.values)
    if clause.comparator == "is not":
        return all(value != other for other in clause.values)
    limit: Any = clause.values[0]
    values = clause.kind.values
    if values:
        value, limit = values.index(value), values.index(limit)
    return bool(
        {"at most": value <= limit, "at least": value >= limit, "over": value > limit, "under": value < limit}[
            clause.comparator
        ]
    )


def values_for(fact: str, clauses: Iterable[Clause], ordinary: Any = None) -> list[Any]:
    """Values of the fact that fit all clauses: its edges, the ordinary value, and for words one that no rule names."""
    clauses = [clause for clause in clauses if clause.fact == fact]
    candidates = list(dict.fromkeys(_candidates(clauses)))
    if ordinary is not None and not isinstance(ordinary, tuple):
        candidates.insert(0, ordinary)
    return [value for value in dict.fromkeys(candidates) if all(satisfies(clause, value) for clause in clauses)]


def _candidates(clauses: list[Clause]) -> Iterator[Any]:
    if not clauses:
        return
    kind = clauses[0].kind
    if kind.values:
        yield from kind.values
        return
    for clause in clauses:
        for value in clause.values:
            yield value
            if isinstance(value, Money):
                step = Money(Decimal("0.01"), value.currency)
                yield from (value + step, value - step, value + Money(Decimal(1), value.currency))
            elif isinstance(value, Decimal):
                yield from (value + 1, value - 1)
    if kind.kind == "word":
        yield ANOTHER


def fits_never(rule: Rule) -> str:
    """The fact whose clauses exclude each other, or ""."""
    return next((clause.fact for clause in rule.when if not values_for(clause.fact, rule.when)), "")


def cases_of(rule: Rule, ordinary: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What must be given, beside the ordinary case, for the rule to fit: every combination of edges."""
    facts = list(dict.fromkeys(clause.fact for clause in rule.when))
    options = [values_for(fact, rule.when, ordinary.get(fact)) for fact in facts]
    for values in islice(product(*options), MOST):
        yield dict(zip(facts, values, strict=True))
