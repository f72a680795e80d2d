"""Dates of birth as they are heard: words, ordinals, runs of digits, years said in halves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import JaroWinkler

from courtesy.language.entities.amounts.spoken import SMALL
from courtesy.language.entities.when.calendar import MONTHS, ORDINALS
from courtesy.language.text import flatten

_TOKEN = re.compile(r"\d+|[a-z]+(?:-[a-z]+)?")
_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th|s)\b")
_MONTH_NAMES = tuple(name for name, number in MONTHS.items() if len(name) >= 3)
_CLOSE = 0.9


@dataclass(frozen=True, slots=True)
class Birth:
    """What was understood: each part None where it was not. ``digits``: every figure in the order it was said."""

    day: int | None
    month: int | None
    year: int | None
    digits: str


@lru_cache(maxsize=20_000)
def heard_birth(said: str) -> Birth:
    """A date of birth from one reading of a recogniser."""
    text = _ENDING.sub("", flatten(said).replace(":", " "))
    numbers: list[str] = []
    month: int | None = None
    before = 0  # numbers said before the month's name
    for token in _TOKEN.findall(text):
        figure = _figure(token)
        if figure:
            numbers.append(figure)
        elif month is None and (named := _month(token)):
            month, before = named, len(numbers)
    year = _year(numbers)
    if month is None:
        return _figures_only(numbers, year)
    days = [
        int(number) for number in numbers[:before] + numbers[before:] if len(number) <= 2 and 1 <= int(number) <= 31
    ]
    leading = [int(number) for number in numbers[:before] if len(number) <= 2 and 1 <= int(number) <= 31]
    day = leading[-1] if leading else days[0] if days and len(numbers) > 1 else None
    return Birth(day, month, year, "".join(numbers))


@lru_cache(maxsize=5_000)
def _figure(token: str) -> str:
    if token.isdigit():
        return token
    if token in ("o", "oh", "or", "zero", "nought"):
        return "0"
    if token in ORDINALS:
        return str(ORDINALS[token])
    if token in SMALL and token not in ("un", "once"):
        return str(SMALL[token])
    return ""


@lru_cache(maxsize=5_000)
def _month(token: str) -> int | None:
    if token in MONTHS:
        return MONTHS[token]
    if len(token) < 4:
        return None
    close = max(_MONTH_NAMES, key=lambda name: JaroWinkler.similarity(token, name))
    return MONTHS[close] if JaroWinkler.similarity(token, close) >= _CLOSE else None


def _year(numbers: list[str]) -> int | None:
    """A year of four figures, the last of which may have come apart: "1980 8", "2000 and 7", "19 05"."""
    for place in range(len(numbers) - 1, -1, -1):
        number = numbers[place]
        if len(number) == 4 and number[:2] in ("19", "20") and int(number) <= 2030:
            rest = numbers[place + 1] if place + 1 < len(numbers) else ""
            if number.endswith("0") and len(rest) == 1 and rest != "0":
                return int(number) + int(rest)
            if number == "2000" and len(rest) == 2:
                return 2000 + int(rest)
            return int(number)
    for first, second in reversed(list(pairwise(numbers))):
        if first in ("19", "20") and len(second) == 2:
            return int(first + second)
    if len(numbers) >= 3 and len(numbers[-1]) == 2 and numbers[-1] != numbers[0]:
        return 1900 + int(numbers[-1])
    return None


def _figures_only(numbers: list[str], year: int | None) -> Birth:
    digits = "".join(numbers)
    short = [int(number) for number in numbers if len(number) <= 2]
    if len(numbers) >= 3 and len(short) >= 2 and 1 <= short[0] <= 31 and 1 <= short[1] <= 12:
        return Birth(short[0], short[1], year, digits)
    if len(digits) == 8 and 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12:
        return Birth(int(digits[:2]), int(digits[2:4]), int(digits[4:]), digits)
    return Birth(None, None, year, digits)
