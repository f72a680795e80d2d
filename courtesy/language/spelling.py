"""Typing mistakes: a word that no example knows is read as the known word that is one slip away."""

from __future__ import annotations

from functools import lru_cache

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from courtesy.language.features import comparable
from courtesy.language.intents import IntentModel

_WORD = regex.compile(r"\p{Latin}{4,24}")
_MOST = 12  # words mended in one text


def mend(text: str, language: str, model: IntentModel) -> str:
    """The text with unknown words replaced by known ones one slip away (two in long words), when there is just one."""
    known = model.words(language)
    if not known:
        return text
    mended = 0

    def replace(found: regex.Match[str]) -> str:
        nonlocal mended
        word = _comparable(found[0])
        if word in known or mended >= _MOST:
            return str(found[0])
        mended += 1
        return _nearest(word, _listed(known)) or str(found[0])

    return str(_WORD.sub(replace, text))


_comparable = lru_cache(maxsize=8192)(comparable)


@lru_cache(maxsize=16)
def _listed(known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in known if len(word) >= 4 and word.isalpha()))


@lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    slips = 2 if len(word) >= 8 else 1
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=2)
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return ""
    return str(near[0][0])
