"""Mending slips of the keyboard ("damaegd", "tajreta") in what is matched against choices; what is kept stays as is."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from courtesy.language.features import comparable
from courtesy.language.phrasebook import words_of
from courtesy.language.spelling import doubled, mend_with
from courtesy.representative.learning import model_of
from courtesy.representative.situation import Products, Situation, product_choices
from courtesy.representative.wording import territory_name

_WORD = regex.compile(r"\p{Latin}{2,}")
_known: dict[tuple[str, Products], frozenset[str]] = {}


def mend(situation: Situation, text: str, also: Iterable[str] = ()) -> str:
    """The text with slips mended, by every word that a choice, an option, a product, a country or an example has.

    ``also``: labels whose words are right as well."""
    labels = tuple(also)
    more = {comparable(word) for label in labels for word in _WORD.findall(label)} | doubled(labels)
    known = _vocabulary(situation)
    return mend_with(text, known | more if more else known, situation.language)


def _vocabulary(situation: Situation) -> frozenset[str]:
    pack = situation.pack
    products = product_choices(situation.shop)
    key = (pack.edition, products)
    if key not in _known:
        _known.clear()
        named = [name for product in products for name in product.labels]
        for (_, name), phrase in pack.phrases.items():
            if name.startswith(("choice: ", "option: ", "means: ", "offer: ")) or name in ("yes", "no", "skip"):
                named += [phrase.text, *phrase.also]
        named += [
            territory_name(row["country"], language) or ""
            for row in pack.tables.get("shipping", ())
            for language in pack.company.languages
        ]
        known = {comparable(word) for label in named for word in _WORD.findall(label)} | doubled(named)
        for language in pack.company.languages:
            known |= model_of(pack).words(language) | words_of(language)
            known |= doubled(model_of(pack).examples.get(language, ()))
        _known[key] = frozenset(known)
    return _known[key]
