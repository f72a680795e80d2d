"""Messages that carry several labels at once: each label judged by itself, on the same words and vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtesy.language import kernel, solver
from courtesy.language.encoder import Encoder
from courtesy.language.features import Floats, Vocabulary, comparable

_CUTS = np.linspace(0.15, 0.7, 56)


@dataclass(frozen=True, slots=True)
class SeveralModel:
    """``cuts``: from which score on a label is there, set on texts scored as if unseen."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Floats
    bias: Floats
    cuts: Floats
    encoder: Encoder | None
    vectors: Floats
    dual: Floats

    def read(self, text: str) -> frozenset[str]:
        row = self.vocabulary.row(comparable(text))
        scores = row.values @ self.weights[row.indices] + self.bias
        if self.encoder is not None:
            vector = np.asarray(self.encoder.encode([text], "query")[0], np.float32)
            scores = scores + kernel.closeness(self.vectors @ vector) @ self.dual
        return frozenset(self.labels[place] for place in np.flatnonzero(scores >= self.cuts))


def learn_several(examples: Sequence[tuple[str, frozenset[str]]], encoder: Encoder | None = None) -> SeveralModel:
    """From texts with their labels, none or several each."""
    texts = [text for text, _ in examples]
    labels = tuple(sorted({label for _, own in examples for label in own}))
    wanted = np.array([[label in own for label in labels] for _, own in examples], float)
    vocabulary, rows = Vocabulary.learn([comparable(text) for text in texts])
    gram = solver.gram_matrix(rows)
    vectors = np.zeros((len(texts), 0), np.float32)
    if encoder is not None:
        vectors = np.asarray(encoder.encode(texts, "query"), np.float32)
        gram = gram + kernel.closeness(vectors @ vectors.T)
    dual, bias, unseen = kernel.fit(gram, wanted)
    return SeveralModel(
        labels,
        vocabulary,
        solver.feature_weights(rows, dual),
        bias.astype(np.float32),
        _cuts(unseen, wanted > 0.5),
        encoder,
        vectors,
        dual.astype(np.float32),
    )


def _cuts(unseen: kernel.Array, wanted: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Floats:
    """One cut for all labels that gives the best F1 over all pairs; a label seen often gets its own, halfway there."""
    shared = _best_cut(unseen, wanted)
    own = [_best_cut(unseen[:, [at]], wanted[:, [at]]) for at in range(wanted.shape[1])]
    often = np.minimum(wanted.sum(axis=0) / 60, 0.5)
    return np.asarray(shared + often * (np.array(own) - shared), np.float32)


def _best_cut(unseen: kernel.Array, wanted: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> float:
    scores = []
    for cut in _CUTS:
        said = unseen >= cut
        both = np.logical_and(said, wanted).sum()
        scores.append(2 * both / max(1, said.sum() + wanted.sum()))
    return float(_CUTS[int(np.argmax(scores))])


def count_several(wanted: Sequence[frozenset[str]], said: Sequence[frozenset[str]]) -> dict[str, float]:
    """Micro-averaged precision, recall and F1 over all labels of all messages, and the share of exact sets."""
    both = sum(len(one & other) for one, other in zip(wanted, said, strict=True))
    given, right = sum(map(len, said)), sum(map(len, wanted))
    exact = sum(one == other for one, other in zip(wanted, said, strict=True))
    return {
        "micro_f1": 2 * both / max(1, given + right),
        "micro_precision": both / max(1, given),
        "micro_recall": both / max(1, right),
        "exact": exact / max(1, len(wanted)),
    }
