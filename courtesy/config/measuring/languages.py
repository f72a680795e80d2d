"""Counting how often the language of a text is told, by language and by length; and what is nobody's language here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

import regex

from courtesy.language.detection import detect
from courtesy.language.text import hear

_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
SHORT = 10  # words
LENGTHS = ((1, "1 word"), (3, "2-3 words"), (6, "4-6 words"), (10, "7-10 words"), (10**9, "more than 10 words"))


@dataclass(frozen=True, slots=True)
class Told:
    text: str
    language: str


def words_in(text: str) -> int:
    """How long a text is in words; where none are parted, two signs count as one."""
    wide = len(_WIDE.findall(text))
    return len(_WIDE.sub(" ", text).split()) + (wide + 1) // 2


def measure(rows: Sequence[Told], languages: tuple[str, ...]) -> dict[str, Any]:
    """All figures. Texts in other languages are right when they are said to be in none of ``languages``."""
    right: defaultdict[str, list[bool]] = defaultdict(list)
    by_length: defaultdict[str, list[bool]] = defaultdict(list)
    short: list[bool] = []
    others: list[bool] = []
    refused = 0
    seconds = 0.0
    detect("hello there, how are you today", languages)  # loads what it needs
    for row in rows:
        clean = hear(row.text).clean
        started = process_time()
        language, _, supported = detect(clean, languages)
        seconds += process_time() - started
        if row.language not in languages:
            others.append(not supported)
            continue
        hit = supported and language == row.language
        refused += not supported
        right[row.language].append(hit)
        length = words_in(row.text)
        by_length[next(name for most, name in LENGTHS if length <= most)].append(hit)
        if length <= SHORT:
            short.append(hit)
    spoken = [hit for hits in right.values() for hit in hits]
    each = {language: _share(right[language]) for language in languages if right[language]}
    shares = [share for share in each.values() if share is not None]
    return {
        "texts": len(rows),
        "accuracy": _share(spoken),
        "macro_accuracy": sum(shares) / len(shares) if shares else None,
        "accuracy_up_to_10_words": _share(short),
        "wrongly_said_to_be_none": refused / len(spoken) if spoken else None,
        "other_languages_recognised": _share(others),
        "languages": each,
        "lengths": {name: _share(by_length[name]) for _, name in LENGTHS if by_length[name]},
        "microseconds_per_message": seconds * 1e6 / max(1, len(rows)),
    }


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
