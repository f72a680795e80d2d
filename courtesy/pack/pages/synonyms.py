"""Synonym pages: words that mean the same when an answer is looked for, a line for each meaning, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from courtesy.pack.mistakes import Mistakes
from courtesy.pack.model import Synonyms
from courtesy.pack.pages.forms import Form, Reader, Scalar

LANGUAGE, SAME = "synonyms", "mean the same"
KEYS = (LANGUAGE, SAME)
LONGEST = 40  # characters of one word or group of words

_PARTS = re.compile(r"\s*[,，、]\s*")


def read_synonyms(form: Form, mistakes: Mistakes) -> tuple[Synonyms, ...]:
    """Every line of one page, with where it stands."""
    reader = Reader(form, mistakes)
    reader.only(KEYS, "a page of synonyms")
    language = reader.text(LANGUAGE, needed=True)
    lines = reader.scalars(SAME, needed=True)
    return tuple(line for one in lines if (line := _line(language, one, mistakes)) is not None) if language else ()


def _line(language: str, written: Scalar, mistakes: Mistakes) -> Synonyms | None:
    words = tuple(dict.fromkeys(word.casefold() for word in _PARTS.split(written.text) if word))
    if len(words) < 2:
        remedy = "Write at least two, with commas: 'anorak, parka'."
        mistakes.error(written.place, f"'{written.text}' stands alone, it means the same as nothing", remedy)
        return None
    for word in words:
        if len(word) > LONGEST:
            mistakes.error(written.place, f"'{word[:LONGEST]}…' is no word but a sentence", "Write single words.")
            return None
    return Synonyms(language, words, written.place)


def by_language(lines: Iterable[Synonyms]) -> Mapping[str, tuple[Synonyms, ...]]:
    """Language → its lines, those of the base packs first."""
    found: dict[str, tuple[Synonyms, ...]] = {}
    for line in lines:
        found[line.language] = (*found.get(line.language, ()), line)
    return MappingProxyType(found)
