"""Whether a sentence is any of the company's business at all: calibrated from how unseen examples score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from courtesy.language.solver import Array, softmax

_KEPT = {False: 0.93, True: 0.90}  # share of the own unseen examples that pass, without and with an encoder
_SHOWN = 20  # sentences labelled "none" from which they, not the own examples alone, set the threshold
_STEEPNESS = 3.0
_OWN_WEIGHT = 3.0  # a customer turned away is as bad as so many strangers let in


@dataclass(frozen=True, slots=True)
class Gate:
    """Signs on one scale each (mean and spread over unseen examples) and where their mean becomes doubtful."""

    logit_mean: float = 0.0
    logit_spread: float = 1.0
    near_mean: float = 0.5
    near_spread: float = 0.2
    margin_mean: float = 0.0
    margin_spread: float = 1.0
    margin_counts: float = 1.0
    strangeness_counts: float = 1.0
    doubtful_at: float = -1.5
    steepness: float = 1.5

    def score(self, logits: Array, nearness: Array | float) -> Array:
        """Best logit of a label, nearness to an example and lead over "none", each in spreads; 0 is ordinary."""
        best = logits[..., :-1].max(axis=-1)
        lead = best - logits[..., -1]
        total = (
            (best - self.logit_mean) / self.logit_spread
            + (nearness - self.near_mean) / self.near_spread
            + self.margin_counts * (lead - self.margin_mean) / self.margin_spread
        )
        return np.asarray(total / (2 + self.margin_counts))

    def probability(self, logits: Array, nearness: float, known: float) -> float:
        """That the text is one of the labels. Unknown grams (``known`` is the share of known ones) count against it."""
        score = float(self.score(logits, nearness)) - self.strangeness_counts * max(0.0, 0.5 - known)
        return float(1 / (1 + np.exp(-np.clip(self.steepness * (score - self.doubtful_at), -30, 30))))

    def as_list(self) -> list[float]:
        return [float(number) for number in astuple(self)]

    @classmethod
    def from_list(cls, numbers: Sequence[float]) -> Gate:
        return cls(*numbers)


@dataclass(frozen=True, slots=True)
class Unseen:
    """What every training text scored when held back: the ``known`` examples first, then ``shown`` labelled "none",
    then the background. Logits of texts that were not held back are NaN."""

    logits: Array
    targets: NDArray[np.int64]
    near: Array
    known: int
    shown: int
    dense: bool


def fit_gate(unseen: Unseen) -> tuple[float, Gate]:
    """The temperature of the logits and the gate."""
    chosen = np.flatnonzero(~np.isnan(unseen.logits[: unseen.known, 0]))
    if len(chosen) < 8 or unseen.logits.shape[1] < 3:
        return 1.0, Gate(doubtful_at=-2.0)
    logits, wanted, near = unseen.logits[chosen], unseen.targets[chosen], unseen.near[chosen]
    temperature = _temperature(logits[:, :-1], wanted)
    best = logits[:, :-1].max(axis=1)
    lead = best - logits[:, -1]
    parts = [float(number) for values in (best, near, lead) for number in (values.mean(), values.std() + 1e-6)]
    shown = _held_back(unseen, unseen.known, unseen.known + unseen.shown)
    gate = replace(
        Gate(*parts),
        margin_counts=float(not unseen.dense or len(shown) >= _SHOWN),
        strangeness_counts=float(not unseen.dense),
        steepness=_STEEPNESS,
    )
    scores = _with_share(gate, logits, near, temperature)
    if len(shown) >= _SHOWN:
        right = logits[:, :-1].argmax(axis=1) == wanted
        threshold = _best_cut(scores, right, _with_share(gate, unseen.logits[shown], unseen.near[shown], temperature))
    else:
        threshold = _usual_cut(gate, scores if unseen.dense else gate.score(logits, near), unseen)
    return temperature, replace(gate, doubtful_at=threshold)


def held_back(unseen: Unseen, temperature: float, gate: Gate) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Of every text that was held back the probability of its best label, and whether that is right."""
    places = _held_back(unseen, 0, len(unseen.targets))
    logits = unseen.logits[places]
    if not len(places) or logits.shape[1] < 2:
        return np.zeros(0, np.float32), np.zeros(0, bool)
    share = softmax(logits[:, :-1] / temperature).max(axis=1)
    score = gate.steepness * (gate.score(logits, unseen.near[places]) - gate.doubtful_at)
    fits = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
    return (share * fits).astype(np.float32), logits[:, :-1].argmax(axis=1) == unseen.targets[places]


def _held_back(unseen: Unseen, first: int, end: int) -> NDArray[np.int64]:
    return first + np.flatnonzero(~np.isnan(unseen.logits[first:end, 0]))


def _with_share(gate: Gate, logits: Array, near: Array, temperature: float) -> Array:
    """Where the gate would have to lie for the best label to weigh as much as "none"."""
    share = softmax(logits[:, :-1] / temperature).max(axis=1)
    return np.asarray(gate.score(logits, near) + np.log(share) / gate.steepness)


def _usual_cut(gate: Gate, scores: Array, unseen: Unseen) -> float:
    """Where most own examples pass; without an encoder lower when nothing of the background comes near: there the
    share of the best label is left out of ``scores``, words alone spread it too thin."""
    passing = float(np.quantile(scores, 1 - _KEPT[unseen.dense]))
    outside = _held_back(unseen, unseen.known, len(unseen.targets))
    if unseen.dense or not len(outside):
        return passing
    others = gate.score(unseen.logits[outside], unseen.near[outside])
    return float(np.clip(np.quantile(others, 0.95), passing - 0.5, passing))


def _best_cut(scores: Array, right: NDArray[np.bool_], outside: Array) -> float:
    """Where the share of own examples read right, weighed more, and that of "none" turned away are highest together."""
    cuts = np.unique(np.quantile(np.concatenate((scores, outside)), np.linspace(0, 1, 400)))
    kept = np.array([np.mean(right & (scores >= cut)) for cut in cuts])
    turned = np.array([np.mean(outside < cut) for cut in cuts])
    return float(cuts[int((_OWN_WEIGHT * kept + turned).argmax())])


def _temperature(logits: Array, wanted: NDArray[np.int64]) -> float:
    """The divisor of the logits that makes the unseen examples most likely (golden section over its logarithm)."""

    def surprise(logarithm: float) -> float:
        chances = softmax(logits / np.exp(logarithm))
        return -float(np.log(chances[np.arange(len(wanted)), wanted] + 1e-12).mean())

    low, high, ratio = -5.0, 1.5, 0.6180339887
    for _ in range(30):
        first, second = high - ratio * (high - low), low + ratio * (high - low)
        if surprise(first) < surprise(second):
            high = second
        else:
            low = first
    return float(np.exp((low + high) / 2))
