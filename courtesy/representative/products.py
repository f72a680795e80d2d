"""What a product's record says of price and stock, narrowed to the size, colour or shop that was asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex

from courtesy.commerce.port import Product, Variant
from courtesy.representative import asking, matching
from courtesy.representative.situation import Situation
from courtesy.representative.wording import fill, money_text, phrase_of

MOST_LINES = 12
ONLINE = "online"


def product_name(situation: Situation, product: Product) -> str:
    return product.names.get(situation.language) or product.name


def variant_label(situation: Situation, options: Mapping[str, str]) -> str:
    """Options in the customer's language: "talla 42, azul"."""
    return ", ".join(asking.phrase_text(situation, f"option: {value}") or value for value in options.values())


def option_labels(situation: Situation, value: str) -> tuple[str, ...]:
    """Every way of saying an option's value: as the shop has it, and in the pack's languages."""
    labels = [value]
    for language in situation.pack.company.languages:
        if phrase := situation.pack.phrases.get((language, f"option: {value}")):
            labels += [phrase.text, *phrase.also]
    return tuple(labels)


def names(situation: Situation, text: str, value: str) -> bool:
    """Whether the text names an option's value in any of its wordings."""
    return any(matching.contains(text, label) for label in option_labels(situation, value))


def options_of(product: Product) -> dict[str, list[str]]:
    """The options that tell the variants apart, with their values in the shop's order."""
    options: dict[str, list[str]] = {}
    for variant in product.variants:
        for name, value in variant.options.items():
            if value not in options.setdefault(name, []):
                options[name].append(value)
    return {name: values for name, values in options.items() if len(values) > 1}


def asked_for(situation: Situation, product: Product, text: str) -> list[Variant]:
    """The variants whose size or colour the text names; all of them when it names none that exists."""
    own_words = _without(text, product)
    left = list(product.variants)
    for option, values in options_of(product).items():
        hits = [value for value in values if names(situation, own_words, value)]
        longest = [value for value in hits if not any(value != other and value in other for other in hits)]
        if longest:
            left = [variant for variant in left if variant.options.get(option) in longest]
    return left or list(product.variants)


def _without(text: str, product: Product) -> str:
    """The text without the product's own name: "Teide 3" names no size 3."""
    said = matching.fold(text)
    for name in (product.name, *product.names.values()):
        said = regex.sub(rf"{regex.escape(matching.fold(name))}(?:e?s\b)?", " ", said)  # "jackets" leaves no size S
    return said


def places_asked_for(situation: Situation, text: str, product: Product) -> list[str]:
    """The shops named in the text, in any of the wordings that the pack has for them, else the online shop."""
    places = dict.fromkeys(place for variant in product.variants for place in variant.stock)
    named = [place for place in places if place != ONLINE and names_place(situation, text, place)]
    return named or [ONLINE]


def names_place(situation: Situation, text: str, place: str) -> bool:
    labels = [one for choice in asking.pack_choices(situation, (place,)) for one in choice.labels]
    return any(matching.contains(text, label) for label in labels)


_IN_SHOP = r"(?:tiendas?|shops?|stores?|branch|outlet)"


def without_places(situation: Situation, text: str) -> str:
    """The text without its shops: in "en la tienda de Bilbao" there is no tent."""
    stores = [row.get("store", "") for row in situation.pack.tables.get("stores", ())]
    labels = [one for choice in asking.pack_choices(situation, tuple(filter(None, stores))) for one in choice.labels]
    for label in labels:
        name = regex.escape(label)
        text = regex.sub(rf"\b{_IN_SHOP} (?:de|en|in|at) {name}\b|\b{name} {_IN_SHOP}\b", " ", text, flags=regex.I)
    return text


def fields_of(situation: Situation, product: Product, words: Sequence[str]) -> dict[str, Any]:
    """``product``, ``price``, ``prices`` and ``stock`` for phrases."""
    said = words[-1] if words else ""
    variants = asked_for(situation, product, said)
    if len(variants) == len(product.variants):
        variants = asked_for(situation, product, " . ".join(words))
    prices = sorted(variant.price for variant in variants)
    span = [money_text(price, situation.language) for price in (prices[0], prices[-1])] if prices else []
    shown = variants[:MOST_LINES]
    places = places_asked_for(situation, " . ".join(words), product)
    return {
        "product": product_name(situation, product),
        "price": span[0] if span and span[0] == span[-1] else " – ".join(span),
        "prices": "\n".join(_line(situation, product, variant, "price line", ONLINE) for variant in shown),
        "stock": "\n".join(
            _line(situation, product, variant, "stock line", place) for place in places for variant in shown
        ),
    }


def _line(situation: Situation, product: Product, variant: Variant, phrase: str, place: str) -> str:
    pack, language = situation.pack, situation.language
    pieces = variant.stock.get(place, 0) if variant.stock else int(variant.available)
    if pieces and (variant.available or place != ONLINE):
        name = "in stock" if place == ONLINE else "in stock at"
        state = fill(phrase_of(pack, language, name) or "", {"quantity": str(pieces), "place": place}, language)
    else:
        name = "out of stock" if place == ONLINE else "out of stock at"
        state = fill(phrase_of(pack, language, name) or "", {"place": place}, language)
    label = variant_label(situation, variant.options)
    name = product_name(situation, product)
    given = {"product": name, "variant": label, "price": variant.price, "stock": state}
    plain = "" if label else " plain"
    return fill(phrase_of(pack, language, phrase + plain) or "", given, language)
