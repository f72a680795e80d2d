"""Records: kinds whole and owned by somebody, look-ups and acts over the book that fit them, samples that load."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from courtesy.pack.connections import Connection, Operation
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Pack, Place
from courtesy.pack.record_values import kept, relative_day
from courtesy.pack.records import COMPANY, CUSTOMER, Book, Effect, RecordKind

ANY_DAY = date(2026, 1, 1)
SAMPLES = "records/"  # tables with sample records
_REF = re.compile(r"\{([^{}\n]{1,80})\}")


def check_records(pack: Pack, mistakes: Mistakes) -> None:
    for kind in pack.book.kinds.values():
        _check_kind(pack.book, kind, mistakes)
    for connection in pack.connections.by_name.values():
        for one in connection.operations:
            if connection.over == "book":
                _check_operation(connection, one, mistakes)
    _check_samples(pack, mistakes)


def _check_kind(book: Book, kind: RecordKind, mistakes: Mistakes) -> None:
    owners = (CUSTOMER, COMPANY, *book.kinds)
    if kind.of not in owners or kind.of == kind.name:
        mistakes.error(
            kind.place, f"'{kind.name}' belongs to '{kind.of}', which there is not", suggest(kind.of, owners)
        )
    elif book.whose(kind.name) not in (CUSTOMER, COMPANY):
        mistakes.error(kind.place, f"'{kind.name}' belongs to itself in the end", "Let one of them be 'of: customer'.")
    dated = kind.field(kind.dated) if kind.dated else None
    if kind.dated and (dated is None or dated.kind != "date"):
        mistakes.error(kind.place, f"'dated: {kind.dated}' is no date of '{kind.name}'", "Name a field that is a date.")
    if kind.found_by and kind.field(kind.found_by) is None:
        mistakes.error(kind.place, f"'found by: {kind.found_by}' is no field of '{kind.name}'", "")


def _check_operation(connection: Connection, one: Operation, mistakes: Mistakes) -> None:
    book = connection.book
    if not one.changes:
        _check_find(book, one, mistakes)
        return
    if not one.effects:
        mistakes.error(one.place, f"'{one.name}' has no effects in the book", "Write 'effects: [{change: …}]'.")
    known = {argument.to.replace("_", " ") for argument in one.arguments} | {CUSTOMER}
    for effect in one.effects:
        kind = book.kinds.get(effect.record)
        if kind is None:
            mistakes.error(
                effect.place, f"there is no kind of record '{effect.record}'", suggest(effect.record, book.kinds)
            )
            continue
        _check_scope(book, kind, one, mistakes)
        _check_effect(book, kind, effect, known, mistakes)
        known |= {kind.name, *(f"{kind.name}.{name}" for name in _names(book, kind))}


def _check_find(book: Book, one: Operation, mistakes: Mistakes) -> None:
    kind = book.kinds.get(one.find.record) if one.find else None
    if one.find is None or kind is None:
        named = one.find.record if one.find else ""
        mistakes.error(one.place, f"'{one.name}' finds no kind of record there is", suggest(named, book.kinds))
        return
    _check_scope(book, kind, one, mistakes)
    names = {*(field.name for field in kind.fields), "number", "state", "of", kind.of, CUSTOMER}
    for name in (*one.find.where, *(argument.to.replace("_", " ") for argument in one.arguments)):
        if name not in names:
            mistakes.error(one.place, f"a {kind.name} is not found by '{name}'", suggest(name, names))
    private = {field.name.replace(" ", "_") for field in kind.fields if field.private}
    for item in one.every_field:
        if item.path and item.path[-1] in private and item.name not in one.same:
            mistakes.error(
                one.place, f"'{item.name}' is private in the book", "It can only be compared: add it to 'same'."
            )
    if one.find.compare:
        lines = book.kinds.get(one.find.compare)
        if lines is None or lines.of != kind.name:
            mistakes.error(
                one.place, f"'{one.find.compare}' are no lines of '{kind.name}'", f"It must be 'of: {kind.name}'."
            )
            return
        for name, of in ((one.find.by, lines), (one.find.amount, lines), (one.find.total, kind)):
            if of.field(name) is None:
                mistakes.error(one.place, f"'{name}' is no field of '{of.name}'", "")


def _check_scope(book: Book, kind: RecordKind, one: Operation, mistakes: Mistakes) -> None:
    """What is a customer's is reached only for the proven customer."""
    takes = any(argument.to == CUSTOMER and argument.name == CUSTOMER and argument.needed for argument in one.arguments)
    if book.whose(kind.name) == CUSTOMER and not takes:
        mistakes.error(
            one.place, f"'{one.name}' reaches customers' records for nobody", "Add 'customer: text' to 'with'."
        )


def _check_effect(book: Book, kind: RecordKind, effect: Effect, known: Iterable[str], mistakes: Mistakes) -> None:
    place, known = effect.place, set(known)
    for name in (*effect.set, *effect.add, *effect.subtract, *effect.when):
        if name != "state" and kind.field(name) is None:
            mistakes.error(place, f"a {kind.name} has no '{name}'", suggest(name, [one.name for one in kind.fields]))
    for name in (*effect.add, *effect.subtract):
        if (field := kind.field(name)) and field.kind not in ("number", "money"):
            mistakes.error(place, f"'{name}' is not reckoned with", "Only numbers and amounts are.")
    if (state := effect.set.get("state")) and "{" not in state and state not in kind.states:
        mistakes.error(place, f"a {kind.name} is never '{state}'", suggest(state, kind.states))
    if effect.when and not effect.otherwise:
        mistakes.error(
            place, "nothing says what the customer hears when 'when' does not hold", "Add 'otherwise: \"refusal: …\"'."
        )
    if effect.does == "create":
        missing = [one.name for one in kind.fields if one.needed and one.name not in effect.set]
        if missing:
            mistakes.error(place, f"the new {kind.name} says nothing of '{missing[0]}'", "Add it to 'set'.")
    texts = [*effect.set.values(), *effect.add.values(), *effect.subtract.values(), *effect.when.values()]
    used = {name for text in texts for name in _REF.findall(text)} | {
        name for name in (effect.number, effect.of) if name
    }
    for name in sorted(used):
        if name not in known and relative_day(name, ANY_DAY) is None and not name.startswith(f"{kind.name}."):
            mistakes.error(place, f"'{name}' is not known to this effect", suggest(name, known))


def _names(book: Book, kind: RecordKind) -> Iterable[str]:
    return ("state", "number", *(one.name for one in kind.fields), *(one.name for one in book.owners(kind.name)))


def _check_samples(pack: Pack, mistakes: Mistakes) -> None:
    """Each cell of the sample tables fits its kind; whose they are shows when they are loaded."""
    kinds = {kind.name.replace(" ", "_"): kind for kind in pack.book.kinds.values()}
    for table, rows in pack.tables.items():
        if not table.startswith(SAMPLES) or table == f"{SAMPLES}customers":
            continue
        name = table.removeprefix(SAMPLES)
        kind = kinds.get(name)
        if kind is None:
            mistakes.warn(
                Place(f"{pack.name}/tables/{table}.csv", 1),
                f"there is no kind of record '{name}'",
                suggest(name, kinds),
            )
            continue
        for line, row in enumerate(rows, 2):
            for field in kind.fields:
                place, cell = Place(f"{pack.name}/tables/{table}.csv", line), row.get(field.name, "")
                try:
                    if cell:
                        kept(field, cell, ANY_DAY)
                    elif field.needed:
                        mistakes.error(place, f"{field.name}: is empty", "")
                except ValueError as error:
                    mistakes.error(place, f"{field.name}: {error}", "")
