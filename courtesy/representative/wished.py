"""Which variant is wished: what the words demand, prefer, compare, and leave open, held against what there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from courtesy.commerce.port import Variant
from courtesy.language.comparing import (
    Comparison,
    comparisons,
    no_matter,
    preferred,
    price_wish,
    stems,
    without_preferences,
)
from courtesy.representative import matching

Options = Mapping[str, Sequence[str]]
Names = Callable[[str, str], bool]  # (text, value) → whether the text names the value

_LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "3XL", "4XL")
_LEVELS = (
    ("low", "medium", "high"),
    ("small", "medium", "large"),
    ("portable", "medium", "large"),
    ("beginner", "intermediate", "expert"),
    ("basic", "professional"),
)
_NUMBER = re.compile(r"^\D{0,2}(\d+(?:[.,]\d+)?)")
_UNIT = {"foot": "ft", "feet": "ft", "inches": "inch", "liters": "liter", "litres": "liter", "litre": "liter"}
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8", "ten": "10"}
_SIZE_WORDS = ("size", "capacity", "volume", "length", "height", "diameter", "talla", "tamaño", "尺码", "容量")
_YES, _NO, _NONE = "yes", "no", "none"
_NEGATED = re.compile(
    r"\b(?:instead of|rather than|en vez de|en lugar de)\b[^.,;!?]{0,40}"
    r"|(?:\b(?:not|no|isnt|isn't)\b|不是|不要|而不是)\s*(?:the |a |el |la |un |una )?[\w.]+",
    re.IGNORECASE,
)
_WHOLE_SIZES = {"extra small": "XS", "small": "S", "medium": "M", "large": "L", "extra large": "XL"}


@dataclass
class Wish:
    """``demanded``: option → values that will do; ``preferred``: option → values, best first, none of them needed;
    ``free``: options that may be anything; ``price``: -1 cheapest, 1 dearest."""

    demanded: dict[str, list[str]] = field(default_factory=dict)
    preferred: dict[str, list[str]] = field(default_factory=dict)
    free: set[str] = field(default_factory=set)
    price: int = 0

    def __bool__(self) -> bool:
        return bool(self.demanded or self.preferred or self.price)


def wish_of(options: Options, now: Mapping[str, str], texts: Sequence[str], names: Names) -> Wish:
    """``options``: what tells the variants apart, with all values; ``now``: what the customer has. Later words win."""
    wish = Wish()
    for text in texts:
        hard = without_preferences(text)
        plain = _NEGATED.sub(" ", _plain_units(hard))
        for option, values in options.items():
            if said := _named(option, values, now.get(option, ""), hard, plain, names):
                wish.demanded[option] = said
        _compare(wish, options, now, hard)
        _prefer(wish, options, text, names)
        wish.free |= {option for option in options if stems(option) & stems(no_matter(text))}
        wish.price = price_wish(text) or wish.price
    return wish


def _plain_units(text: str) -> str:
    def written(found: re.Match[str]) -> str:
        word = found[0].casefold()
        return _NUMBERS.get(word) or _UNIT.get(word) or found[0]

    return re.sub(r"[A-Za-z]+", written, text)


def _named(option: str, values: Sequence[str], now: str, hard: str, plain: str, names: Names) -> list[str]:
    """The value that is named and differs from what the customer has."""
    if set(values) <= {_YES, _NO}:
        return _yes_or_no(option, now, hard)
    denied = [value for value in values if value.casefold().startswith(("not ", "non-", "no ")) and names(hard, value)]
    hits = denied or [value for value in values if names(plain, value) or names(plain, _plain_units(value))]
    hits = [value for value in hits if value not in (_YES, _NO, _NONE)]
    if not hits and set(values) <= set(_LETTERS):
        hits = [size for word, size in _WHOLE_SIZES.items() if size in values and matching.contains(plain, word)][-1:]
    if not hits and _NONE in values and _says_none(option, hard):
        hits = [_NONE]
    hits = hits or _by_part(option, values, plain)
    longest = [value for value in hits if not any(value != other and value in other for other in hits)]
    others = [value for value in longest if value != now]
    return others if len(others) == 1 else longest if longest == [now] else []


def _says_none(option: str, text: str) -> bool:
    return re.search(rf"\b(?:no|without|sin)\s+{re.escape(option)}\b", text, re.IGNORECASE) is not None


def _yes_or_no(option: str, now: str, hard: str) -> list[str]:
    wanted = stems(option)
    for part in matching.parts_of(hard):
        if wanted & stems(part) and len(wanted & stems(part)) == len(wanted):
            no = re.search(r"\b(?:not|no|non|without|isn't|sin)\b|不", part.casefold())
            return [_NO] if no else [_YES]
    return []


def _by_part(option: str, values: Sequence[str], plain: str) -> list[str]:
    """A value told by a word that no other value of the option has: "Google" for "Google Assistant"."""
    said = {word for word in matching.words_of(plain) if not word.isdigit()}
    bags = {value: {word for word in matching.words_of(value) if len(word) > 2 or word.isupper()} for value in values}
    own_words = set(matching.words_of(option))
    hits = []
    for value, bag in bags.items():
        others = set().union(*(other for name, other in bags.items() if name != value))
        if (bag - others - own_words) & said:
            hits.append(value)
    return hits if len(hits) == 1 else []


# --- comparing -----------------------------------------------------------------------------------


def ordered(values: Sequence[str]) -> list[str]:
    """The values from least to most, or nothing when they have no order."""
    upper = [value.upper() for value in values]
    if all(value in _LETTERS for value in upper):
        return sorted(values, key=lambda value: _LETTERS.index(value.upper()))
    for scale in _LEVELS:
        if all(value.casefold() in scale for value in values):
            return sorted(values, key=lambda value: scale.index(value.casefold()))
    numbers = {value: _number(value) for value in values}
    if all(number is not None for number in numbers.values()):
        return sorted(values, key=lambda value: numbers[value] or Decimal(0))
    return []


def _number(value: str) -> Decimal | None:
    found = _NUMBER.match(value)
    if found is None:
        return None
    number = Decimal(found[1].replace(",", "."))
    return number * 1000 if re.search(r"\d\s*(?:TB|K)\b", value) else number


def _compare(wish: Wish, options: Options, now: Mapping[str, str], text: str) -> None:
    for one in comparisons(text):
        option = _compared(options, now, one)
        if not option or option in wish.demanded:
            continue
        scale = ordered(options[option])
        place = scale.index(now[option])
        if one.by is not None:
            target = (_number(now[option]) or Decimal(0)) + one.direction * one.by
            fitting = [value for value in scale if _number(value) == target]
        elif one.to_the_end:
            fitting = [scale[-1] if one.direction > 0 else scale[0]]
        else:
            fitting = scale[place + 1 :] if one.direction > 0 else scale[:place][::-1]
            fitting = fitting[:1] if _by_one(text) else fitting
        if fitting:
            wish.demanded[option] = fitting


def _by_one(text: str) -> bool:
    return re.search(r"\bone size\b|\bslightly\b|\bun poco\b|\buna talla\b|一码|一号|一点", text) is not None


def _compared(options: Options, now: Mapping[str, str], one: Comparison) -> str:
    """The option that a comparison is about: named beside it, in its own word, or the one that is a size."""
    scales = [option for option, values in options.items() if ordered(values) and now.get(option) in values]
    around = stems(one.about)
    for option in scales:
        units = {word for value in options[option] for word in stems(value)}
        if (stems(option) | units) & (around | stems(one.word)):
            return option
    if one.word in ("easier", "easiest", "harder", "hardest"):
        return next((option for option in scales if "difficult" in option), "")
    if one.word in ("more", "most", "less", "least", "fewer", "fewest", "mas", "menos", "upgrade"):
        return ""
    sizes = [option for option in scales if any(word in option.casefold() for word in _SIZE_WORDS)]
    return sizes[0] if sizes else scales[0] if len(scales) == 1 else ""


def _prefer(wish: Wish, options: Options, text: str, names: Names) -> None:
    for wanted in preferred(text):
        for option, values in options.items():
            liked = []
            for part in wanted:
                hits = [value for value in values if names(part, value)] or _by_part(option, values, part)
                liked += [value for value in hits if value not in liked and value not in (_YES, _NO, _NONE)]
            if liked and option not in wish.demanded:
                wish.preferred[option] = liked


# --- choosing ------------------------------------------------------------------------------------


def fitting(wish: Wish, variants: Sequence[Variant]) -> list[Variant]:
    """The variants that have everything demanded."""
    return [one for one in variants if all(one.options.get(name) in values for name, values in wish.demanded.items())]


def best(wish: Wish, now: Mapping[str, str], variants: Sequence[Variant]) -> list[Variant]:
    """Of variants that fit, those that the wish points to: by price, else by staying as near as can be to what the
    customer has, and by what is preferred. More than one when the words leave it open."""
    if not variants:
        return []
    if wish.price:
        price = (min if wish.price < 0 else max)(one.price for one in variants)
        return [one for one in variants if one.price == price]

    def changes(one: Variant) -> int:
        loose = wish.free | set(wish.demanded) | set(wish.preferred)
        return sum(one.options.get(name) != value for name, value in now.items() if name not in loose)

    def dislikes(one: Variant) -> tuple[int, ...]:
        return tuple(
            values.index(one.options[name]) if one.options.get(name) in values else len(values)
            for name, values in wish.preferred.items()
        )

    def strays(one: Variant) -> int:
        return sum(one.options.get(name) != now.get(name) for name in wish.free)

    ranks = [(changes(one), dislikes(one), strays(one)) for one in variants]
    least = min(ranks)
    return [one for one, rank in zip(variants, ranks, strict=True) if rank == least]


def changes_more(wish: Wish, now: Mapping[str, str], variant: Variant) -> bool:
    """Whether something would change that nobody spoke of."""
    loose = wish.free | set(wish.demanded) | set(wish.preferred)
    return any(variant.options.get(name) != value for name, value in now.items() if name not in loose)
