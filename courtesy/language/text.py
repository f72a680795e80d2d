"""Text made comparable: invisible characters out, look-alikes folded, with the way back to every received character."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from courtesy.language.lexicons.characters import LOOK_ALIKES, SIMPLIFIED

LONGEST = 12_000  # characters understood of one message; of a longer one its beginning and its end
_HEAD = 9_000
_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn"}
_MARKS = 3  # marks in a row, where marks are letters
APOSTROPHES = frozenset("'’‘‛`´ʼʻʽ′＇")
_PLAIN = {code: " " if chr(code) in "\n\t\r" else None for code in (*range(32), 127)} | {39: None, 96: None}


@dataclass(frozen=True, slots=True)
class Heard:
    """``clean`` reads like the message; ``flat`` is what lexicons match: lower case, no accents, no apostrophes,
    single blanks, simplified characters. ``origin`` leads from clean to received, ``flat_origin`` from flat to clean.
    """

    received: str
    clean: str
    origin: tuple[int, ...]
    flat: str
    flat_origin: tuple[int, ...]

    def received_span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the received text of ``clean[start:end]``."""
        if not self.origin or end <= start:
            return (0, 0)
        return (self.origin[start], self.origin[min(end, len(self.origin)) - 1] + 1)

    def clean_span(self, start: int, end: int) -> tuple[int, int]:
        """The place in ``clean`` of ``flat[start:end]``."""
        if not self.flat_origin or end <= start:
            return (0, 0)
        return (self.flat_origin[start], self.flat_origin[min(end, len(self.flat_origin)) - 1] + 1)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the received text of ``flat[start:end]``."""
        return self.received_span(*self.clean_span(start, end))


def hear(received: str) -> Heard:
    clean, origin = _clean(received)
    flat, flat_origin = _flatten(clean)
    return Heard(received, clean, tuple(origin), flat, tuple(flat_origin))


def flatten(text: str) -> str:
    """The flat form of a label, an example sentence or a lexicon entry."""
    if text.isascii() and len(text) <= LONGEST:
        return " ".join(text.translate(_PLAIN).lower().split())
    return _flatten(_clean(text)[0])[0]


def _clean(received: str) -> tuple[str, list[int]]:
    if received.isascii() and received.isprintable() and len(received) <= LONGEST:
        return received, list(range(len(received)))
    if len(received) <= LONGEST:
        spans = [(0, len(received))]
    else:
        spans = [(0, _HEAD), (len(received) - (LONGEST - _HEAD), len(received))]
    letters: list[str] = []
    origin: list[int] = []
    for start, end in spans:
        for place in range(start, end):
            _append(received[place], place, letters, origin)
    return _without_look_alikes("".join(letters)), origin


def _append(character: str, place: int, letters: list[str], origin: list[int]) -> None:
    if letters and _decorates(character):
        joined = unicodedata.normalize("NFC", letters[-1] + character)
        if len(joined) == 1:
            letters[-1] = joined
        return  # further marks on one letter are decoration
    if (
        unicodedata.combining(character)
        and len(letters) >= _MARKS
        and all(map(unicodedata.combining, letters[-_MARKS:]))
    ):
        return
    for letter in _visible(character):
        letters.append(letter)
        origin.append(place)


@lru_cache(maxsize=20_000)
def _visible(character: str) -> str:
    if character in "\n\t\r":
        return "\n" if character == "\n" else " "
    category = unicodedata.category(character)
    if category in _DROPPED or character == "\ufe0f":
        return ""
    if category[0] == "Z":
        return " "
    return "".join(letter for letter in unicodedata.normalize("NFKC", character) if not _decorates(letter))


def _decorates(character: str) -> bool:
    """Whether a mark only decorates its letter, as accents and points do; in other scripts marks are letters."""
    if not unicodedata.combining(character):
        return False
    return character < "\u0900" or "\u1ab0" <= character <= "\u20ff" or character >= "\ufb00"


def _without_look_alikes(text: str) -> str:
    """Cyrillic or Greek letters inside otherwise Latin text are read as the Latin letters that they imitate."""
    if text.isascii():
        return text
    latin = sum(1 for letter in text if "a" <= letter.lower() <= "z")
    imitated = sum(1 for letter in text if letter in LOOK_ALIKES)
    foreign = sum(1 for letter in text if "\u0370" <= letter <= "\u052f")
    if imitated == 0 or latin <= 2 * foreign:
        return text
    return "".join(LOOK_ALIKES.get(letter, letter) for letter in text)


@lru_cache(maxsize=20_000)
def _flat(character: str) -> str:
    if character in APOSTROPHES:
        return ""
    if character.isspace():
        return " "
    character = SIMPLIFIED.get(character, character)
    return "".join(part for part in unicodedata.normalize("NFD", character.lower()) if not _decorates(part))


def _flatten(clean: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(clean):
        for letter in _flat(character):
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(letter)
            origin.append(place)
    while letters and letters[-1] == " ":
        letters.pop()
        origin.pop()
    return "".join(letters), origin
