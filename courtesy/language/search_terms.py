"""The terms a text is searched by, in every language: words and their stems, and pairs of characters where no blanks
part words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex
import snowballstemmer

from courtesy.language.lexicons.characters import SIMPLIFIED

LONGEST = 60_000  # characters of a text that are looked at
STEMMERS = {
    "ca": "catalan", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
STEM = "~"  # stands before a stem that is no word of the text

_UNPARTED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_RUN = regex.compile(rf"[{_UNPARTED}]++|[\p{{L}}\p{{M}}\p{{N}}--[{_UNPARTED}]]++", regex.V1)
_PAIRED = regex.compile(rf"[{_UNPARTED}]")
_ACCENTS = regex.compile(r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}])\p{M}+")
_PLAIN = str.maketrans(SIMPLIFIED)


def fold(text: str) -> str:
    """Lower case, without accents, in simplified characters: as terms are compared."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart)).translate(_PLAIN)


def terms(text: str, language: str = "") -> set[str]:
    """The terms that a text in this language is found by."""
    found: set[str] = set()
    for run in _RUN.findall(fold(text[:LONGEST])):
        if _PAIRED.match(run):
            found.update(run)
            found.update(run[place : place + 2] for place in range(len(run) - 1))
        else:
            word = run[:60]
            found.add(word)
            stem = _stem(word, language)
            if stem != word:
                found.add(STEM + stem)
    return found


def wanted(text: str, languages: tuple[str, ...] = ("en", "es")) -> list[list[str]]:
    """What a text has to hold to match these words: all of the groups, each by any of its alternatives.

    A word finds its other forms too, in the ``languages``; one that ends in ``*`` finds whatever begins so."""
    groups: list[list[str]] = []
    for written in text.split():
        runs = _RUN.findall(fold(written))
        for place, run in enumerate(runs):
            if _PAIRED.match(run):
                pairs = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
                groups.extend([pair] for pair in pairs)
            elif written.endswith("*") and place == len(runs) - 1:
                groups.append([f"{run[:60]}*"])
            else:
                groups.append(_forms(run[:60], languages))
    return groups


def _forms(word: str, languages: tuple[str, ...]) -> list[str]:
    stems = {_stem(word, language) for language in languages} - {word}
    return [word, STEM + word, *(form for stem in sorted(stems) for form in (stem, STEM + stem))]


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    if language not in STEMMERS or len(word) < 4 or any(letter.isdigit() for letter in word):
        return word
    return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=20)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS[language])


def marked(text: str, words: str, languages: tuple[str, ...] = ("en", "es")) -> list[tuple[int, int]]:
    """Places of the text, as (start, end), where the words were found."""
    sought = wanted(words, languages)
    exact = {term for group in sought for term in group if not term.endswith("*")}
    beginnings = tuple(term[:-1] for group in sought for term in group if term.endswith("*"))
    longest = max((len(term) for term in exact), default=0)
    places: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        if _PAIRED.match(run.group()):
            places += _pairs_in(run.group(), run.start(), exact)
        else:
            word = fold(run.group())
            hit = word in exact or word.startswith(beginnings or ("\0",))
            near = not hit and len(word) <= longest + 6 and not _forms_of(word, languages).isdisjoint(exact)
            if hit or near:
                places.append(run.span())
    return _joined(places)


def _forms_of(word: str, languages: tuple[str, ...]) -> set[str]:
    return {STEM + _stem(word, language) for language in languages if _stem(word, language) != word}


def _pairs_in(run: str, start: int, exact: set[str]) -> list[tuple[int, int]]:
    flat = fold(run)
    if len(flat) != len(run):
        return []
    sizes = {len(term) for term in exact}
    return [
        (start + at, start + at + size)
        for size in sizes
        for at in range(len(flat) - size + 1)
        if flat[at : at + size] in exact
    ]


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that touch or overlap are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
