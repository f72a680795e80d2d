"""Tables that the representative reads: there, with the columns and values it needs."""

from __future__ import annotations

import re

from courtesy.pack.diary import WEEKDAYS
from courtesy.pack.fields import every_step
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import LookUp, Pack, Place

COLUMNS: dict[str, tuple[str, ...]] = {
    "shipping": ("country", "amount"),
    "services": ("service", "minutes", "needs"),
    "resources": ("resource", "place", "skills"),
    "closures": ("first",),
}
FURTHER: dict[str, tuple[str, ...]] = {
    "shipping": ("currency", "free over", "days"),
    "services": ("before", "after", "every", "notice", "ahead", "hold", "remind"),
    "resources": ("seats", *WEEKDAYS),
    "closures": ("last", "place", "resource"),
}
READ_BY = {"shipping cost": "shipping"}  # look-up → table

_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,4})?")


def check_tables(pack: Pack, mistakes: Mistakes, *, base: bool) -> None:
    """A base pack leaves its tables to the companies that build on it."""
    for procedure in pack.procedures.values() if not base else ():
        for step in every_step(procedure.steps):
            if isinstance(step, LookUp) and (table := READ_BY.get(step.what)) and table not in pack.tables:
                remedy = f"Write {pack.name}/tables/{table}.csv with the columns {', '.join(COLUMNS[table])}."
                mistakes.error(step.place, f"'look up: {step.what}' needs the table '{table}'", remedy)
    for name, needed in COLUMNS.items():
        if name in pack.tables:
            _check_columns(pack, name, needed, mistakes)
    if "shipping" in pack.tables:
        _check_shipping(pack, mistakes)


def _check_columns(pack: Pack, name: str, needed: tuple[str, ...], mistakes: Mistakes) -> None:
    place = Place(f"{pack.name}/tables/{name}.csv", 1)
    rows = pack.tables[name]
    if not rows:
        mistakes.error(place, f"the table '{name}' has no rows", "Add one, or remove the table.")
        return
    for column in needed:
        if column not in rows[0]:
            mistakes.error(place, f"the column '{column}' is missing in '{name}'", f"It has: {', '.join(rows[0])}.")
    for column in rows[0]:
        if column not in (*needed, *FURTHER[name]):
            mistakes.warn(place, f"nobody reads the column '{column}'", suggest(column, (*needed, *FURTHER[name])))


def _check_shipping(pack: Pack, mistakes: Mistakes) -> None:
    seen: dict[str, int] = {}
    for line, row in enumerate(pack.tables["shipping"], 2):
        place = Place(f"{pack.name}/tables/shipping.csv", line)
        country = row.get("country", "")
        if not re.fullmatch(r"[A-Z]{2}", country):
            mistakes.error(place, f"'{country}' is not a country code", "Write two letters, for example ES.")
        if country in seen:
            mistakes.error(place, f"'{country}' is also on line {seen[country]}", "Keep one of them.")
        seen.setdefault(country, line)
        for column in ("amount", "free over"):
            written = row.get(column, "")
            if (written or column == "amount") and not _AMOUNT.fullmatch(written):
                mistakes.error(place, f"'{written}' in '{column}' is not an amount", "Write it as 4.90.")
    if pack.company.country and pack.company.country not in seen:
        place = Place(f"{pack.name}/tables/shipping.csv", 1)
        mistakes.warn(place, f"there is no row for {pack.company.country}, the company's own country", "Add one.")
