"""How many pieces are wanted, read from words; a size is no number of pieces. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from courtesy.language.text import flatten

MOST = 99
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "a couple": 2, "both": 2, "a dozen": 12, "half a dozen": 6,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "doce": 12, "un par": 2, "una docena": 12,
}  # fmt: skip
_HAN = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_MEASURES = "个件双只条顶套把本瓶盒盏支包块份"
_COUNTED = regex.compile(
    rf"(?<![\w.,/-])(\d{{1,2}})\s*(?:x\b|×|(?:pairs?|pieces?|pcs|units?|pares?|unidades|uds)\b|[{_MEASURES}])"
    rf"|\bx\s?(\d{{1,2}})\b"
)
_HAN_COUNTED = regex.compile(rf"(?<![第一两二三四五六七八九十])([一两二三四五六七八九十])[{_MEASURES}]")
_SPOKEN = regex.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})\b(?! euros?\b)")
_ONLY_ONE = regex.compile(
    r"\b(?:just|only) (?:one|1)\b|\b(?:one|1) (?:only|is enough)\b|\b(?:solo|solamente) (?:uno?a?|1)\b"
    r"|只要一|一个就(?:够|行|好)"
)
_BARE = regex.compile(
    r"(?<![\w.,/€$-])(\d{1,2})(?![\w.,/%€]*\d)(?!\s?(?:€|eur|euros?|l\b|cm\b|mm\b|kg\b|g\b|m\b|码|号|欧))"
)


def pieces_in(text: str, sizes: Iterable[str] = ()) -> int | None:
    """The number of pieces that a text names; None when it names none. ``sizes``: option values, which are none."""
    flat = flatten(text)
    if _ONLY_ONE.search(flat):
        return 1
    if found := _COUNTED.search(flat):
        return _within(int(found[1] or found[2]))
    if han := _HAN_COUNTED.search(flat):
        return _HAN[han[1]]
    known = {flatten(size) for size in sizes}
    for bare in _BARE.finditer(flat):
        if bare[1] not in known and (number := _within(int(bare[1]))):
            return number
    if spoken := _SPOKEN.search(flat):
        return _WORDS[spoken[1]]
    return None


def _within(number: int) -> int | None:
    return number if 0 < number <= MOST else None
