"""Typing mistakes: a word that nobody knows is read as the known word that was most likely meant.

A noisy channel (Kernighan, Church & Gale 1990): how usual a word is, less what its slips cost. Words of the company's
examples count most; where the built-in encoder is set up, its vocabulary says which English words exist at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp, log
from types import MappingProxyType

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from courtesy.language.encoders.choosing import own_folder
from courtesy.language.features import comparable
from courtesy.language.intents import IntentModel
from courtesy.language.phrasebook import common_words

_WORD = regex.compile(r"\p{Latin}{2,24}")
SHORT = 3  # letters of a word in which only swapped or doubled letters are mended
_MOST = 12  # words mended in one text
_FIRST_WORD = 1_990  # of the encoder's vocabulary; before it stand marks and single letters

# Natural logarithms of how likely, chosen on all kits at once with a tenth of the letters mistyped.
_OWN, _STRANGE = -4.5, -12.0
_SLIP, _COMMON_SLIP, _OTHER_START, _NEIGHBOUR = 4.0, 2.0, 0.7, 1.5
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in _KEYS
    for place, letter in enumerate(row)
}


@lru_cache(maxsize=1)
def general_words() -> Mapping[str, float]:
    """English words with how usual each is, from the encoder's vocabulary (sorted by use); empty without it."""
    page = own_folder() / "vocab.txt"
    if not page.is_file():
        return MappingProxyType({})
    pieces = page.read_text("utf-8").splitlines()[_FIRST_WORD:]
    ranked = {word: -0.9 * log(place + 10) for place, word in enumerate(pieces) if len(word) > 1 and word.isalpha()}
    return MappingProxyType({word: usual for word, usual in ranked.items() if word.isascii()})


def is_common(word: str, language: str) -> bool:
    """Whether a word (in comparable form) is one that everybody uses in this language."""
    return word in common_words(language) or (language == "en" and word in general_words())


def mend(text: str, language: str, model: IntentModel) -> str:
    """The text with unknown words replaced by the words most likely meant; what is too strange stays."""
    speller = _speller(model, language)
    return speller.mend(text) if speller else text


@lru_cache(maxsize=16)
def _speller(model: IntentModel, language: str) -> Speller | None:
    own = model.models.get(language)
    if own is None:
        return None
    texts = len(model.lessons[language])
    grams = zip(own.vocabulary.word_list, own.vocabulary.weights, strict=False)
    usual = {gram: _OWN + log(max(1.0, (2 + texts) / exp(weight - 1))) for gram, weight in grams}
    return Speller(usual, general_words() if language == "en" else MappingProxyType({}))


class Speller:
    """``own``: words and word pairs of the examples with how usual each is; ``general``: words of the language."""

    def __init__(self, own: Mapping[str, float], general: Mapping[str, float]) -> None:
        self._pairs = frozenset(gram for gram in own if " " in gram)
        self._usual = dict(general) | {gram: usual for gram, usual in own.items() if " " not in gram}
        self._knows_language = bool(general)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._usual):
            if word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)
        self._meant = lru_cache(maxsize=8_192)(self._candidates)

    def mend(self, text: str) -> str:
        found = list(_WORD.finditer(text))
        words = [_comparable(one[0]) for one in found]
        pieces, last, mended = [], 0, 0
        for place, (one, word) in enumerate(zip(found, words, strict=True)):
            if word in self._usual or mended >= _MOST:
                continue
            mended += 1
            words[place] = self._best(word, words[place - 1] if place else "", (*words, "")[place + 1])
            if words[place] != word:
                pieces += [text[last : one.start()], words[place]]
                last = one.end()
        return "".join((*pieces, text[last:]))

    def _best(self, word: str, before: str, after: str) -> str:
        """Pairs of words that the examples have speak for a word beside them."""
        best, most = word, _STRANGE
        for other, likely in self._meant(word):
            likely += _NEIGHBOUR * ((f"{before} {other}" in self._pairs) + (f"{other} {after}" in self._pairs))
            if likely > most:
                best, most = other, likely
        return best

    def _candidates(self, word: str) -> tuple[tuple[str, float], ...]:
        if len(word) < SHORT or (len(word) == SHORT and not self._knows_language):
            return tuple((other, self._usual[other]) for other in [_unslipped(word, self._usual)] if other)
        slips = 2 if len(word) >= (5 if self._knows_language else 8) else 1
        pool = [
            other for size in range(len(word) - slips, len(word) + slips + 1) for other in self._by_length.get(size, ())
        ]
        near = process.extract(word, pool, scorer=OSA.distance, score_cutoff=slips, limit=60)
        if not self._knows_language and len(near) > 1 and near[0][1] == near[1][1]:
            return ()
        likely = [(other, self._usual[other] - _cost(word, other, int(away))) for other, away, _ in near]
        return tuple(sorted(likely, key=lambda pair: -pair[1])[:8])


def _cost(typed: str, meant: str, slips: int) -> float:
    cost = _SLIP * slips + (_OTHER_START if typed[0] != meant[0] else 0.0)
    return cost - (_COMMON_SLIP if slips == 1 and _is_usual_slip(typed, meant) else 0.0)


def _is_usual_slip(typed: str, meant: str) -> bool:
    """A doubled, dropped or swapped letter, or the key beside."""
    if len(typed) == len(meant):
        wrong = [place for place in range(len(typed)) if typed[place] != meant[place]]
        return len(wrong) == 2 or typed[wrong[0]] in _BESIDE.get(meant[wrong[0]], "")
    if len(typed) < len(meant):
        return True
    return any(typed[at] == typed[at - 1] and typed[:at] + typed[at + 1 :] == meant for at in range(1, len(typed)))


def mend_with(text: str, known: frozenset[str], language: str = "") -> str:
    """The text with words outside ``known`` (comparable forms) replaced by the one known word that is a slip away.

    Words that are common in the ``language`` stay as they are: "they" is no slip of "them"."""
    if not known:
        return text
    mended = 0

    def replace(found: regex.Match[str]) -> str:
        nonlocal mended
        word = _comparable(found[0])
        if word in known or mended >= _MOST or (language and is_common(word, language)):
            return str(found[0])
        mended += 1
        nearest = _nearest(word, _listed(known)) if len(word) > SHORT else _unslipped(word, known)
        return nearest or str(found[0])

    return str(_WORD.sub(replace, text))


_comparable = lru_cache(maxsize=8192)(comparable)


@lru_cache(maxsize=16)
def _listed(known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in known if len(word) >= 4 and word.isalpha()))


def _unslipped(word: str, known: frozenset[str] | Mapping[str, float]) -> str:
    """A short word with two letters swapped, or one doubled, put right; too little is left to guess at more."""
    tried = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    tried |= {word[:at] + word[at + 1 :] for at in range(len(word) - 1) if word[at] == word[at + 1]}
    found = sorted(other for other in tried - {word} if other in known)
    return found[0] if len(found) == 1 else ""


@lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    slips = 2 if len(word) >= 8 else 1
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=12)
    if len(near) > 1 and near[0][1] == near[1][1]:  # as near: the one that fingers make of it, "botos" from "boots"
        fewest = [(_cost(word, other, int(away)), other) for other, away, _ in near if away == near[0][1]]
        cost, best = min(fewest)
        return best if sum(other <= cost for other, _ in fewest) == 1 else ""
    return str(near[0][0]) if near else ""
