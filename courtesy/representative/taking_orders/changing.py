"""Changing one's mind about the basket: another number, another colour, something out, something more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import regex

from courtesy.commerce.port import Product
from courtesy.language.text import flatten
from courtesy.pack.model import Ask
from courtesy.representative import matching
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.products import asked_for, names, options_of
from courtesy.representative.situation import Situation
from courtesy.representative.slots import Found, Words
from courtesy.representative.taking_orders import naming

MANY = 99  # pieces of what is not counted
_OUT = regex.compile(
    r"\b(?:remove|without|take out|take off|leave out|drop|delete|cancel|not the|no longer|quita|quitar|sin|elimina|"
    r"saca|fuera|ya no)\b|去掉|不要|删掉|取消"
)
_CUE = regex.compile(
    r"\b(?:make (?:it|that|them)|change|only|just|instead|rather|better|actually|in fact|pon|ponme|mejor|cambia|solo|"
    r"solamente|en realidad|al final|que sean)\b|改|换|要|其实|还是|只"
)
_INSTEAD = regex.compile(r"\b(?:instead|rather|better|actually|mejor|en vez|en lugar|al final)\b|换|还是|改")
_MORE = regex.compile(
    r"\b(?:add|also|too|as well|another|plus|anade|anadir|tambien|ademas|otro|otra)\b|再加|还要|也要|加一|再来"
)


def says_instead(text: str) -> bool:
    return _INSTEAD.search(flatten(text)) is not None


def before_more(text: str) -> tuple[str, str]:
    """The text cut where something more is asked for: "make it three, and | add a stove"."""
    parts = matching.parts_of(text)
    place = next((place for place, part in enumerate(parts) if _MORE.search(flatten(part))), len(parts))
    return " , ".join(parts[:place]), " , ".join(parts[place:])


def changed(situation: Situation, lines: Sequence[dict[str, Any]], text: str, *, cue: bool) -> list[Any] | None:
    """The lines as the text wants them; None when it changes none. ``cue``: a word that says so may be left out."""
    if not lines:
        return None
    bare = mend(situation, naming.goods_only(situation, text))
    flat = flatten(bare)
    named = _named(situation, lines, bare)
    if _OUT.search(flat) and named:
        return [one for one in lines if one not in named]
    if _MORE.search(flat):
        return None
    if not (_CUE.search(flat) or cue) or len(named) > 1 or _names_others(situation, lines, text):
        return None
    target = named[0] if named else lines[-1]
    product = situation.shop.product(str(target["product"]))
    new = _as_told(situation, product, target, bare) if product is not None else target
    if new == target:
        return None
    return [new if one is target else one for one in lines]


def _named(situation: Situation, lines: Sequence[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """The lines whose product is spoken of."""
    ids = {one.product for one in naming.mentions(situation, Task.open("", ""), text)}
    if hit := [one for one in lines if one["product"] in ids]:
        return hit
    products = {str(one["product"]): situation.shop.product(str(one["product"])) for one in lines}
    flat = set(matching.words_of(text))
    found = []
    for one in lines:
        product = products[str(one["product"])]
        own = set(matching.words_of(" ".join(product.names.values()))) if product else set()
        if own & flat:
            found.append(one)
    return found


def _names_others(situation: Situation, lines: Sequence[dict[str, Any]], text: str) -> bool:
    """Whether goods are named that are not in the basket."""
    known = {one["product"] for one in lines}
    return any(one.product and one.product not in known for one in naming.mentions(situation, Task.open("", ""), text))


def _as_told(situation: Situation, product: Product, line: dict[str, Any], text: str) -> dict[str, Any]:
    """The line with the number of pieces and the options that are named."""
    new = dict(line)
    if (pieces := naming.pieces_of(text, product)) is not None:
        new["quantity"] = pieces
    variant = next((one for one in product.variants if one.sku == line["sku"]), None)
    said = {
        option: [value for value in values if names(situation, text, value)]
        for option, values in options_of(product).items()
    }
    if variant is not None and any(said.values()):
        target = dict(variant.options) | {option: values[0] for option, values in said.items() if values}
        meant = [one for one in asked_for(situation, product, text) if dict(one.options) == target]
        new["sku"] = meant[0].sku if meant else line["sku"]
    return new


def revised(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """A full basket that is spoken of once more: changed, or opened again for something that is added."""
    text, lines = words.all, list(task.slots[step.slot])
    new = changed(situation, lines, text, cue=False)
    if new is not None:
        return Found(new) if new else Found()
    if not _MORE.search(flatten(text)) or not (found := naming.mentions(situation, task, text)):
        return Found()
    task.partial["basket: lines"] = lines
    task.partial["basket: open"] = [
        {"product": one.product, "quantity": one.pieces, "words": one.words,
         "among": [[each.value, each.label, list(each.labels)] for each in one.among]}
        for one in found
    ]  # fmt: skip
    return Found(reopen=True)
