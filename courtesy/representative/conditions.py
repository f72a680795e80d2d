"""Conditions of a procedure's ``if``: written comparisons of slots and facts. Pure.

A slot that holds one value for each item counts as all of them: ``is`` holds when any of them fits.
What is not known fits nothing, neither ``is`` nor ``is not``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from courtesy.foundation.money import Money
from courtesy.pack.model import Condition
from courtesy.pack.pages.conditions import Written, parse_written

_parts_of = lru_cache(maxsize=4_096)(parse_written)


def holds(condition: Condition, known: Mapping[str, Any]) -> bool:
    """Whether every comparison of the condition holds for what is known."""
    return all(
        _part_holds(part, known.get(name), known)
        for name, written in condition.items()
        for part in _parts_of(str(written))
    )


def _part_holds(part: Written, value: Any, known: Mapping[str, Any]) -> bool:
    values = _values(value)
    if not values:
        return part.comparator == "is" and part.values in (("unknown",), ("not given",))
    wanted = [one.lower() for one in part.values]
    if part.comparator == "is":
        return any(str(one).lower() in wanted for one in values)
    if part.comparator == "is not":
        return all(str(one).lower() not in wanted for one in values)
    return any(_compares(part.comparator, one, known.get(limit, limit)) for one in values for limit in part.values)


def _values(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    if isinstance(value, Mapping):
        return [one for one in value.values() if one not in (None, "")]
    if isinstance(value, (list, tuple, set)):
        return list(value)
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [value]


def _compares(comparator: str, value: Any, other: Any) -> bool:
    """A money value only compares with money, a number with a number; anything else does not hold.

    ``other``: as it is written, or the value of what is named there ("over data limit")."""
    try:
        if isinstance(value, Money):
            limit: Any = other if isinstance(other, Money) else Money.parse(str(other))
        else:
            limit = Decimal(str(other))
        size: Any = value if isinstance(value, Money) else Decimal(str(value))
        return bool(_COMPARE[comparator](size, limit))
    except (InvalidOperation, ValueError):
        return False


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "at most": operator.le,
    "at least": operator.ge,
    "over": operator.gt,
    "under": operator.lt,
}
