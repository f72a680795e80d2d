"""Text as numbers: words, word pairs and letter groups weighted by how telling they are (TF-IDF)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import regex
from numpy.typing import NDArray

from courtesy.language.text import flatten

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

LONGEST = 1_200  # flat characters of one text that are counted
_MASKS = (
    (regex.compile(r"\S{1,64}@\S{1,80}"), " eml "),
    (regex.compile(r"(?:https?://|www\.)\S{1,200}"), " url "),
)
_DIGIT = regex.compile(r"\d")
_REPEATED = regex.compile(r"(\p{L})\1{2,}+")
_CHUNK = regex.compile(r"[\p{L}\p{M}\p{N}]++")
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]|[\p{L}\p{M}\p{N}--[\p{Han}\p{Hiragana}\p{Katakana}]]++", regex.V1
)


def comparable(text: str) -> str:
    """Flat text with addresses and digits masked and stretched letters shortened ("sooo" → "soo")."""
    flat = flatten(text[: 2 * LONGEST])[:LONGEST]
    for pattern, mask in _MASKS:
        flat = pattern.sub(mask, flat)
    return str(_REPEATED.sub(r"\1\1", _DIGIT.sub("0", flat)))


def words(text: str) -> list[str]:
    """The words of comparable text; a Chinese or Japanese character counts as a word."""
    return list(_WORD.findall(text))


def word_grams(text: str) -> list[str]:
    found = words(text)
    return found + [f"{first} {second}" for first, second in pairwise(found)]


def letter_grams(text: str) -> list[str]:
    """Groups of 2 to 5 letters inside each word, its edges included."""
    grams: list[str] = []
    for chunk in _CHUNK.findall(text):
        padded = f" {chunk} "
        for size in (2, 3, 4, 5):
            grams.extend(padded[start : start + size] for start in range(len(padded) - size + 1))
    return grams


@dataclass(frozen=True, slots=True)
class Row:
    """One text: which features with which weight, and the share of its grams that the vocabulary knows."""

    indices: Integers
    values: Floats
    known: float


@dataclass(frozen=True, slots=True)
class Rows:
    """Many texts in compressed rows: row ``r`` is ``indices[starts[r]:starts[r + 1]]``."""

    starts: NDArray[np.int64]
    indices: Integers
    values: Floats
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def numbers(self) -> NDArray[np.int64]:
        """The row number of every stored value."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def take(self, chosen: NDArray[np.int64]) -> Rows:
        lengths = np.diff(self.starts)[chosen]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        places = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths) + np.repeat(self.starts[:-1][chosen], lengths)
        return Rows(starts, self.indices[places], self.values[places], self.width)


class Vocabulary:
    """The grams of the training texts and their weights. Words come first, letter groups after them."""

    def __init__(self, word_list: Sequence[str], letter_list: Sequence[str], weights: Floats) -> None:
        self.word_list = list(word_list)
        self.letter_list = list(letter_list)
        self.weights = weights
        self._words = {gram: place for place, gram in enumerate(self.word_list)}
        self._letters = {gram: place + len(self.word_list) for place, gram in enumerate(self.letter_list)}

    def __len__(self) -> int:
        return len(self.word_list) + len(self.letter_list)

    @classmethod
    def learn(cls, texts: Sequence[str]) -> tuple[Vocabulary, Rows]:
        """The vocabulary of comparable ``texts`` and their rows."""
        counts_of_words = [Counter(word_grams(text)) for text in texts]
        counts_of_letters = [Counter(letter_grams(text)) for text in texts]
        word_seen = Counter(gram for counts in counts_of_words for gram in counts)
        letter_seen = Counter(gram for counts in counts_of_letters for gram in counts)
        word_list, letter_list = sorted(word_seen), sorted(letter_seen)
        seen = np.array([word_seen[gram] for gram in word_list] + [letter_seen[gram] for gram in letter_list], float)
        weights = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
        vocabulary = cls(word_list, letter_list, weights)
        rows = [vocabulary._row(w, c) for w, c in zip(counts_of_words, counts_of_letters, strict=True)]
        return vocabulary, vocabulary.stack(rows)

    def row(self, text: str) -> Row:
        return self._row(Counter(word_grams(text)), Counter(letter_grams(text)))

    def stack(self, rows: Sequence[Row]) -> Rows:
        starts = np.concatenate(([0], np.cumsum([len(row.indices) for row in rows], dtype=np.int64)))
        if not rows:
            return Rows(starts, np.zeros(0, np.int32), np.zeros(0, np.float32), len(self))
        indices = np.concatenate([row.indices for row in rows])
        return Rows(starts, indices, np.concatenate([row.values for row in rows]), len(self))

    def _row(self, counts_of_words: Counter[str], counts_of_letters: Counter[str]) -> Row:
        word_places, word_values = self._block(self._words, counts_of_words)
        letter_places, letter_values = self._block(self._letters, counts_of_letters)
        grams = len(counts_of_words) + len(counts_of_letters)
        known = (len(word_places) + len(letter_places)) / grams if grams else 0.0
        indices = np.concatenate((word_places, letter_places))
        return Row(indices, np.concatenate((word_values, letter_values)), known)

    def _block(self, places: dict[str, int], counts: Counter[str]) -> tuple[Integers, Floats]:
        """Sublinear counts times weight, each block of length one."""
        pairs = [(places[gram], count) for gram, count in counts.items() if gram in places]
        if not pairs:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        table = np.array(pairs)
        indices = table[:, 0].astype(np.int32)
        values = (1 + np.log(table[:, 1])) * self.weights[indices]
        return indices, (values / np.sqrt(np.sum(values**2))).astype(np.float32)
