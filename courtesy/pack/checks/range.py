"""The table of the range: every row can be read, no category twice, and what goes with something is there."""

from __future__ import annotations

from courtesy.pack.fields import every_step
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Do, LookUp, Pack, Place
from courtesy.pack.range import TABLE, read_kind
from courtesy.pack.vocabulary.selling import SELLING_LOOK_UPS


def looks_through_range(pack: Pack) -> bool:
    """Whether a procedure of this pack looks something up in the range."""
    return any(
        isinstance(step, LookUp) and step.what in SELLING_LOOK_UPS
        for procedure in pack.procedures.values()
        for step in every_step(procedure.steps)
    )


def places_orders(pack: Pack) -> bool:
    """Whether a procedure of this pack places orders."""
    return any(
        isinstance(step, Do) and step.act == "place order"
        for procedure in pack.procedures.values()
        for step in every_step(procedure.steps)
    )


def check_range(pack: Pack, mistakes: Mistakes) -> None:
    """A shop without the table is looked through by its own categories."""
    seen: dict[str, int] = {}
    rows = pack.tables.get(TABLE, ())
    categories = {row.get("category", "") for row in rows}
    for line, row in enumerate(rows, 2):
        place = Place(f"{pack.name}/tables/{TABLE}.csv", line)
        try:
            kind = read_kind(row, pack.company.languages)
        except ValueError as error:
            mistakes.error(place, str(error), "Write the words that customers use for it, joined by ' + '.")
            continue
        if kind.category in seen:
            mistakes.error(place, f"'{kind.category}' is also on line {seen[kind.category]}", "Keep one of them.")
        seen.setdefault(kind.category, line)
        for other in kind.goes_with:
            if other not in categories:
                mistakes.error(place, f"'{other}' goes with it but is no category here", suggest(other, categories))
