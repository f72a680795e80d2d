"""The tables of the diary: every row can be read, every service can be served somewhere and named to customers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from courtesy.pack.diary import read_closure, read_diary, read_resource, read_service
from courtesy.pack.fields import every_step
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Ask, LookUp, Pack, Place

KINDS = ("service", "place", "appointment")  # slots that are asked from these tables
NEEDED = ("services", "resources")

Row = Mapping[str, str]


def uses_diary(pack: Pack) -> bool:
    """Whether a procedure of this pack asks for appointments or looks them up."""
    return any(
        (isinstance(step, Ask) and step.kind in KINDS) or (isinstance(step, LookUp) and step.what == "booking")
        for procedure in pack.procedures.values()
        for step in every_step(procedure.steps)
    )


def check_diary(pack: Pack, mistakes: Mistakes, *, base: bool) -> None:
    """A base pack leaves its diary to the companies that build on it."""
    _check_there(pack, mistakes, base=base)
    stores = {row.get("store", ""): row for row in pack.tables.get("stores", ())}
    readers: dict[str, tuple[str, Callable[[Row], Any]]] = {
        "services": ("service", read_service),
        "resources": ("resource", lambda row: read_resource(row, stores, pack.company)),
        "closures": ("", read_closure),
    }
    whole = [_check_rows(pack, table, name, read, mistakes) for table, (name, read) in readers.items()]
    if all(whole) and pack.tables.get("services"):
        _check_served(pack, mistakes)


def _place(pack: Pack, table: str, line: int = 1) -> Place:
    return Place(f"{pack.name}/tables/{table}.csv", line)


def _check_there(pack: Pack, mistakes: Mistakes, *, base: bool) -> None:
    for procedure in pack.procedures.values() if not base else ():
        for step in every_step(procedure.steps):
            if isinstance(step, Ask) and step.kind in KINDS:
                for table in NEEDED:
                    if table not in pack.tables:
                        mistakes.error(
                            step.place, f"'ask: {step.slot}' needs the table '{table}'", f"Write tables/{table}.csv."
                        )


def _check_rows(pack: Pack, table: str, name: str, read: Callable[[Row], Any], mistakes: Mistakes) -> bool:
    """Whether every row can be read and none has the name of another."""
    seen: dict[str, int] = {}
    whole = True
    for line, row in enumerate(pack.tables.get(table, ()), 2):
        try:
            read(row)
        except ValueError as error:
            whole = False
            mistakes.error(_place(pack, table, line), str(error), "See 'the diary' in the reference of the pack.")
        own = row.get(name, "") if name else ""
        if own and own in seen:
            whole = False
            mistakes.error(_place(pack, table, line), f"'{own}' is also on line {seen[own]}", "Give it another name.")
        seen.setdefault(own, line)
    return whole


def _check_served(pack: Pack, mistakes: Mistakes) -> None:
    diary = read_diary(pack)
    skills = sorted(frozenset[str]().union(*(one.skills for one in diary.resources)))
    for line, (name, service) in enumerate(diary.services.items(), 2):
        place = _place(pack, "services", line)
        for skill in service.needs:
            if skill not in skills:
                mistakes.error(place, f"no resource has the skill '{skill}'", suggest(skill, skills))
        if not diary.places(service):
            mistakes.error(place, f"'{name}' can be had at no place", "One place must have all the skills it needs.")
        for language in pack.company.languages:
            if (language, f"choice: {name}") not in pack.phrases:
                remedy = f"Write '## choice: {name}' in {pack.name}/phrases/{language}/."
                mistakes.error(place, f"the service '{name}' is not named in '{language}'", remedy)
