"""Connections: nothing declared twice, every call complete, and an example answer that fits what is declared."""

from __future__ import annotations

from collections import Counter
from datetime import date

from courtesy.pack.answers import UnfitAnswer, parse, read_answer
from courtesy.pack.connections import Connection, Operation
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Pack
from courtesy.pack.pages.connections import IN_PATH
from courtesy.pack.vocabulary import BUILT_IN

ANY_DAY = date(2026, 1, 1)


def check_connections(pack: Pack, mistakes: Mistakes) -> None:
    counted = Counter(one.name for one in pack.connections.operations)
    kinds: dict[str, object] = {}
    for connection in pack.connections.by_name.values():
        _check_team(pack, connection, mistakes)
        for one in connection.operations:
            if counted[one.name] > 1 or one.name in BUILT_IN.acts or one.name in BUILT_IN.look_ups:
                mistakes.error(one.place, f"there is another '{one.name}' already", "Give this one another name.")
            _check_words(one, kinds, mistakes)
            _check_call(one, mistakes)
            _check_unsure(pack, one, mistakes)
            if connection.over != "book":  # rehearsals use the book itself
                _check_example(pack, one, mistakes)


def _check_team(pack: Pack, connection: Connection, mistakes: Mistakes) -> None:
    if connection.team and connection.team not in pack.company.teams:
        remedy = suggest(connection.team, pack.company.teams)
        mistakes.error(connection.place, f"there is no team '{connection.team}'", remedy)


def _check_words(one: Operation, kinds: dict[str, object], mistakes: Mistakes) -> None:
    """No name means two things: a built-in fact, or the same field of another kind elsewhere."""
    facts = {item.name: (item.kind, item.values) for item in one.every_field} if not one.changes else {}
    for argument in one.arguments if one.changes else ():
        if argument.kind in ("number", "money") and argument.name in BUILT_IN.facts:
            mistakes.error(one.place, f"'{argument.name}' is a built-in fact", "Give the argument another name.")
    for name, kind in facts.items():
        if name in BUILT_IN.facts:
            mistakes.error(one.place, f"'{name}' is a built-in fact", "Give the field another name.")
        elif kinds.setdefault(name, kind) != kind:
            mistakes.error(one.place, f"'{name}' is declared elsewhere as another kind", "Use two names, or one kind.")
    for choices in one.choices:
        if choices.source in BUILT_IN.sources:
            mistakes.error(one.place, f"'{choices.source}' is a built-in source", "Give the list another name.")


def _check_call(one: Operation, mistakes: Mistakes) -> None:
    needed = {argument.to for argument in one.arguments if argument.needed} | set(one.fixed)
    for name in IN_PATH.findall(one.path):
        if name not in needed:
            mistakes.error(one.place, f"'{{{name}}}' in the call of '{one.name}' is not sent", "Add it to 'with'.")
    if not one.changes and one.method not in ("", "GET", "POST"):
        mistakes.error(one.place, f"the look-up '{one.name}' changes something: {one.method}", "Declare it as an act.")
    if one.changes and one.method == "GET":
        mistakes.error(one.place, f"the act '{one.name}' only reads: GET", "Declare it as a look-up.")
    for phrase in one.refusals.values():
        if not phrase.startswith("refusal: "):
            mistakes.error(one.place, f"'{phrase}' does not begin with 'refusal: '", f"Write 'refusal: {phrase}'.")
    names = {item.name for item in one.fields}
    for field in one.same:
        if field not in names:
            mistakes.error(one.place, f"'same' names '{field}', which the answer does not give", suggest(field, names))


def _check_unsure(pack: Pack, one: Operation, mistakes: Mistakes) -> None:
    if one.unsure is None:
        if one.changes and one.confirm and not one.idempotency:
            mistakes.warn(
                one.place,
                f"if the answer to '{one.name}' never comes, only a person can find out whether it was done",
                "Add 'idempotency key' if the system knows one, or 'when unsure' with a look-up.",
            )
        return
    look_up = pack.connections.operation(one.unsure.look_up)
    if look_up is None or look_up.changes:
        known = [other.name for other in pack.connections.operations if not other.changes]
        mistakes.error(one.place, f"there is no look-up '{one.unsure.look_up}'", suggest(one.unsure.look_up, known))
        return
    given = {field.name for field in look_up.fields}
    missing = [argument.name for argument in look_up.arguments if argument.needed]
    for name in missing:
        if name not in {argument.name for argument in one.arguments}:
            mistakes.error(one.place, f"'{look_up.name}' needs '{name}', which '{one.name}' does not take", "")
    for name in one.unsure.done_when:
        if name not in given:
            mistakes.error(one.place, f"'{look_up.name}' does not give '{name}'", suggest(name, given))
    if not one.unsure.done_when:
        mistakes.error(one.place, "'when unsure' does not say how it is told", "Add 'done when: {status: is paid}'.")


def _check_example(pack: Pack, one: Operation, mistakes: Mistakes) -> None:
    if not one.example:
        remedy = "Add 'example: …' with an answer as JSON; the check and rehearsals use it."
        mistakes.warn(one.place, f"'{one.name}' has no example of an answer", remedy)
        return
    try:
        read_answer(one, parse(one.example), pack.company.currency, ANY_DAY)
    except UnfitAnswer as error:
        mistakes.error(one.place, f"the example of '{one.name}' does not fit: {error}", "Correct 'gives' or 'example'.")
