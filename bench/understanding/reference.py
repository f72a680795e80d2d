"""What a plain method reaches on the same rows: the nearest centroid of weighted word counts, and the commonest label.

Out of scope is one more label to both. It stands beside the figures, so that they say something on any machine.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from math import log, sqrt
from time import perf_counter
from typing import Any

from courtesy.language.intents import NONE
from courtesy.language.measuring import Row, count

Weights = dict[str, float]
_WORD = re.compile(r"[぀-ヿ㐀-鿿]|[^\W_]+")  # a Han or kana sign is a word of its own


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


class Centroids:
    """The mean of each label's texts, as cosine neighbours: tf-idf weights, length one."""

    def __init__(self, learned: Sequence[Row]) -> None:
        seen = Counter(word for row in learned for word in set(words(row.text)))
        self.rarity = {word: log((1 + len(learned)) / (1 + times)) + 1 for word, times in seen.items()}
        sums: dict[str, Weights] = defaultdict(lambda: defaultdict(float))
        for row in learned:
            for word, weight in self.weighed(row.text).items():
                sums[row.label][word] += weight
        self.by_word: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for label, weights in sums.items():
            for word, weight in _of_length_one(weights).items():
                self.by_word[word].append((label, weight))
        self.commonest = Counter(row.label for row in learned).most_common(1)[0][0]

    def weighed(self, text: str) -> Weights:
        counts = Counter(word for word in words(text) if word in self.rarity)
        return _of_length_one({word: times * self.rarity[word] for word, times in counts.items()})

    def read(self, text: str) -> str:
        """The nearest label; the commonest where no word is known."""
        near: Weights = defaultdict(float)
        for word, weight in self.weighed(text).items():
            for label, strength in self.by_word[word]:
                near[label] += weight * strength
        return max(near, key=lambda label: (near[label], label)) if near else self.commonest


def _of_length_one(weights: Weights) -> Weights:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def measure(rows: Sequence[Row]) -> dict[str, Any]:
    """The same figures as ``courtesy measure understanding`` gives, of both plain methods."""
    learned = [row for row in rows if row.learned]
    scored = [row for row in rows if not row.learned]
    wanted = [row.label for row in scored]
    started = perf_counter()
    model = Centroids(learned)
    trained = perf_counter()
    said = [model.read(row.text) for row in scored]
    ended = perf_counter()
    nearest = count(
        wanted,
        said,
        trained=len(learned),
        train_seconds=trained - started,
        microseconds=(ended - trained) * 1e6 / max(1, len(scored)),
    )
    in_scope = Counter(row.label for row in learned if row.label != NONE).most_common(1)[0][0]
    majority = count(wanted, [in_scope] * len(scored))
    return {"nearest_centroid": asdict(nearest), "majority": {"accuracy": majority.accuracy, "mcc": majority.mcc}}
