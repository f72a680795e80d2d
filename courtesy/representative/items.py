"""Items: which lines of the order, and how many pieces, the customer means."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from courtesy.commerce.port import Line, Order
from courtesy.language.understanding import Choice
from courtesy.pack.model import Ask
from courtesy.representative import fields, matching
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation, spellings
from courtesy.representative.slots import Found, Words

DEPENDENT = ("reason", "new variants", "photo", "payment means")


def line_choice(situation: Situation, line: Line) -> Choice:
    """A line with every name it has, in all languages, and its options."""
    product = situation.shop.product(line.product)
    names = tuple(product.names.values()) if product else ()
    kind = (product.category,) if product and product.category else ()
    return Choice(line.id, fields.line_name(situation, line), (line.label, line.product_name, *names, *kind))


def choices_of(situation: Situation, task: Task, lines: list[str]) -> tuple[Choice, ...]:
    order = _order(situation, task)
    found = [order.line(line) for line in lines] if order else []
    return tuple(line_choice(situation, line) for line in found if line is not None)


def _order(situation: Situation, task: Task) -> Order | None:
    number = task.looked.get("order") or task.slots.get("order")
    return situation.order(str(number)) if number else None


def candidates(order: Order, source: str | None) -> list[Line]:
    """The lines that may be chosen; all of them when none is open, so that the guard can say why not."""
    open_ = [line for line in order.lines if line.open_quantity > 0]
    if source == "returnable items":
        arrived = [line for line in open_ if line.delivered_at is not None or order.delivered_at is not None]
        open_ = arrived or open_
    return open_ or list(order.lines)


def read(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    order = _order(situation, task)
    if order is None:
        return Found()
    lines = candidates(order, step.source)
    choices = tuple(line_choice(situation, line) for line in lines)
    by_id = {line.id: line for line in lines}
    if closed := _closed(situation, order, lines, words):
        return Found([_piece(line, words) for line in closed], choices=choices)
    if len(lines) == 1:
        return Found([_piece(lines[0], words)], automatic=True, choices=choices)
    if picked := words.picked(list(by_id)):
        return Found([_piece(by_id[line], words) for line in picked], choices=choices, several=True)
    hits: list[Choice] = []
    unclear: list[Choice] = []
    for text in words.texts:
        sure, open_ = _pointed_at(situation, lines, choices, text, asked=words.asked)
        hits += [choice for choice in sure if choice not in hits]
        unclear += [choice for choice in open_ if choice not in unclear]
    unclear = [choice for choice in unclear if choice not in hits]
    counted = max((matching.things_counted(text) for text in words.texts), default=0)
    if not words.asked and hits and not unclear and len(hits) < counted <= len(lines):
        return Found(choices=choices, several=True, list_options=True, phrase="which items")
    if hits and not unclear:
        several = len(hits) > 1
        return Found([_piece(by_id[choice.value], words, alone=not several) for choice in hits], choices=choices)
    if unclear:
        both = tuple(choice for choice in choices if choice in unclear or choice in hits)
        return Found(unclear=both, phrase="which items", list_options=True, several=True)
    return Found(choices=choices, several=True, list_options=True, phrase="which items")


def _closed(situation: Situation, order: Order, open_lines: list[Line], words: Words) -> list[Line]:
    """Lines that the customer names although nothing is open in them: they are not swapped for what is left of the
    order; the guard says why not ("the boots are on their way back already")."""
    if len(open_lines) == len(order.lines) or words.picked([line.id for line in open_lines]):
        return []
    named = tuple(
        Choice(line.id, line.product_name, _names_of(situation, line)) for line in order.lines if line.product_name
    )
    open_ids = {line.id for line in open_lines}
    hits: list[str] = []
    for text in words.texts:
        sure, unclear = matching.several_by_hint(text, named)
        hits += [str(choice.value) for choice in (*sure, *unclear)]
    if not hits or any(hit in open_ids for hit in hits):
        return []
    return [line for line in order.lines if line.id in hits]


def _pointed_at(
    situation: Situation, lines: list[Line], choices: tuple[Choice, ...], text: str, *, asked: bool
) -> tuple[list[Choice], list[Choice]]:
    """(chosen, unclear). Names come first; size and colour tell apart what has one name, and stand alone only in an
    answer ("the black one")."""
    pairs = zip(choices, lines, strict=True)
    named = tuple(replace(one, label=line.product_name, labels=_names_of(situation, line)) for one, line in pairs)
    sure, open_ = matching.several_by_hint(text, named)
    if not sure and not open_:
        return matching.several_by_hint(text, choices) if asked else ([], [])
    back = dict(zip((choice.value for choice in choices), choices, strict=True))
    chosen = [back[choice.value] for choice in sure]
    candidates_ = [back[choice.value] for choice in open_]
    told = matching.several_by_hint(text, choices)[0] if candidates_ else []
    told = [choice for choice in told if choice in candidates_]
    return [*chosen, *told], [] if told else candidates_


def _names_of(situation: Situation, line: Line) -> tuple[str, ...]:
    product = situation.shop.product(line.product)
    kind = (product.category,) if product and product.category else ()
    return (*spellings(product.names.values() if product else [line.product_name]), *kind, line.sku)


def _piece(line: Line, words: Words, *, alone: bool = True) -> dict[str, Any]:
    """One line with the pieces meant: a number that was said when it can be one, else all that are left."""
    left = max(line.open_quantity, 1)
    said = words.entity("quantity") if alone and left > 1 else None
    if isinstance(said, (int, Decimal)) and 0 < int(said) <= left:
        left = int(said)
    return {"line": line.id, "quantity": left}


def chosen(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    """A button: one line id, or several."""
    order = _order(situation, task)
    found = [order.line(str(one)) for one in (value if isinstance(value, list) else [value])] if order else []
    lines = [line for line in found if line is not None]
    if not lines or len(lines) < len(found):
        return False
    task.slots[step.slot] = [{"line": line.id, "quantity": max(line.open_quantity, 1)} for line in lines]
    return True


def drop_dependants(task: Task) -> None:
    """What was said for other items does not hold for these."""
    lines = {str(item["line"]) for item in task.slots.get("items") or ()}
    for slot in DEPENDENT:
        value = task.slots.get(slot)
        if isinstance(value, dict):
            kept = {line: one for line, one in value.items() if line in lines}
            task.partial[slot] = kept
            task.slots.pop(slot, None)
            if kept and set(kept) == lines:
                task.slots[slot] = kept
