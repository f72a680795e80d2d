"""Multinomial logistic regression in numpy: exact on the Gram matrix for few texts, in batches for many.

Minimises the sum of log losses plus |W|²/(2·strength), the bias free, as in Bishop, Pattern Recognition and Machine
Learning (2006), 4.3.4; the quasi-Newton step is L-BFGS (Nocedal & Wright, Numerical Optimization, 2006, 7.2).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from courtesy.language.features import Rows

Array = NDArray[np.floating[Any]]
Whole = NDArray[np.int64]

_MEMORY = 12
_STEPS_FOR_MANY = 70  # of the quasi-Newton search; more change nothing that is seen
_PAIRS_AT_ONCE = 2_000_000
_NOISE = 1e-8  # relative gain below which single precision only stirs the last digits
_DENSE_FROM = 24  # a feature seen in at least so many texts goes through a dense product; more where texts are many
_DOUBLE_UP_TO = 4_000  # texts; beyond, the Gram matrix is kept in single precision


def gram_matrix(rows: Rows) -> Array:
    """All inner products of the rows; features of a single text only matter on the diagonal."""
    count = len(rows)
    order = np.argsort(rows.indices, kind="stable")
    features, owners, values = rows.indices[order], rows.numbers()[order], rows.values[order].astype(np.float64)
    edges = (
        np.flatnonzero(np.concatenate(([True], features[1:] != features[:-1]))) if len(features) else np.zeros(0, int)
    )
    sizes = np.diff(np.concatenate((edges, [len(features)])))
    total = np.zeros(count * count, np.float64 if count <= _DOUBLE_UP_TO else np.float32)
    dense_from = max(_DENSE_FROM, count // 32)
    for size in range(2, dense_from):
        first = edges[sizes == size]
        step = max(1, _PAIRS_AT_ONCE // (size * size))
        for start in range(0, len(first), step):
            places = first[start : start + step, None] + np.arange(size)
            who, value = owners[places], values[places]
            pairs = (who[:, :, None] * count + who[:, None, :]).ravel()
            np.add.at(total, pairs, (value[:, :, None] * value[:, None, :]).ravel().astype(total.dtype))
    matrix: NDArray[Any] = total.reshape(count, count)
    frequent = np.flatnonzero(sizes >= dense_from)
    for start in range(0, len(frequent), 2048):
        block = frequent[start : start + 2048]
        dense = np.zeros((count, len(block)), np.float32)
        for column, feature in enumerate(block):
            part = slice(edges[feature], edges[feature] + sizes[feature])
            dense[owners[part], column] = values[part]
        matrix += (dense @ dense.T).astype(matrix.dtype, copy=False)
    np.fill_diagonal(matrix, np.bincount(rows.numbers(), rows.values.astype(np.float64) ** 2, count))
    return matrix


def softmax(logits: Array) -> Array:
    shifted: Array = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Array = shifted / shifted.sum(axis=-1, keepdims=True)
    return shares


def fit_dual(
    gram: Array,
    labels: Whole,
    classes: int,
    *,
    strength: float = 20.0,
    start: tuple[Array, Array] | None = None,
    close: float = 1e-3,
) -> tuple[Array, Array]:
    """Weights per text and the bias: the logits of a new text are ``gram(new, texts) @ weights + bias``.

    ``start`` are weights and bias near the solution, if any are known: it is found sooner then. The search ends where
    no slope is steeper than ``close``.
    """
    count = len(gram)
    root = np.linalg.cholesky(gram + 1e-6 * np.trace(gram) / count * np.eye(count))
    first = np.zeros((count + 1, classes), np.float32)
    if start is not None:
        first[:-1], first[-1] = root.T @ start[0], start[1]
    solution = _minimise(root.astype(np.float32), labels, classes, strength, first, close=close)
    weights = np.linalg.solve(root.T, solution[:-1].astype(np.float64))
    return weights, solution[-1].astype(np.float64)


def fit_points(points: Array, labels: Whole, classes: int, *, strength: float = 20.0) -> tuple[Array, Array]:
    """Weights per column of ``points`` and the bias."""
    first = np.zeros((points.shape[1] + 1, classes), np.float32)
    solution = _minimise(points, labels, classes, strength, first, steps=_STEPS_FOR_MANY)
    return solution[:-1], solution[-1]


def _minimise(
    points: Array, labels: Whole, classes: int, strength: float, first: Array, *, steps: int = 200, close: float = 1e-3
) -> Array:
    count, width = points.shape
    wanted = np.zeros((count, classes), np.float32)
    wanted[np.arange(count), labels] = 1.0

    def loss(flat: Array) -> tuple[float, Array]:
        solution = flat.reshape(width + 1, classes)
        weights = solution[:-1]
        chances = softmax(points @ weights + solution[-1])
        error = chances - wanted
        slope = np.empty_like(solution)
        slope[:-1] = points.T @ error + weights / strength
        slope[-1] = error.sum(axis=0)
        fit = -float(np.log(chances[np.arange(count), labels] + 1e-30).sum())
        return fit + float(np.vdot(weights, weights)) / (2 * strength), slope.ravel()

    return lbfgs(loss, first.ravel(), steps=steps, close=close).reshape(width + 1, classes)


def lbfgs(
    loss: Callable[[Array], tuple[float, Array]], point: Array, *, steps: int = 200, close: float = 1e-3
) -> Array:
    value, slope = loss(point)
    history: deque[tuple[Array, Array, float]] = deque(maxlen=_MEMORY)
    for _ in range(steps):
        if float(np.abs(slope).max()) < close:
            break
        direction = _direction(slope, history)
        descent = float(np.vdot(direction, slope))
        if descent >= 0:
            history.clear()
            direction, descent = -slope, -float(np.vdot(slope, slope))
        length = 1.0 if history else min(1.0, 1.0 / float(np.abs(slope).sum() + 1e-12))
        for _ in range(20):
            candidate = point + length * direction
            new_value, new_slope = loss(candidate)
            if new_value <= value + 1e-4 * length * descent:
                break
            length *= 0.5
        else:
            break
        gained = value - new_value
        moved, turned = candidate - point, new_slope - slope
        curve = float(np.vdot(moved, turned))
        if curve > 1e-10:
            history.append((moved, turned, 1.0 / curve))
        point, value, slope = candidate, new_value, new_slope
        if gained < _NOISE * abs(value):
            break
    return point


def _direction(slope: Array, history: deque[tuple[Array, Array, float]]) -> Array:
    direction = -slope
    shares: list[float] = []
    for moved, turned, rho in reversed(history):
        share = rho * float(np.vdot(moved, direction))
        shares.append(share)
        direction = direction - share * turned
    if history:
        moved, turned, rho = history[-1]
        direction = direction * (1.0 / (rho * float(np.vdot(turned, turned))))
    for (moved, turned, rho), share in zip(history, reversed(shares), strict=True):
        direction = direction + (share - rho * float(np.vdot(turned, direction))) * moved
    return direction


def feature_weights(rows: Rows, weights: Array) -> Array:
    """Dual weights (texts × classes) as weights of the features."""
    result = np.empty((rows.width, weights.shape[1]), np.float32)
    owners = rows.numbers()
    for column in range(weights.shape[1]):
        result[:, column] = np.bincount(rows.indices, rows.values * weights[owners, column], rows.width)
    return result


def fit_in_batches(
    rows: Rows, labels: Whole, classes: int, *, strength: float = 20.0, rounds: int = 12, batch: int = 256
) -> tuple[Array, Array]:
    """Adagrad over shuffled batches for sets too large for a Gram matrix; returns feature weights and bias.

    Reference: Duchi, Hazan & Singer, Adaptive subgradient methods, JMLR 12 (2011).
    """
    random = np.random.default_rng(20)
    weights = np.zeros((rows.width, classes), np.float32)
    seen = np.full(rows.width, 1e-8, np.float32)
    bias, bias_seen = np.zeros(classes, np.float32), 1e-8
    shrink = 1.0 / (strength * len(rows))
    column = np.zeros(rows.width, np.int64)
    for turn in range(rounds):
        rate = 0.7 / (1 + 0.25 * turn)
        order = random.permutation(len(rows))
        for start in range(0, len(rows), batch):
            part = rows.take(order[start : start + batch])
            used = np.unique(part.indices)
            column[used] = np.arange(len(used))
            dense = np.zeros((len(part), len(used)), np.float32)
            dense[part.numbers(), column[part.indices]] = part.values
            local = weights[used]
            error = softmax(dense @ local + bias)
            error[np.arange(len(part)), labels[order[start : start + batch]]] -= 1.0
            error /= len(part)
            slope = dense.T @ error + shrink * local
            seen[used] += np.square(slope).sum(axis=1)
            weights[used] = local - rate * slope / np.sqrt(seen[used])[:, None]
            lift = error.sum(axis=0)
            bias_seen += float(np.vdot(lift, lift))
            bias -= 0.1 * rate * lift / np.sqrt(bias_seen)
    return weights, bias
