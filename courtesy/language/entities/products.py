"""Products by name, written whole, in part or with typing mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex
from rapidfuzz import fuzz, process

from courtesy.language.text import Heard, flatten
from courtesy.language.understanding import Choice, Context, Entity

_CLOSE = 90.0  # of 100; below, a product is not named but at most hinted at
_SHORTEST = 6  # letters of a name that may be found with mistakes in it
_HAN = regex.compile(r"\p{Han}")


@lru_cache(maxsize=8)
def _names(products: tuple[Choice, ...]) -> tuple[dict[str, Choice], regex.Pattern[str] | None]:
    """Flat names → product, and one pattern that finds any of them whole."""
    names: dict[str, Choice] = {}
    for choice in products:
        for label in (choice.label, *choice.labels):
            flat = flatten(label)
            if len(flat) >= 3 and flat not in names:
                names[flat] = choice
    ordered = sorted(names, key=len, reverse=True)
    parts = [regex.escape(name) if _HAN.search(name) else rf"\b{regex.escape(name)}\b" for name in ordered]
    return names, regex.compile("|".join(parts)) if parts else None


def products(heard: Heard, context: Context) -> Iterator[Entity]:
    """Products named in the message: exactly, else the one name that is very close to a stretch of it."""
    names, pattern = _names(context.products)
    if pattern is None:
        return
    found_any = False
    for found in pattern.finditer(heard.flat):
        found_any = True
        span = heard.span(*found.span())
        yield Entity("product", names[found[0]].value, span, heard.received[span[0] : span[1]], 0.98)
    if found_any or len(heard.flat) < _SHORTEST:
        return
    long_names = _long(context.products)
    best = process.extract(heard.flat, long_names, scorer=fuzz.partial_ratio, score_cutoff=_CLOSE, limit=2)
    if best and (len(best) == 1 or best[0][1] > best[1][1] or names[best[0][0]] == names[best[1][0]]):
        place = fuzz.partial_ratio_alignment(best[0][0], heard.flat)
        if place is not None and len(best[0][0]) <= len(heard.flat) + 2:
            span = heard.span(place.dest_start, place.dest_end)
            yield Entity("product", names[best[0][0]].value, span, heard.received[span[0] : span[1]], best[0][1] / 100)


@lru_cache(maxsize=8)
def _long(products: tuple[Choice, ...]) -> list[str]:
    return [name for name in _names(products)[0] if len(name) >= _SHORTEST]
