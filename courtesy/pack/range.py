"""The company's range as its table says it: how customers call each kind of goods, what it is, and what goes with it.

``range.csv`` has a row for each category of the shop. ``en``, ``es`` … hold words for it, ``en is``, ``es is`` … what
such goods are ("waterproof"), ``goes with`` other categories; several are joined by " + ". Pure values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtesy.pack.model import Pack

TABLE = "range"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of goods. ``words`` and ``qualities``: in every language; ``names``: language → the first word for it."""

    category: str
    words: tuple[str, ...]
    qualities: tuple[str, ...]
    goes_with: tuple[str, ...]
    names: Mapping[str, str]


def kinds_of(pack: Pack) -> tuple[Kind, ...]:
    """The kinds of the company's table; none when it has no such table."""
    return tuple(read_kind(row, pack.company.languages) for row in pack.tables.get(TABLE, ()))


def read_kind(row: Row, languages: tuple[str, ...]) -> Kind:
    """Read a row. ValueError says what is wrong with it."""
    category = row.get("category", "")
    if not category:
        raise ValueError("a row of the range has no category")
    words = {code: split(row.get(code, "")) for code in languages}
    if missing := [code for code, named in words.items() if not named]:
        raise ValueError(f"'{category}' has no word in '{missing[0]}'")
    return Kind(
        category,
        (category, *(word for named in words.values() for word in named)),
        tuple(quality for code in languages for quality in split(row.get(f"{code} is", ""))),
        split(row.get("goes with", "")),
        {code: named[0] for code, named in words.items()},
    )


def split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("+") if part.strip())
