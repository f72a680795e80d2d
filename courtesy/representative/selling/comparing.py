"""Comparing products side by side, and recommending what goes with one."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from courtesy.commerce.port import Product
from courtesy.language.understanding import Choice, Question
from courtesy.representative import asking, matching, products
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.selling import browsing, seeking
from courtesy.representative.selling.browsing import Fit
from courtesy.representative.situation import Situation, product_choices
from courtesy.representative.wording import fill, money_text, phrase_of

MOST = 3  # products beside each other
FEWEST = 2
_TWO = ("first two", "dos primeros", "dos primeras", "前两")
_IT = regex.compile(r"\b(?:it|this|that|este|esta|esto|ese|esa)\b|这|它", regex.IGNORECASE)


def look_up_comparison(situation: Situation, task: Task) -> bool:
    """The products named, or those shown last, side by side."""
    found = _compared(situation, task)
    if len(found) < FEWEST:
        if task.tries.get("comparison"):
            situation.say("range: cannot compare")
            task.looked["comparison"] = "no"
            return True
        task.tries["comparison"] = 1
        asking.ask(situation, task, Question("product", "range"), "ask: compared")
        return False
    lines = "\n".join(_line(situation, product) for product in found)
    product, difference = _cheapest(situation, found)
    situation.say("range: compared", options=lines, product=product, difference=difference)
    task.looked["comparison"] = "yes"
    return True


def _compared(situation: Situation, task: Task) -> list[Product]:
    ids = named_in(situation, task.words)
    shown = list((situation.dialogue.range or {}).get("shown", ()))
    before = situation.dialogue.product
    if len(ids) == 1 and before and before not in ids and any(_IT.search(text) for text in task.words):
        ids.append(situation.dialogue.product)
    if not ids:
        ids = shown[:FEWEST] if len(shown) > MOST or _first_two(task.words) else shown
    found = [situation.shop.product(id) for id in ids[:MOST]]
    return [product for product in found if product is not None]


def _first_two(words: Sequence[str]) -> bool:
    return any(seeking.says(text, word) for text in words for word in _TWO)


def named_in(situation: Situation, texts: Sequence[str]) -> list[str]:
    """Ids of the products that are named, in the order said; a part that fits several counts for none."""
    choices = product_choices(situation.shop)
    ids: list[str] = []
    for text in texts:
        for part in _parts(mend(situation, text)):
            hits = matching.by_hint(part, choices)
            if len(hits) > 1:
                hits = [one for one in hits if _names_model(part, one, hits)]
            if len(hits) == 1 and hits[0].value not in ids:
                ids.append(str(hits[0].value))
    return ids


def _parts(text: str) -> list[str]:
    return [part for one in matching.parts_of(text) for part in _versus(one)]


def _versus(text: str) -> list[str]:
    words = text.split()
    parts: list[list[str]] = [[]]
    for word in words:
        if word.casefold().strip(".") in ("or", "vs", "versus", "with", "o", "con", "contra", "than", "que"):
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts if part]


def _names_model(part: str, choice: Choice, others: Sequence[Choice]) -> bool:
    """Whether a word that only this one of the candidates has is said."""
    own = set(matching.words_of(" ".join(choice.labels)))
    rest = {word for other in others if other is not choice for word in matching.words_of(" ".join(other.labels))}
    return bool((own - rest) & set(matching.words_of(part)))


def _line(situation: Situation, product: Product) -> str:
    there = [one for one in product.variants if browsing.is_there(one)]
    prices = sorted({one.price for one in product.variants})
    shown = " – ".join(money_text(one, situation.language) for one in (prices[0], prices[-1])[: len(prices)])
    fields = {
        "product": products.product_name(situation, product),
        "price": shown,
        "text": product.description.get(situation.language, ""),
        "sizes": browsing.sizes_text(situation, there),
        "stock": phrase_of(situation.pack, situation.language, "range: there" if there else "out of stock") or "",
    }
    return fill(phrase_of(situation.pack, situation.language, "range: compared line") or "", fields, situation.language)


def _cheapest(situation: Situation, found: Sequence[Product]) -> tuple[str, str]:
    """The cheapest of them, and by how much; empty when none is."""
    priced = sorted((min(one.price for one in product.variants), product.id) for product in found if product.variants)
    if len(priced) < FEWEST or priced[0][0] == priced[1][0]:
        return "", ""
    by_id = {product.id: product for product in found}
    name = products.product_name(situation, by_id[priced[0][1]])
    return name, money_text(priced[1][0] - priced[0][0], situation.language)


# --- what goes with it ----------------------------------------------------------------------------


def look_up_companions(situation: Situation, task: Task) -> bool:
    """Goods that go with a product, by the company's table: the cheapest of each kind that can be had."""
    kinds = {kind.category: kind for kind in browsing.kinds(situation)}
    category, name = _category(situation, task)
    if not category and not task.tries.get("companions"):
        task.tries["companions"] = 1
        asking.ask(situation, task, Question("product", "range"), "ask: companion of")
        return False
    task.looked["companions"] = "yes"
    fits: list[Fit] = []
    for other in kinds[category].goes_with if category in kinds else ():
        fits += [fit for fit in browsing.fitting(situation, seeking.Search((other,))) if fit.there][:1]
    if not fits:
        situation.say("range: nothing goes with it")
        return True
    choices = tuple(browsing.choice_of(situation, fit) for fit in fits[: browsing.SHOWN])
    situation.say("range: goes with", product=name, options=browsing.listed(choices))
    return True


def _category(situation: Situation, task: Task) -> tuple[str, str]:
    """(category, name) of the product or kind of goods that is spoken of."""
    ids = named_in(situation, task.words)
    found = [entity for one in situation.heard for entity in one.entities if entity.kind == "product"]
    id = str(found[0].value) if found else ids[0] if len(ids) == 1 else ""
    kinds = browsing.kinds(situation)
    named = seeking.categories_in(" . ".join(task.words), kinds)
    if not id and named:
        kind = next(one for one in kinds if one.category == named[0])
        return kind.category, kind.names.get(situation.language, kind.category)
    id = id or situation.dialogue.product
    product = situation.shop.product(id) if id else None
    situation.dialogue.product = id
    return (product.category, products.product_name(situation, product)) if product else ("", "")
