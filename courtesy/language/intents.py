"""Which procedure a sentence asks for, or none: learned from the company's example sentences, a model per language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from courtesy.language import solver
from courtesy.language.features import Floats, Row, Rows, Vocabulary, comparable
from courtesy.language.gate import Gate, fit_gate

NONE = "none"
_DUAL_UP_TO = 4_000  # texts; beyond, the Gram matrix costs more than it gives
_FOLDS = 4
_POSTINGS_PER_FEATURE = 400  # more frequent features tell nothing about which example is nearest


def background_sentences(language: str) -> tuple[str, ...]:
    """Sentences that no company's procedure is about; empty for a language that has none yet."""
    return _background(language)


@lru_cache(maxsize=32)
def _background(language: str) -> tuple[str, ...]:
    page = resources.files("courtesy.language.lexicons") / f"background.{language}.txt"
    if not page.is_file():
        return ()
    return tuple(line for line in page.read_text("utf-8").splitlines() if line and not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """One language's weights. ``labels[-1]`` is "none"; ``examples`` are the texts of ``rows`` that carry a label."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Floats
    bias: Floats
    temperature: float
    gate: Gate
    postings: Postings

    def read(self, text: str) -> tuple[list[tuple[str, float]], int]:
        """Labels with calibrated probabilities, best first, and the number of the nearest example (-1: none)."""
        row = self.vocabulary.row(comparable(text))
        if len(row.indices) == 0 or len(self.labels) == 1:
            return [(NONE, 1.0), *((label, 0.0) for label in self.labels[:-1])], -1
        logits = (row.values @ self.weights[row.indices] + self.bias).astype(np.float64)
        nearness, nearest = self.postings.nearest(row)
        fits = self.gate.probability(logits, nearness, row.known)
        shares = solver.softmax(logits[:-1] / self.temperature) * fits
        order = np.argsort(-shares, kind="stable")
        ranked = [(self.labels[place], float(shares[place])) for place in order]
        ranked.append((NONE, float(1.0 - fits)))
        ranked.sort(key=lambda pair: -pair[1])
        return ranked, nearest


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


class IntentModel:
    """The models of all languages; a text in a language without one is read by the model that is surest of it."""

    def __init__(self, models: Mapping[str, LanguageModel], examples: Mapping[str, Sequence[str]]) -> None:
        self.models = dict(models)
        self.examples = {language: tuple(texts) for language, texts in examples.items()}
        self._words = {
            language: frozenset(word for word in one.vocabulary.word_list if " " not in word)
            for language, one in self.models.items()
        }

    def read(self, text: str, language: str) -> list[tuple[str, float]]:
        """``(label, probability)`` best first; "none" is one of the labels; the probabilities sum to one."""
        return self.read_with_example(text, language)[0]

    def read_with_example(self, text: str, language: str) -> tuple[list[tuple[str, float]], str]:
        """As ``read``, with the training sentence most like the text ("" when there is none)."""
        if language in self.models:
            return self._read(text, language)
        readings = [self._read(text, other) for other in sorted(self.models)]
        if not readings:
            return [(NONE, 1.0)], ""
        return max(readings, key=lambda reading: max((p for label, p in reading[0] if label != NONE), default=0.0))

    def _read(self, text: str, language: str) -> tuple[list[tuple[str, float]], str]:
        ranked, nearest = self.models[language].read(text)
        return ranked, self.examples[language][nearest] if nearest >= 0 else ""

    def words(self, language: str) -> frozenset[str]:
        """Every word of the example and background sentences in this language, in comparable form."""
        return self._words.get(language, frozenset())

    def save(self, path: Path) -> None:
        arrays: dict[str, NDArray[Any]] = {}
        heads: dict[str, Any] = {}
        for language, model in self.models.items():
            rows = model.postings.rows
            heads[language] = {
                "labels": model.labels,
                "words": model.vocabulary.word_list,
                "letters": model.vocabulary.letter_list,
                "temperature": model.temperature,
                "gate": model.gate.as_list(),
                "examples": self.examples[language],
            }
            parts: dict[str, NDArray[Any]] = {
                "idf": model.vocabulary.weights,
                "weights": model.weights,
                "bias": model.bias,
            }
            parts |= {"starts": rows.starts, "indices": rows.indices, "values": rows.values}
            arrays |= {f"{language}.{name}": array for name, array in parts.items()}
        head = np.frombuffer(json.dumps(heads).encode(), np.uint8)
        with path.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, head=head, **arrays)

    @classmethod
    def load(cls, path: Path) -> IntentModel:
        """Raises ValueError or KeyError when the file is not one that ``save`` wrote."""
        models: dict[str, LanguageModel] = {}
        examples: dict[str, Sequence[str]] = {}
        with np.load(path, allow_pickle=False) as stored:
            for language, head in json.loads(stored["head"].tobytes()).items():
                idf, weights, bias = (stored[f"{language}.{name}"] for name in ("idf", "weights", "bias"))
                vocabulary = Vocabulary(head["words"], head["letters"], idf)
                starts, indices, values = (stored[f"{language}.{name}"] for name in ("starts", "indices", "values"))
                postings = Postings(Rows(starts, indices, values, len(vocabulary)))
                gate = Gate.from_list(head["gate"])
                models[language] = LanguageModel(
                    tuple(head["labels"]), vocabulary, weights, bias, head["temperature"], gate, postings
                )
                examples[language] = head["examples"]
        return cls(models, examples)


def train(examples: Mapping[str, Sequence[tuple[str, str]]], *, background: bool = True) -> IntentModel:
    """Learn from ``{language: [(text, label), …]}``; an example labelled "none" shows what is nobody's business.

    With ``background`` the project's own off-topic sentences are added to what "none" looks like.
    """
    models: dict[str, LanguageModel] = {}
    texts: dict[str, Sequence[str]] = {}
    for language in sorted(examples):
        pairs = sorted({(text, label) for text, label in examples[language] if text.strip()})
        if pairs:
            models[language] = _train_language(pairs, background_sentences(language) if background else ())
            texts[language] = [text for text, label in pairs if label != NONE]
    return IntentModel(models, texts)


def _train_language(pairs: Sequence[tuple[str, str]], off_topic: Sequence[str]) -> LanguageModel:
    known = [(text, label) for text, label in pairs if label != NONE]
    others = [text for text, label in pairs if label == NONE] + list(off_topic)
    labels = (*sorted({label for _, label in known}), NONE)
    number = {label: place for place, label in enumerate(labels)}
    targets = np.array([number[label] for _, label in known] + [number[NONE]] * len(others), np.int64)
    vocabulary, rows = Vocabulary.learn([comparable(text) for text, _ in known] + [comparable(text) for text in others])
    postings = Postings(rows.take(np.arange(len(known))))
    if len(targets) <= _DUAL_UP_TO:
        weights, bias, unseen, near = _exact(rows, targets, len(labels), len(known))
    else:
        weights, bias, unseen, near = _in_batches(rows, targets, len(labels), len(known))
    temperature, gate = fit_gate(unseen, targets, near, len(known))
    return LanguageModel(
        labels, vocabulary, weights.astype(np.float32), bias.astype(np.float32), temperature, gate, postings
    )


def _folds(targets: NDArray[np.int64]) -> NDArray[np.int64]:
    """A fold for each text, every label spread evenly and the same each time."""
    folds = np.empty(len(targets), np.int64)
    for label in np.unique(targets):
        places = np.flatnonzero(targets == label)
        shuffled = np.random.default_rng(7 + int(label)).permutation(len(places))
        folds[places] = (shuffled + int(label)) % _FOLDS
    return folds


def _exact(
    rows: Rows, targets: NDArray[np.int64], classes: int, known: int
) -> tuple[solver.Array, solver.Array, solver.Array, solver.Array]:
    """Weights, bias, then for every text the logits and the nearness that it would have had unseen."""
    gram = solver.gram_matrix(rows)
    dual, bias = solver.fit_dual(gram, targets, classes)
    unseen, near = np.zeros((len(targets), classes)), np.zeros(len(targets))
    folds = _folds(targets)
    for fold in range(_FOLDS if len(targets) > 2 * _FOLDS else 0):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        part, lift = solver.fit_dual(gram[np.ix_(inside, inside)], targets[inside], classes)
        unseen[outside] = gram[np.ix_(outside, inside)] @ part + lift
        examples = inside[inside < known]
        if len(examples) and len(outside):
            near[outside] = gram[np.ix_(outside, examples)].max(axis=1) / 2
    return solver.feature_weights(rows, dual), bias, unseen, near


def _in_batches(
    rows: Rows, targets: NDArray[np.int64], classes: int, known: int
) -> tuple[solver.Array, solver.Array, solver.Array, solver.Array]:
    """As ``_exact``; only a fifth of the texts is held back for calibration, the rest gets no unseen logits (NaN)."""
    held = np.flatnonzero(_folds(targets) == 0)
    inside = np.flatnonzero(_folds(targets) != 0)
    weights, bias = solver.fit_in_batches(rows.take(inside), targets[inside], classes, rounds=6)
    unseen, near = np.full((len(targets), classes), np.nan), np.zeros(len(targets))
    neighbours = Postings(rows.take(inside[inside < known]))
    for place in held:
        part = slice(rows.starts[place], rows.starts[place + 1])
        row = Row(rows.indices[part], rows.values[part], 1.0)
        unseen[place] = row.values @ weights[row.indices] + bias
        near[place] = neighbours.nearest(row)[0]
    weights, bias = solver.fit_in_batches(rows, targets, classes)
    return weights, bias, unseen, near
