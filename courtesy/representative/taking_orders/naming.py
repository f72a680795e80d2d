"""Which goods a text names: each with the words that belong to it, and how many of it are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from courtesy.commerce.port import Product
from courtesy.language.text import flatten
from courtesy.language.understanding import Choice
from courtesy.representative import matching
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.products import options_of, without_places
from courtesy.representative.selling import browsing, comparing, seeking
from courtesy.representative.situation import Situation
from courtesy.representative.taking_orders.counting import pieces_in

_FIGURE = regex.compile(r"(?<!\w)\d{1,2}(?!\w)")
SHORTEST, HAN = 3, 0x2E80
MOST_AMONG = 6  # products put before the customer when it is not clear which one is meant
_NOT_GOODS = ("address", "e-mail", "phone", "postcode", "order number", "money", "date", "time", "name")
_NUMBERED = {
    0: regex.compile(r"\b(?:first|primer[oa]?)\b|第一|头一个"),
    1: regex.compile(r"\b(?:second|segund[oa])\b|第二"),
    2: regex.compile(r"\b(?:third|tercer[oa]?)\b|第三"),
    3: regex.compile(r"\b(?:fourth|cuart[oa])\b|第四"),
    -1: regex.compile(r"\b(?:last|ultim[oa])\b|最后"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A product that is named, or those that may be meant; ``words`` tell its options; ``pieces`` when said."""

    product: str = ""
    among: tuple[Choice, ...] = ()
    pieces: int | None = None
    words: str = ""


def mentions(situation: Situation, task: Task, text: str) -> list[Mention]:
    """The goods that a text names, in the order said; a kind of goods gives the products there are of it."""
    found: list[Mention] = []
    lead = ""
    bare = mend(situation, goods_only(situation, text))
    for part in matching.parts_of(bare):
        ids = _products_in(situation, part)
        if not ids:
            if found:
                found[-1] = replace(found[-1], words=f"{found[-1].words} , {part}")
            else:
                lead = f"{lead} {part}"
            continue
        for id in ids:
            if found and found[-1].product == id:
                found[-1] = replace(found[-1], words=f"{found[-1].words} , {part}")
            else:
                found.append(Mention(id, words=f"{lead} {part}".strip()))
                lead = ""
    if not found:
        found = _of_kind(situation, bare)
    return [replace(one, pieces=_pieces(situation, one)) for one in found]


def goods_only(situation: Situation, text: str) -> str:
    """The text without what is said of people, places and times, so that a house number is no size."""
    for one in situation.heard:
        for entity in one.entities:
            if entity.kind in _NOT_GOODS and entity.text:
                text = text.replace(entity.text, " . ")
    return without_places(situation, text)


def _products_in(situation: Situation, part: str) -> list[str]:
    named = [
        (one.span[0], str(one.value))
        for heard in situation.heard
        for one in heard.entities
        if one.kind == "product" and one.text and matching.contains(part, one.text)
    ]
    if named:
        return list(dict.fromkeys(id for _, id in sorted(named)))
    told = [_FIGURE.sub(" ", part), part]  # in "3 Chispa stoves" no "Teide 3" is named
    hits = next(filter(None, (comparing.named_in(situation, [text]) for text in told)), [])
    return [id for id in hits if _is_named(situation, part, id)]


def before_goods(situation: Situation, text: str) -> str:
    """What stands before the first goods that are named."""
    lead: list[str] = []
    for part in matching.parts_of(text):
        if _products_in(situation, part):
            break
        lead.append(part)
    return " , ".join(lead)


def _is_named(situation: Situation, part: str, id: str) -> bool:
    """Whether a word of its name is said that is more than a size, a colour or a figure."""
    product = situation.shop.product(id)
    own = set(matching.words_of(" ".join(product.names.values()))) if product else set()
    options = {word for value in browsing.option_values(situation) for word in matching.words_of(value)}
    return any(len(word) > SHORTEST or ord(word[0]) > HAN for word in (own - options) & set(matching.words_of(part)))


def _of_kind(situation: Situation, text: str) -> list[Mention]:
    """ "A pair of boots in 42": the products of the kind that can be had so; the only one is meant."""
    kinds = browsing.kinds(situation)
    if not seeking.categories_in(text, kinds):
        return []
    search = seeking.read(text, kinds)
    fits = [fit for fit in browsing.fitting(situation, search) if fit.there][:MOST_AMONG]
    if len(fits) == 1:
        return [Mention(fits[0].product.id, words=text)]
    return [Mention(among=tuple(browsing.choice_of(situation, fit) for fit in fits), words=text)] if fits else []


def _pieces(situation: Situation, mention: Mention) -> int | None:
    product = situation.shop.product(mention.product) if mention.product else None
    return pieces_of(mention.words, product)


def pieces_of(text: str, product: Product | None) -> int | None:
    """The pieces that are said of a product; figures of its name and its sizes are none."""
    if product is None:
        return pieces_in(text)
    flat = flatten(text)
    for name in (product.name, *product.names.values()):
        flat = flat.replace(flatten(name), " ")
    figures = regex.findall(r"\d+", " ".join((product.name, *product.names.values())))
    sizes = [value for values in options_of(product).values() for value in values]
    return pieces_in(flat, [*sizes, *figures])


def numbered(situation: Situation, text: str) -> str:
    """The product that is meant by "the first one" of those shown last."""
    shown: Sequence[str] = list((situation.dialogue.range or {}).get("shown", ()))
    flat = flatten(text)
    for place, pattern in _NUMBERED.items():
        if pattern.search(flat) and -1 <= place < len(shown):
            return str(shown[place])
    return ""
