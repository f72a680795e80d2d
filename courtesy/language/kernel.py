"""Least squares on a kernel: a closed form that also says how every text would have scored unseen.

Rifkin & Lippert, Notes on regularized least squares (MIT-CSAIL-TR-2007-025): with A = (K + pI)⁻¹ and c = A·Y the score
of text i without itself is Y_i - c_i / A_ii.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]

NARROW, SHARE, PENALTY = 1.0, 8.0, 1.0  # chosen on all kits at once, see docs/decisions/0009
_DOUBLE_UP_TO = 1_500  # texts; beyond, single precision is exact enough and half the memory


def closeness(cosines: Array) -> Array:
    """The kernel of sentence vectors of length one: a Gauss bell over their distance."""
    bell: Array = np.exp((cosines - 1) * (2 * NARROW))
    bell *= SHARE
    return bell


def one_of(targets: NDArray[np.int64], classes: int) -> Array:
    """What is wanted of each text where it has just one label: 1 for that, else 0."""
    wanted = np.zeros((len(targets), classes))
    wanted[np.arange(len(targets)), targets] = 1
    return wanted


def fit(gram: Array, wanted: Array) -> tuple[Array, Array, Array]:
    """Weights per text, the bias, and the scores of every text as if unseen. ``gram`` is used up."""
    count = len(gram)
    gram = gram.astype(np.float64 if count <= _DOUBLE_UP_TO else np.float32, copy=False)
    bias = wanted.mean(axis=0).astype(gram.dtype)
    wanted = wanted.astype(gram.dtype) - bias
    gram[np.diag_indices(count)] += PENALTY
    inverse = _lower_inverse(np.linalg.cholesky(gram))
    weights = inverse.T @ (inverse @ wanted)
    own = np.einsum("ij,ij->j", inverse, inverse)
    return weights, bias, wanted - weights / own[:, None] + bias


def _lower_inverse(lower: Array) -> Array:
    """The inverse of a lower triangular matrix, by halves."""
    count = len(lower)
    if count <= 256:
        return np.asarray(np.linalg.solve(lower, np.eye(count, dtype=lower.dtype)), lower.dtype)
    half = count // 2
    inverse = np.zeros_like(lower)
    inverse[:half, :half] = _lower_inverse(lower[:half, :half])
    inverse[half:, half:] = _lower_inverse(lower[half:, half:])
    inverse[half:, :half] = -inverse[half:, half:] @ (lower[half:, :half] @ inverse[:half, :half])
    return inverse
