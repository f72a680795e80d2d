"""Looking through the range: what fits is shown, a few at a time; what is not there is said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from courtesy.commerce.port import Product, Variant
from courtesy.commerce.selling.port import selling
from courtesy.foundation.money import Money
from courtesy.language.understanding import Choice
from courtesy.pack.range import Kind, kinds_of
from courtesy.representative import asking, matching
from courtesy.representative.products import ONLINE, asked_for, places_asked_for, product_name
from courtesy.representative.selling import seeking
from courtesy.representative.selling.seeking import Search
from courtesy.representative.situation import Situation
from courtesy.representative.wording import fill, money_text, phrase_of

NEAREST = 3  # other products put beside one that is sold out
SHOWN = 4  # choices put before the customer at once


@dataclass(frozen=True, slots=True)
class Fit:
    """A product that fits, with those of its variants that do; ``there``: one of them can be had."""

    product: Product
    variants: tuple[Variant, ...]
    there: bool

    @property
    def price(self) -> Money:
        return min(variant.price for variant in self.variants)


def kinds(situation: Situation) -> tuple[Kind, ...]:
    """The kinds of goods that customers may name: by the company's table, else as the shop calls them."""
    if known := kinds_of(situation.pack):
        return known
    shop = selling(situation.shop)
    return tuple(Kind(one, (one,), (), (), {}) for one in (shop.categories() if shop else ()))


def fitting(situation: Situation, search: Search) -> list[Fit]:
    """What fits, that which can be had first, then by price."""
    shop = selling(situation.shop)
    if shop is None:
        return []
    wanted = search.categories or tuple(kind.category for kind in kinds(situation))
    fits = [fit for product in shop.products_in(wanted) if (fit := _fit(situation, product, search)) is not None]
    return sorted(fits, key=lambda fit: (not fit.there, fit.price, fit.product.id))


def _fit(situation: Situation, product: Product, search: Search) -> Fit | None:
    """A product whose size and colour are named must have them; what is not named may be anything."""
    named = asked_for(situation, product, search.words)
    variants = [one for one in named if _in_price(one.price.amount, search)]
    if not variants or not has_what_is_named(situation, product, named, search.words):
        return None
    place = place_named(situation, search.words, product)
    there = [one for one in variants if is_there(one, place)]
    return Fit(product, tuple(there or variants), bool(there))


def has_what_is_named(situation: Situation, product: Product, named: Sequence[Variant], words: str) -> bool:
    """Whether a size or colour that customers name at all is one that this product has."""
    said = {value for value in option_values(situation) if matching.contains(words, value)}
    own = {
        matching.fold(label) for one in named for value in one.options.values() for label in _labels(situation, value)
    }
    return all(matching.fold(value) in own for value in said)


def option_values(situation: Situation) -> list[str]:
    """Colours and the like, in every wording that the pack has."""
    return [
        label
        for (_, name), phrase in situation.pack.phrases.items()
        if name.startswith("option: ")
        for label in (phrase.text, *phrase.also)
        if len(label) > 1
    ]


def _labels(situation: Situation, value: str) -> list[str]:
    phrases = situation.pack.phrases
    found = [phrases.get((code, f"option: {value}")) for code in situation.pack.company.languages]
    return [value, *(label for one in found if one for label in (one.text, *one.also))]


def _in_price(price: Decimal, search: Search) -> bool:
    return (search.most is None or price <= search.most) and (search.least is None or price >= search.least)


def nearest(situation: Situation, product: Product, words: str = "") -> list[Fit]:
    """Other products of the kind that can be had, the nearest in price first; ``words``: sizes and colours wished."""
    if not product.variants:
        return []
    price = min(variant.price for variant in asked_for(situation, product, words))
    fits = fitting(situation, seeking.Search((product.category,), words=words))
    others = [fit for fit in fits if fit.there and fit.product.id != product.id]
    return sorted(others, key=lambda fit: (abs(fit.price.amount - price.amount), fit.product.id))[:NEAREST]


def place_named(situation: Situation, words: str, product: Product) -> str:
    """The store that is named, else the online shop."""
    return places_asked_for(situation, words, product)[0]


def is_there(variant: Variant, place: str = ONLINE) -> bool:
    if place == ONLINE or not variant.stock:
        return variant.available
    return variant.stock.get(place, 0) > 0


# --- how it is shown ------------------------------------------------------------------------------


def choice_of(situation: Situation, fit: Fit) -> Choice:
    """A product as a choice: its name and its price, and whether it is sold out."""
    prices = sorted({one.price for one in fit.variants})
    first = money_text(prices[0], situation.language)
    fields = {"product": product_name(situation, fit.product), "price": first, "from": first}
    name = "range: line" if len(prices) == 1 else "range: line from"
    label = fill(phrase_of(situation.pack, situation.language, name) or "{product}", fields, situation.language)
    if not fit.there:
        label = f"{label} · {phrase_of(situation.pack, situation.language, 'out of stock') or ''}".strip(" ·")
    return Choice(fit.product.id, label, (label, *fit.product.names.values()))


def listed(choices: Sequence[Choice]) -> str:
    return "\n".join(f"• {choice.label}" for choice in choices)


def sizes_text(situation: Situation, variants: Sequence[Variant]) -> str:
    """What can be chosen: the values of each option, "S, M, L · blue, red"."""
    values: dict[str, dict[str, str]] = {}
    for variant in variants:
        for option, value in variant.options.items():
            values.setdefault(option, {})[value] = asking.phrase_text(situation, f"option: {value}") or value
    return " · ".join(", ".join(labels.values()) for labels in values.values())


def read(situation: Situation, texts: Sequence[str]) -> Search:
    return seeking.read(" . ".join(texts), kinds(situation))
