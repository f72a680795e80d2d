"""Fits the model of one language: on the sentence vectors and words where an encoder serves it, else on words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from courtesy.language import kernel, solver
from courtesy.language.encoder import Encoder
from courtesy.language.features import Floats, Row, Rows, Vocabulary, comparable
from courtesy.language.gate import Unseen, fit_gate, held_back
from courtesy.language.language_model import NONE, LanguageModel, Meaning, Postings
from courtesy.language.solver import Array

_EXACT_UP_TO = {False: 4_000, True: 11_000}  # texts, without and with vectors; beyond, the Gram matrix is too large
_FOLDS = 4
_CLOSE = 0.01  # slope at which the search may end: scores are then within .03 of their spread of the exact ones
_CLOSE_ENOUGH = 0.03  # the same of a fold: nothing rests on its last digits
_HELD = 1_000  # texts held back that calibrate well enough; where there are many more, not every fold is
_LINEAR_SHARE = 2.0  # of the vectors beside the words, where they are weighed directly
_COLUMNS = 1_536  # into which the words are drawn then


@dataclass(frozen=True, slots=True)
class _Lesson:
    """The training texts as numbers, the ``known`` examples first. ``vectors`` is None without an encoder."""

    rows: Rows
    vectors: Floats | None
    targets: NDArray[np.int64]
    classes: int
    known: int


@dataclass(frozen=True, slots=True)
class _Fitted:
    """``unseen`` and ``near``: what each text scored, and how near an example was, when it was held back."""

    weights: Array
    bias: Array
    unseen: Array
    near: Array
    dual: Array | None = None
    linear: Array | None = None


def fit_language(
    pairs: Sequence[tuple[str, str]], off_topic: Sequence[str], encoder: Encoder | None = None
) -> LanguageModel:
    """The model of ``(text, label)`` pairs and the background. Raises what the encoder raises."""
    known = [(text, label) for text, label in pairs if label != NONE]
    shown = [text for text, label in pairs if label == NONE]
    texts = [text for text, _ in known] + shown + list(off_topic)
    labels = (*sorted({label for _, label in known}), NONE)
    number = {label: place for place, label in enumerate(labels)}
    targets = np.array([number[label] for _, label in known] + [number[NONE]] * (len(texts) - len(known)), np.int64)
    vocabulary, rows = Vocabulary.learn([comparable(text) for text in texts])
    vectors = np.asarray(encoder.encode(texts, "query"), np.float32) if encoder is not None else None
    lesson = _Lesson(rows, vectors, targets, len(labels), len(known))
    fitted = _fit(lesson)
    unseen = Unseen(fitted.unseen, targets, fitted.near, len(known), len(shown), encoder is not None)
    temperature, gate = fit_gate(unseen)
    chances, right = held_back(unseen, temperature, gate)
    meaning = None
    if encoder is not None and vectors is not None:
        kept = vectors if fitted.dual is not None else vectors[: len(known)]
        meaning = Meaning(encoder.id, kept, _single(fitted.dual), _single(fitted.linear))
    postings = Postings(rows.take(np.arange(len(known))))
    weights, bias = fitted.weights.astype(np.float32), fitted.bias.astype(np.float32)
    return LanguageModel(labels, vocabulary, weights, bias, temperature, gate, postings, chances, right, meaning)


def _single(array: Array | None) -> Floats | None:
    return None if array is None else array.astype(np.float32)


def _fit(lesson: _Lesson) -> _Fitted:
    many = len(lesson.targets) > _EXACT_UP_TO[lesson.vectors is not None]
    if lesson.vectors is None:
        return _in_batches(lesson) if many else _of_words(lesson)
    return _in_short(lesson, lesson.vectors) if many else _of_meaning(lesson, lesson.vectors)


def _of_meaning(lesson: _Lesson, vectors: Floats) -> _Fitted:
    """Least squares on words and vectors; what is unseen comes exactly, each text left out alone."""
    cosines = vectors @ vectors.T
    gram = solver.gram_matrix(lesson.rows) + kernel.closeness(cosines)
    np.fill_diagonal(cosines, -1)
    near = cosines[:, : lesson.known].max(axis=1)
    del cosines
    dual, bias, unseen = kernel.fit(gram, kernel.one_of(lesson.targets, lesson.classes))
    return _Fitted(solver.feature_weights(lesson.rows, dual), bias, unseen, near, dual=dual)


def _folds(targets: NDArray[np.int64]) -> NDArray[np.int64]:
    """A fold for each text, every label spread evenly and the same each time."""
    folds = np.empty(len(targets), np.int64)
    for label in np.unique(targets):
        places = np.flatnonzero(targets == label)
        shuffled = np.random.default_rng(7 + int(label)).permutation(len(places))
        folds[places] = (shuffled + int(label)) % _FOLDS
    return folds


def _of_words(lesson: _Lesson) -> _Fitted:
    """Logistic regression, exact; what is unseen comes from folds, the texts of folds left out get NaN."""
    gram, targets, known = solver.gram_matrix(lesson.rows), lesson.targets, lesson.known
    dual, bias = solver.fit_dual(gram, targets, lesson.classes, close=_CLOSE)
    few = len(targets) <= 2 * _FOLDS
    unseen, near = np.full((len(targets), lesson.classes), 0.0 if few else np.nan), np.zeros(len(targets))
    folds = _folds(targets)
    for fold in range(0 if few else min(_FOLDS, -(-_FOLDS * _HELD // len(targets)))):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        start = (dual[inside], bias)
        inner = gram[np.ix_(inside, inside)]
        part, lift = solver.fit_dual(inner, targets[inside], lesson.classes, start=start, close=_CLOSE_ENOUGH)
        unseen[outside] = gram[np.ix_(outside, inside)] @ part + lift
        examples = inside[inside < known]
        if len(examples) and len(outside):
            near[outside] = gram[np.ix_(outside, examples)].max(axis=1) / 2
    return _Fitted(solver.feature_weights(lesson.rows, dual), bias, unseen, near)


def _in_batches(lesson: _Lesson) -> _Fitted:
    """Logistic regression by batches; a fifth of the texts is held back for calibration, the rest gets NaN."""
    rows, targets, known = lesson.rows, lesson.targets, lesson.known
    held, inside = np.flatnonzero(_folds(targets) == 0), np.flatnonzero(_folds(targets) != 0)
    weights, bias = solver.fit_in_batches(rows.take(inside), targets[inside], lesson.classes, rounds=6)
    unseen, near = np.full((len(targets), lesson.classes), np.nan), np.zeros(len(targets))
    neighbours = Postings(rows.take(inside[inside < known]))
    for place in held:
        part = slice(rows.starts[place], rows.starts[place + 1])
        row = Row(rows.indices[part], rows.values[part], 1.0)
        unseen[place] = row.values @ weights[row.indices] + bias
        near[place] = neighbours.nearest(row)[0]
    weights, bias = solver.fit_in_batches(rows, targets, lesson.classes)
    return _Fitted(weights, bias, unseen, near)


def _in_short(lesson: _Lesson, vectors: Floats) -> _Fitted:
    """Logistic regression on the vectors and the words drawn together into few columns, for very many texts.

    The columns keep inner products on average: Weinberger et al., Feature hashing, ICML 2009.
    """
    targets, dice = lesson.targets, np.random.default_rng(20)
    column = dice.integers(0, _COLUMNS, lesson.rows.width)
    sign = dice.choice(np.array([-1, 1], np.float32), lesson.rows.width)
    points = np.zeros((len(targets), _COLUMNS + vectors.shape[1]), np.float32)
    places = (lesson.rows.numbers(), column[lesson.rows.indices])
    np.add.at(points, places, lesson.rows.values * sign[lesson.rows.indices])
    points[:, _COLUMNS:] = vectors * _LINEAR_SHARE
    held, inside = np.flatnonzero(_folds(targets) == 0), np.flatnonzero(_folds(targets) != 0)
    weights, bias = solver.fit_points(points[inside], targets[inside], lesson.classes)
    unseen, near = np.full((len(targets), lesson.classes), np.nan), np.zeros(len(targets))
    unseen[held] = points[held] @ weights + bias
    near[held] = (vectors[held] @ vectors[inside[inside < lesson.known]].T).max(axis=1)
    weights, bias = solver.fit_points(points, targets, lesson.classes)
    of_words = weights[:_COLUMNS][column] * sign[:, None]
    return _Fitted(of_words, bias, unseen, near, linear=weights[_COLUMNS:] * _LINEAR_SHARE)
