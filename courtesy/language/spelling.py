"""Typing mistakes: a word that nobody knows is read as the known word that was most likely meant.

A noisy channel (Kernighan, Church & Gale 1990): how usual a word is, less what its slips cost. Words of the company's
examples count most; where the built-in encoder is set up, its vocabulary says which English words exist at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
_DOUBLED = regex.compile(r"(\p{Han})\1++")
SHORT = 3  # letters of a word in which only swapped or doubled letters are mended
_MOST = 12  # words mended in one text
_TWO_SLIPS, _LONG = 5, 8  # letters from which two slips are thought of, and from which any two
_USUAL_SLIPS = 1.45  # effort of two slips, both of the usual ones
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

    Words that are common in the ``language`` stay as they are: "they" is no slip of "them". A Han character typed twice
    is read as one, but where ``known`` has the pair ("谢谢")."""
    if not known:
        return text
    text = _DOUBLED.sub(lambda found: found[0] if found[0] in known else found[1], text)
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


def doubled(texts: Iterable[str]) -> frozenset[str]:
    """The pairs of one Han character that texts have: "谢谢", "看看"."""
    return frozenset(found[0] for text in texts for found in _DOUBLED.finditer(text))


_comparable = lru_cache(maxsize=8192)(comparable)


@lru_cache(maxsize=16)
def _listed(known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in known if len(word) >= 4 and word.isalpha()))


def _unslipped(word: str, known: frozenset[str] | Mapping[str, float]) -> str:
    """A short word with two letters swapped, one doubled or the key beside put right; too little is left to guess at
    more."""
    tried = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    tried |= {word[:at] + word[at + 1 :] for at in range(len(word) - 1) if word[at] == word[at + 1]}
    beside = {word[:at] + key + word[at + 1 :] for at in range(len(word)) for key in _BESIDE.get(word[at], "")}
    for ways in (tried, beside):
        if found := sorted(other for other in ways - {word} if other in known):
            return found[0] if len(found) == 1 else ""
    return ""


@lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """The one known word that fingers make this of most easily: "botos" of "boots", not of "bootes"."""
    slips = 2 if len(word) >= _TWO_SLIPS else 1
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=24)
    ranked = sorted((away, effort(word, other), other) for other, away, _ in near)
    if len(word) < _LONG:  # two slips, if they are the usual ones
        ranked = [one for one in ranked if one[0] == 1 or one[1] <= _USUAL_SLIPS]
    if not ranked:
        return ""
    nearest = ranked[0][:2]
    return ranked[0][2] if sum(one[:2] == nearest for one in ranked) == 1 else ""


def effort(typed: str, meant: str) -> float:
    """The slips between two words: 1 for a strange one, less for one that fingers make: a letter doubled, swapped with
    the next, left out, or the key beside. Optimal string alignment, weighted."""
    before: list[float] = []
    row = [0.8 * place for place in range(len(meant) + 1)]
    for i, letter in enumerate(typed, 1):
        earlier, before, row = before, row, [0.0] * (len(meant) + 1)
        extra = 0.5 if i > 1 and letter == typed[i - 2] else 1.0
        row[0] = before[0] + extra
        for j, wanted in enumerate(meant, 1):
            other = 0.0 if letter == wanted else 0.6 if letter in _BESIDE.get(wanted, "") else 1.0
            row[j] = min(before[j - 1] + other, before[j] + extra, row[j - 1] + 0.8)
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == wanted:
                row[j] = min(row[j], earlier[j - 2] + 0.6)
    return row[-1] + (0.3 if typed[:1] != meant[:1] else 0.0)
