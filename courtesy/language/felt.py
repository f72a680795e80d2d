"""The small model behind feelings: sentences of the lexicons, compared by words and letter sequences, one line each.

One ridge regression for each feeling against the others and calm (Hoerl and Kennard 1970), solved once when it is first
asked; scores become probabilities by a curve fitted to the left-out scores (Platt 1999), which ridge gives for free.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from courtesy.language.text import flatten

NAMES = (
    "anger", "distress", "sarcasm", "urgency", "churn", "legal", "self-harm", "gambling", "abuse", "danger",
)  # fmt: skip
# Feelings that often come together: a sentence of one is no proof against the other.
_TOGETHER = {
    "anger": ("abuse", "churn", "legal", "sarcasm", "urgency"), "abuse": ("anger",), "sarcasm": ("anger",),
    "churn": ("anger",), "legal": ("anger",), "distress": ("self-harm", "gambling", "danger", "urgency"),
    "self-harm": ("distress",), "danger": ("distress", "urgency"), "urgency": ("danger", "distress"),
    "gambling": ("distress",),
}  # fmt: skip
_WORD = regex.compile(r"\p{Han}+|[\p{L}\p{M}']+")
_HAN = regex.compile(r"\p{Han}")
_RIDGE = 0.35
_RARE = 0.0  # log odds: feelings are rarer among customers than in the lexicons
_CONSTANT = 0.2  # what every two sentences have in common: the regression's intercept
_LONGEST = 400  # characters of one clause

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A lexicon page: sentences with the feelings they show, and for each feeling the patterns that show it alone."""

    sentences: tuple[tuple[str, frozenset[str]], ...]
    patterns: dict[str, regex.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Felt:
    """A language's model. ``slopes`` and ``offsets`` turn a score into a probability."""

    places: dict[str, int]
    weights: Floats  # features × feelings
    bias: Floats  # where a clause of nothing known stands
    idf: Floats
    slopes: Floats
    offsets: Floats

    def probabilities(self, flat: str) -> dict[str, float]:
        """How likely each feeling is in one flat clause."""
        counts = Counter(features(flat[:_LONGEST]))
        found = [(self.places[name], count) for name, count in counts.items() if name in self.places]
        if not found:
            return dict.fromkeys(NAMES, 0.0)
        rows = np.array([place for place, _ in found])
        values = np.array([1 + math.log(count) for _, count in found]) * self.idf[rows]
        length = float(np.sqrt((values**2).sum()))
        known = len(found) / len(counts)  # a clause of unknown words says little
        scores = (values / length) @ self.weights[rows] * math.sqrt(known) + self.bias
        with np.errstate(over="ignore"):
            chances = 1 / (1 + np.exp(-(self.slopes * scores + self.offsets)))
        return dict(zip(NAMES, chances.tolist(), strict=True))


def features(flat: str) -> list[str]:
    """Words, pairs of words and letter sequences; of Chinese, characters, pairs and triples."""
    found: list[str] = []
    words: list[str] = []
    for run in _WORD.findall(flat):
        if _HAN.match(run):
            found += [run[place : place + size] for size in (1, 2, 3) for place in range(len(run) - size + 1)]
        else:
            words.append(run)
    found += [f"w {word}" for word in words]
    found += [f"p {one} {other}" for one, other in pairwise(words)]
    for word in words:
        shown = f"<{word}>"
        found += [shown[place : place + size] for size in (3, 4, 5) for place in range(max(0, len(shown) - size + 1))]
    return found


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    folder = resources.files("courtesy.language.lexicons") / "feelings"
    return tuple(sorted(page.name[:-4] for page in folder.iterdir() if page.name.endswith(".txt")))


@lru_cache(maxsize=16)
def page(language: str) -> Page:
    """The lexicon of one of ``languages()``."""
    text = (resources.files("courtesy.language.lexicons") / "feelings" / f"{language}.txt").read_text("utf-8")
    sentences: list[tuple[str, frozenset[str]]] = []
    patterns: dict[str, list[str]] = {}
    name = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("# "):
            continue
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
        elif line.startswith("/") and line.endswith("/"):
            patterns.setdefault(name, []).append(line[1:-1])
        else:
            sentence, _, more = line.partition(" + ")
            shown = {feeling.strip() for feeling in more.split(",") if feeling.strip()} | {name}
            sentences.append((flatten(sentence), frozenset(shown - {"calm"})))
    sentences += [(flatten(line), frozenset()) for line in background(language)]
    return Page(tuple(sentences), {name: regex.compile("|".join(listed)) for name, listed in patterns.items()})


def background(language: str) -> list[str]:
    """Sentences about anything, said without feeling."""
    text = (resources.files("courtesy.language.lexicons") / f"background.{language}.txt").read_text("utf-8")
    return [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]


@lru_cache(maxsize=16)
def model(language: str) -> Felt:
    """Learned from the lexicon of one of ``languages()``, some tenths of a second when first asked."""
    sentences = page(language).sentences
    bags = [Counter(features(flat)) for flat, _ in sentences]
    seen = Counter(feature for bag in bags for feature in bag)
    places = {feature: place for place, feature in enumerate(sorted(seen))}
    idf = np.array([math.log((1 + len(bags)) / (1 + seen[feature])) + 1 for feature in sorted(seen)])
    table = np.zeros((len(bags), len(places)), dtype=np.float64)
    for row, bag in enumerate(bags):
        for feature, count in bag.items():
            table[row, places[feature]] = (1 + math.log(count)) * idf[places[feature]]
        table[row] /= np.sqrt((table[row] ** 2).sum())
    kernel = table @ table.T + _CONSTANT
    weights, bias = np.zeros((len(places), len(NAMES))), np.zeros(len(NAMES))
    slopes, offsets = np.zeros(len(NAMES)), np.zeros(len(NAMES))
    for column, name in enumerate(NAMES):
        rows, wanted = _lessons(sentences, name)
        inverse = np.linalg.inv(kernel[np.ix_(rows, rows)] + _RIDGE * np.eye(len(rows)))
        solved = inverse @ wanted
        weights[:, column] = table[rows].T @ solved
        bias[column] = _CONSTANT * solved.sum()
        left_out = wanted - solved / np.diag(inverse)
        slopes[column], offsets[column] = _curve(left_out, wanted > 0)
        offsets[column] -= _RARE
    return Felt(places, weights, bias, idf, slopes, offsets)


def _lessons(sentences: Sequence[tuple[str, frozenset[str]]], name: str) -> tuple[NDArray[np.int_], Floats]:
    """Which sentences teach a feeling, and +1 or -1 for each."""
    unsure = set(_TOGETHER[name])
    rows = [place for place, (_, shown) in enumerate(sentences) if name in shown or not shown & unsure]
    wanted = np.array([1.0 if name in sentences[place][1] else -1.0 for place in rows])
    return np.array(rows), wanted


def _curve(scores: Floats, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of the logistic curve that fits best, by Newton's method with a little damping."""
    slope, offset = 1.0, 0.0
    goal = np.where(right, 1 - 1 / (right.sum() + 2), 1 / ((~right).sum() + 2))
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(slope * scores + offset)))
        wrong, spread = chance - goal, chance * (1 - chance)
        gradient = np.array([(wrong * scores).sum(), wrong.sum()])
        hessian = np.array([
            [(spread * scores**2).sum() + 1e-3, (spread * scores).sum()],
            [(spread * scores).sum(), spread.sum() + 1e-3],
        ])  # fmt: skip
        step = np.linalg.solve(hessian, gradient)
        slope, offset = slope - float(step[0]), offset - float(step[1])
        if float(np.abs(step).max()) < 1e-6:
            break
    return slope, offset
