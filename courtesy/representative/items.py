"""Items: which lines of the order, and how many pieces, the customer means."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import regex

from courtesy.commerce.port import Line, Order
from courtesy.language.understanding import Choice
from courtesy.pack.model import Ask
from courtesy.representative import fields, matching
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation, spellings
from courtesy.representative.slots import Found, Words

NAMED = "items named"  # in ``task.partial``: lines named surely beside others that had to be asked about
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
    named = [line for line in task.partial.get(NAMED, ()) if line in by_id] if words.asked else []
    if picked := words.picked(list(by_id)):
        picked = [*named, *(line for line in picked if line not in named)]
        return Found([_piece(by_id[line], words, alone=not named) for line in picked], choices=choices, several=True)
    hits, unclear = _hits(situation, lines, choices, words)
    if named and hits and not matching.says_only(words.all):
        hits += [choice for choice in choices if choice.value in named and choice not in hits]
    counted = max((matching.things_counted(text) for text in words.texts), default=0)
    if not words.asked and hits and not unclear and len(hits) < counted <= len(lines):
        return Found(choices=choices, several=True, list_options=True, phrase="which items")
    if hits and not unclear:
        several = len(hits) > 1
        return Found([_piece(by_id[choice.value], words, alone=not several) for choice in hits], choices=choices)
    if unclear:
        if hits:
            task.partial[NAMED] = [str(choice.value) for choice in hits]
        return Found(unclear=tuple(unclear), phrase="which items", list_options=True, several=True)
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


def _hits(
    situation: Situation, lines: list[Line], choices: tuple[Choice, ...], words: Words
) -> tuple[list[Choice], list[Choice]]:
    """(surely meant, equal candidates) of all that was said."""
    hits: list[Choice] = []
    unclear: list[Choice] = []
    for text in words.texts:
        sure, open_ = _pointed_at(situation, lines, choices, text, asked=words.asked)
        counted = _all_of_one_kind(lines, open_, text)
        hits += [choice for choice in (*sure, *counted) if choice not in hits]
        unclear += [choice for choice in open_ if choice not in unclear]
    return hits, [choice for choice in unclear if choice not in hits]


def _all_of_one_kind(lines: list[Line], open_: list[Choice], text: str) -> list[Choice]:
    """Of equal candidates those of which the customer counts as many as there are: "the two lamps"."""
    by_product: dict[str, list[Line]] = {}
    for line in lines:
        if line.id in {choice.value for choice in open_}:
            by_product.setdefault(line.product, []).append(line)
    meant = {
        line.id
        for group in by_product.values()
        if len(group) > 1 and matching.counts(text, len(group), group[0].product_name)
        for line in group
    }
    return [choice for choice in open_ if choice.value in meant]


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


_KEEP = regex.compile(
    r"\b(?:keep|keeping|hold on to|still want)\b[^.,;!?，。；！？]*|\b(?:quedarme|conservar|mantener|dejar)\b[^.,;!?]*"
    r"|(?:保留|留着|留下)[^，。；！？]*",
    regex.IGNORECASE,
)


def kept_named(situation: Situation, task: Task) -> list[str]:
    """Names of the lines that the customer says they keep: "cancel the boots and keep the kettle"."""
    order = _order(situation, task)
    kept = " . ".join(found for text in task.words for found in _KEEP.findall(text))
    if order is None or len(order.lines) < 2 or not kept:
        return []
    lines = list(order.lines)
    choices = tuple(line_choice(situation, line) for line in lines)
    hits, _ = _hits(situation, lines, choices, Words((kept,)))
    return [choice.label for choice in choices if choice in hits] if len(hits) < len(lines) else []


def partly_named(situation: Situation, task: Task) -> list[str]:
    """Names of the lines that were spoken of when these are some, but not all, of the order."""
    order = _order(situation, task)
    if order is None or len(order.lines) < 2:
        return []
    lines = list(order.lines)
    choices = tuple(line_choice(situation, line) for line in lines)
    hits, unclear = _hits(situation, lines, choices, Words(tuple(task.words)))
    named = [choice.label for choice in choices if choice in hits or choice in unclear]
    return named if len(named) < len(lines) else []


def chosen(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    """A button: one line id, or several."""
    order = _order(situation, task)
    found = [order.line(str(one)) for one in (value if isinstance(value, list) else [value])] if order else []
    lines = [line for line in found if line is not None]
    if not lines or len(lines) < len(found):
        return False
    named = [line for one in task.partial.get(NAMED, ()) if order and (line := order.line(one)) is not None]
    lines = [*named, *(line for line in lines if line not in named)]
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
