"""Text as the terms it is found by: stems without stop words; where no blanks part words, characters and their "
"groups."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import regex
import snowballstemmer

from courtesy.language.text import flatten

LONGEST = 1_200  # characters of one question that are looked at
STEMMERS = {
    "ca": "catalan", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")
_HAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_UNPARTED = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")  # letters that tell little one by one
_RUN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]++|[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]++"
    r"|[\p{L}\p{M}\p{N}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]++",
    regex.V1,
)
_HYPHENED = regex.compile(r"\be-(?=\p{L})")

_FOLDER = Path(__file__).parent / "stop_words"
STOP_WORDS = {path.stem: frozenset(path.read_text(encoding="utf-8").split()) for path in sorted(_FOLDER.glob("*.txt"))}
_CHINESE_STOPS = regex.compile("|".join(sorted(STOP_WORDS["zh"], key=lambda word: (-len(word), word))))


def terms(text: str, language: str) -> list[str]:
    """The terms of a text in reading order, repeats kept. The same text gives the same terms wherever it stands."""
    flat = _HYPHENED.sub("e", flatten(text[: 4 * LONGEST]))
    found: list[str] = []
    for run in _RUN.findall(flat):
        if _HAN.match(run):
            found.extend(_pairs(run))
        elif _UNPARTED.match(run):
            found.extend(run[at : at + size] for size in (3, 4) for at in range(max(1, len(run) - size + 1)))
        else:
            found.extend(_stem(word, language) for word in _WORD.findall(run) if not _stopped(word, language))
    return found


def _pairs(run: str) -> list[str]:
    """The characters between stop words, and their overlapping pairs."""
    found: list[str] = []
    for part in _CHINESE_STOPS.split(run):
        found.extend(part)
        found.extend(part[place : place + 2] for place in range(len(part) - 1))
    return found


def _stopped(word: str, language: str) -> bool:
    return word in STOP_WORDS.get(language, ()) or (len(word) == 1 and not word.isdigit())


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    if word.isdigit() or language not in STEMMERS:
        return word
    return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=20)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS[language])
