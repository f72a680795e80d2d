"""Least squares on a kernel: the closed form against the long way."""

from __future__ import annotations

import numpy as np
import pytest

from courtesy.language import kernel, solver
from courtesy.language.features import Vocabulary


@pytest.mark.parametrize("count", [40, 700])
def test_a_text_scored_as_if_unseen_scores_as_when_it_is_left_out(count: int) -> None:
    dice = np.random.default_rng(1)
    points = dice.normal(size=(count, 30))
    gram = points @ points.T / 30
    targets = dice.integers(0, 3, count)
    wanted = kernel.one_of(targets, 3)
    _, bias, unseen = kernel.fit(gram.copy(), wanted)
    for left in (0, count // 2, count - 1):
        others = np.delete(np.arange(count), left)
        inverse = np.linalg.inv(gram[np.ix_(others, others)] + kernel.PENALTY * np.eye(count - 1))
        expected = gram[left, others] @ inverse @ (wanted[others] - bias) + bias
        assert unseen[left] == pytest.approx(expected, abs=1e-6)


def test_the_gram_matrix_is_that_of_the_rows_however_many_texts_share_a_feature() -> None:
    texts = [f"common word {number} and w{number % 3}" for number in range(90)]
    _, rows = Vocabulary.learn(texts)
    dense = np.zeros((len(rows), rows.width))
    dense[rows.numbers(), rows.indices] = rows.values
    assert solver.gram_matrix(rows) == pytest.approx(dense @ dense.T, abs=1e-5)


def test_the_search_ends_in_the_same_place_wherever_it_starts() -> None:
    dice = np.random.default_rng(2)
    points = dice.normal(size=(60, 10))
    gram, targets = points @ points.T, dice.integers(0, 3, 60)
    weights, bias = solver.fit_dual(gram, targets, 3)
    near = (weights + dice.normal(scale=0.01, size=weights.shape), bias)
    again, lift = solver.fit_dual(gram, targets, 3, start=near)
    assert gram @ again + lift == pytest.approx(gram @ weights + bias, abs=0.1)
