"""Comparisons: "a bigger one", "the cheapest", "500 pieces less", "prefer battery over USB", in en, es and zh."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

from courtesy.language.text import flatten

_UP = (
    "bigger larger higher greater longer taller wider thicker brighter faster stronger heavier harder upgrade more "
    "mayor mas superior grande"
)
_DOWN = "smaller lower shorter narrower thinner dimmer slower weaker lighter easier less fewer menor menos inferior"
_TOP = "biggest largest highest greatest longest tallest brightest fastest strongest hardest most maximum"
_BOTTOM = "smallest lowest shortest thinnest dimmest slowest lightest easiest fewest least minimum"
_HAN = dict.fromkeys(("更大", "大一", "更高", "更多", "更亮"), 1)
_HAN |= dict.fromkeys(("更小", "小一", "更低", "更少", "更暗"), -1)
_HAN_ENDS = dict.fromkeys(("最大", "最高", "最多", "最亮"), 1) | dict.fromkeys(("最小", "最低", "最少", "最暗"), -1)
_CHEAPEST = regex.compile(
    r"\b(?:cheapest|least expensive|lowest[- ]priced?|lowest price|mas barat[oa]s?|mas economic[oa]s?)\b|最便宜|最低价"
)
_DEAREST = regex.compile(r"\b(?:most expensive|priciest|dearest|highest[- ]priced?|mas car[oa]s?)\b|最贵")
_PREFERS = regex.compile(
    r"\b(?:prefer(?:ably|red)?|(?:id|i would) rather|preferiblemente|prefiero|preferimos|a ser posible)\b|最好|优先"
)
_BETTER = regex.compile(r"\s*(?:>|\bover\b|\bthan\b|\bantes que\b|优于)\s*")
_NO_MATTER = regex.compile(
    r"\b(?:(?:do not|dont) (?:really )?(?:care|mind)(?: about)?|(?:does not|doesnt) matter|whatever|any"
    r"|no me importa|me da igual|da igual)\b|无所谓|都可以|不介意"
)
_IN_CASE = regex.compile(
    r"\bif (?:there|it|that|you|they|not|none|no)\b[^.;!?]{0,120}?,\s*"
    r"(?=(?:i|id|ill|im|we|wed|then|please|just|get|it)\b)"
    r"|\bsi (?:no|esta)\b[^.;!?]{0,120}?,|如果(?:没有|缺货)[^。；]{0,40}?，"
)
_AMOUNT = regex.compile(r"(\d{1,6})\s+(?:\p{L}{2,20}\s+)?(?:more|less|fewer|mas|menos)\b")
_WORD = regex.compile(r"[\p{L}\p{M}]{2,30}")
_AROUND = 24  # letters beside a comparison that say what is compared


@dataclass(frozen=True, slots=True)
class Comparison:
    """``direction`` is 1 or -1; ``to_the_end`` for a superlative; ``by`` an amount that was said; ``about`` the words
    around it, flat, and ``word`` the comparing word itself."""

    direction: int
    to_the_end: bool
    word: str
    about: str
    by: Decimal | None = None


def comparisons(text: str) -> list[Comparison]:
    """The comparisons of a text in the order said, prices left out."""
    flat = flatten(text)
    found: list[tuple[int, Comparison]] = []
    for direction, ends, words in ((1, False, _UP), (-1, False, _DOWN), (1, True, _TOP), (-1, True, _BOTTOM)):
        for place in regex.finditer(rf"\b(?:{'|'.join(words.split())})\b", flat):
            if not _about_price(flat, place.end()):
                found.append((place.start(), _comparison(flat, place.start(), place.end(), direction, ends)))
    for ends, table in ((False, _HAN), (True, _HAN_ENDS)):
        for word, direction in table.items():
            if (start := flat.find(word)) >= 0:
                found.append((start, _comparison(flat, start, start + len(word), direction, ends)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _about_price(flat: str, end: int) -> bool:
    return regex.match(r"\s*(?:expensive|caro|barato|economico|price)", flat[end : end + 14]) is not None


def _comparison(flat: str, start: int, end: int, direction: int, ends: bool) -> Comparison:
    around = flat[max(0, start - _AROUND) : end + _AROUND]
    said = next(
        (one for one in _AMOUNT.finditer(flat) if one.start() - 1 <= start <= one.end()),
        None,
    )
    by = Decimal(said[1]) if said else None
    return Comparison(direction, ends, flat[start:end], around, by)


def price_wish(text: str) -> int:
    """-1: the cheapest, 1: the most expensive, 0: neither."""
    flat = flatten(text)
    if _CHEAPEST.search(flat):
        return -1
    return 1 if _DEAREST.search(flat) else 0


def preferred(text: str) -> list[list[str]]:
    """What is merely preferred, best first: "prefer battery > USB" gives [["battery", "usb"]]."""
    flat = flatten(text)
    lists = []
    for place in _PREFERS.finditer(flat):
        stretch = regex.split(r"[.;!?()。；]", flat[place.end() : place.end() + 80], maxsplit=1)[0]
        lists.append([part.strip(" ,:") for part in _BETTER.split(stretch) if part.strip(" ,:")])
    return lists


def without_preferences(text: str) -> str:
    """The text without what is merely preferred or does not matter."""
    flat = _IN_CASE.sub(" ", flatten(text))
    for pattern in (_PREFERS, _NO_MATTER):
        while place := pattern.search(flat):
            rest = regex.split(r"[.,;!?()。，；]", flat[place.end() :], maxsplit=1)
            flat = flat[: place.start()] + " . " + (rest[1] if len(rest) > 1 else "")
    return str(flat)


def no_matter(text: str) -> str:
    """The words of what does not matter to the customer, "" when nothing is said to."""
    flat = flatten(text)
    return " . ".join(flat[place.end() : place.end() + 40] for place in _NO_MATTER.finditer(flat))


def stems(text: str) -> set[str]:
    """Words cut so that "bright", "brighter" and "brightness" meet."""
    found = set()
    for word in _WORD.findall(flatten(text)):
        for ending in ("ness", "iest", "ier", "est", "ers", "er", "ance", "ant", "ity", "es", "s"):
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word.removesuffix(ending)
                break
        found.add(word)
    return found
