"""The words that a wording may not move, add or lose, for each language that has a list of them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import snowballstemmer

_ANCHORS = ("limits", "modals", "deeds")
_SHORT = (("can't", "can not"), ("cannot", "can not"), ("won't", "will not"), ("n't", " not"), ("'ll", " will"))
_STEMMERS = {"en": "english", "es": "spanish"}


@dataclass(frozen=True, slots=True)
class Words:
    """``anchors``: word → what it means; ``same``: word → its group; ``added``: words that add no fact; ``requests``:
    ways of asking politely, which count for nothing in a question. ``longest`` in signs."""

    anchors: dict[str, str]
    same: dict[str, str]
    added: frozenset[str]
    requests: tuple[str, ...]
    longest: int


def plain(text: str) -> str:
    """One form for what is written alike: compatibility forms folded, small letters, straight apostrophes."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    for short, whole in _SHORT:
        folded = folded.replace(short, whole)
    return folded


@lru_cache(maxsize=16)
def words_of(language: str) -> Words | None:
    """None for a language without a list: there no wording can be checked, and none is used."""
    page = resources.files("courtesy.language.lexicons") / "wording" / f"{language}.txt"
    if not page.is_file():
        return None
    lines = _sections(page.read_text("utf-8"))
    anchors = {one: "not" for line in lines["negation"] for one in _alternatives(line)}
    for section in _ANCHORS:
        anchors |= {one: _alternatives(line)[0] for line in lines[section] for one in _alternatives(line)}
    for line in lines["numbers"]:
        word, _, figure = line.partition(" = ")
        anchors[plain(word)] = figure
    same = {one: _alternatives(line)[0] for line in lines["same meaning"] for one in _alternatives(line)}
    added = frozenset(plain(word) for line in lines["may be added"] for word in line.split())
    requests = sorted((one for line in lines["requests"] for one in _alternatives(line)), key=len, reverse=True)
    longest = max(map(len, (*anchors, *same, *added)))
    return Words(anchors, same, added, tuple(requests), longest)


@lru_cache(maxsize=4096)
def stem(word: str, language: str) -> str:
    name = _STEMMERS.get(language)
    return str(_stemmer(name).stemWord(word)) if name else word


@lru_cache(maxsize=4)
def _stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)


def _sections(written: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in written.splitlines():
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
            found[name] = []
        elif line.strip() and name and not line.startswith("#"):
            found[name].append(line.strip())
    return found


def _alternatives(line: str) -> list[str]:
    return [plain(one.strip()) for one in line.split(" / ")]
