"""Splits text into the word pieces that a BERT-type encoder knows (uncased).

As in Devlin et al., BERT (2019), and its published tokenizer: clean, lower, without accents, split at punctuation and
Chinese characters, then the longest known piece first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_LONGEST_WORD = 100
_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class WordPieces:
    """``numbers(text)`` gives the numbers of the pieces with the two marks around them."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._places = {piece: place for place, piece in enumerate(vocabulary)}
        self._unknown, self._first, self._last = (self._places[mark] for mark in ("[UNK]", "[CLS]", "[SEP]"))
        self._pieces = lru_cache(maxsize=20_000)(self._split)

    def numbers(self, text: str, most: int = 256) -> list[int]:
        """At most ``most`` numbers, the marks included; a longer text is cut."""
        found = [self._first]
        for word in _words(text):
            found.extend(self._pieces(word))
            if len(found) >= most - 1:
                break
        return [*found[: most - 1], self._last]

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else f"##{word[start:end]}"
                if piece in self._places:
                    found.append(self._places[piece])
                    break
            else:
                return (self._unknown,)
            start = end
        return tuple(found)


def _words(text: str) -> list[str]:
    if text.isascii():
        return "".join(_plain(letter) for letter in text).lower().split()
    spaced = "".join(_spaced(letter) for letter in text)
    bare = unicodedata.normalize("NFD", spaced.lower())
    return "".join(_apart(letter) for letter in bare if unicodedata.category(letter) != "Mn").split()


@lru_cache(maxsize=256)
def _plain(letter: str) -> str:
    return _apart(_spaced(letter))


@lru_cache(maxsize=20_000)
def _spaced(letter: str) -> str:
    """Blanks unified, control characters dropped, Chinese characters words of their own."""
    if letter in " \t\n\r" or unicodedata.category(letter) == "Zs":
        return " "
    if letter in "\x00\ufffd" or unicodedata.category(letter)[0] == "C":
        return ""
    code = ord(letter)
    return f" {letter} " if any(low <= code <= high for low, high in _CJK) else letter


@lru_cache(maxsize=20_000)
def _apart(letter: str) -> str:
    """Punctuation stands alone; every ASCII sign that is no letter or digit counts as such."""
    sign = letter.isascii() and letter.isprintable() and not letter.isalnum() and letter != " "
    return f" {letter} " if sign or unicodedata.category(letter)[0] == "P" else letter
