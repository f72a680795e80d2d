"""Typing mistakes: a word that no example knows is read as the known word that is one slip away."""

from __future__ import annotations

from functools import lru_cache

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from courtesy.language.features import comparable
from courtesy.language.intents import IntentModel

_WORD = regex.compile(r"\p{Latin}{2,24}")
SHORT = 3  # letters of a word in which only swapped or doubled letters are mended
_MOST = 12  # words mended in one text


def mend(text: str, language: str, model: IntentModel) -> str:
    """The text with unknown words replaced by known ones one slip away (two in long words), when there is just one."""
    return mend_with(text, model.words(language))


def mend_with(text: str, known: frozenset[str]) -> str:
    """The text with words outside ``known`` (comparable forms) replaced by the one known word that is a slip away."""
    if not known:
        return text
    mended = 0

    def replace(found: regex.Match[str]) -> str:
        nonlocal mended
        word = _comparable(found[0])
        if word in known or mended >= _MOST:
            return str(found[0])
        mended += 1
        nearest = _nearest(word, _listed(known)) if len(word) > SHORT else _unslipped(word, known)
        return nearest or str(found[0])

    return str(_WORD.sub(replace, text))


_comparable = lru_cache(maxsize=8192)(comparable)


@lru_cache(maxsize=16)
def _listed(known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in known if len(word) >= 4 and word.isalpha()))


def _unslipped(word: str, known: frozenset[str]) -> str:
    """A short word with two letters swapped, or one doubled, put right; too little is left to guess at more."""
    tried = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    tried |= {word[:at] + word[at + 1 :] for at in range(len(word) - 1) if word[at] == word[at + 1]}
    found = sorted((tried - {word}) & known)
    return found[0] if len(found) == 1 else ""


@lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    slips = 2 if len(word) >= 8 else 1
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=2)
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return ""
    return str(near[0][0])
