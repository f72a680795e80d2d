"""What was learned of one language: weights, neighbours, and how a sentence is read with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from courtesy.language.features import Floats, Row, Rows, Vocabulary, comparable
from courtesy.language.gate import Gate
from courtesy.language.kernel import closeness
from courtesy.language.solver import softmax

NONE = "none"
_POSTINGS_PER_FEATURE = 400  # more frequent features tell nothing about which example is nearest


class Postings:
    """For each feature the example texts that have it, to find the nearest example."""

    def __init__(self, rows: Rows) -> None:
        order = np.argsort(rows.indices, kind="stable")
        counts = np.bincount(rows.indices, minlength=rows.width)
        self.starts = np.concatenate(([0], np.cumsum(counts)))
        self.owners = rows.numbers()[order].astype(np.int32)
        self.values = rows.values[order]
        self.count = len(rows)
        self.rows = rows

    def nearest(self, row: Row) -> tuple[float, int]:
        """Cosine (0 to 1) to the nearest example, and its number."""
        if self.count == 0 or len(row.indices) == 0:
            return 0.0, -1
        first = self.starts[row.indices]
        lengths = np.minimum(self.starts[row.indices + 1] - first, _POSTINGS_PER_FEATURE)
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths) + np.repeat(first, lengths)
        near = np.bincount(
            self.owners[places], self.values[places] * np.repeat(row.values, lengths), minlength=self.count
        )
        best = int(near.argmax())
        return float(near[best]) / 2, best


@dataclass(frozen=True, slots=True)
class Meaning:
    """The part that rests on sentence vectors: those of the training texts (examples first) and their weights.

    ``dual`` weighs the closeness to each text; where there are too many texts for that, ``linear`` weighs the vector.
    """

    encoder: str
    vectors: Floats
    dual: Floats | None
    linear: Floats | None

    def read(self, vector: Floats, examples: int) -> tuple[Floats, float, int]:
        """Logits, and cosine and number of the nearest example."""
        cosines = self.vectors @ vector
        nearest = int(cosines[:examples].argmax())
        logits = np.zeros(0, np.float32)
        if self.dual is not None:
            logits = (closeness(cosines) @ self.dual).astype(np.float32)
        elif self.linear is not None:
            logits = vector @ self.linear
        return logits, float(cosines[nearest]), nearest


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """One language's weights. ``labels[-1]`` is "none"; the first ``examples`` training texts carry a label."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Floats
    bias: Floats
    temperature: float
    gate: Gate
    postings: Postings
    chances: Floats  # of the training texts, scored as if unseen: the probability of the best label …
    right: NDArray[np.bool_]  # … and whether it was right
    meaning: Meaning | None = None

    def read(self, text: str, vector: Floats | None = None) -> tuple[list[tuple[str, float]], int]:
        """Labels with calibrated probabilities, best first, and the number of the nearest example (-1: none)."""
        row = self.vocabulary.row(comparable(text))
        if (len(row.indices) == 0 and vector is None) or len(self.labels) == 1:
            return [(NONE, 1.0), *((label, 0.0) for label in self.labels[:-1])], -1
        logits, nearness, nearest = self._signs(row, vector)
        shares = softmax(logits[:-1] / self.temperature)
        fits = self.gate.probability(logits, nearness, row.known)
        order = np.argsort(-shares, kind="stable")
        ranked = [(self.labels[place], float(shares[place]) * fits) for place in order]
        ranked.append((NONE, 1.0 - fits))
        ranked.sort(key=lambda pair: -pair[1])
        return ranked, nearest

    def _signs(self, row: Row, vector: Floats | None) -> tuple[NDArray[np.float64], float, int]:
        logits: NDArray[np.float64] = (row.values @ self.weights[row.indices] + self.bias).astype(np.float64)
        if self.meaning is None or vector is None:
            nearness, nearest = self.postings.nearest(row)
        else:
            part, nearness, nearest = self.meaning.read(vector, self.postings.count)
            logits += part
        return logits, nearness, nearest
