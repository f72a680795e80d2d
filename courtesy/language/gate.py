"""Whether a sentence is any of the company's business at all: calibrated from how unseen examples score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from courtesy.language.solver import Array, softmax

_KEPT = 0.93  # share of the company's own unseen examples that the gate lets through at one half


@dataclass(frozen=True, slots=True)
class Gate:
    """Three signs on one scale each (mean and spread over unseen examples) and where their sum becomes doubtful."""

    logit_mean: float = 0.0
    logit_spread: float = 1.0
    near_mean: float = 0.5
    near_spread: float = 0.2
    margin_mean: float = 0.0
    margin_spread: float = 1.0
    doubtful_at: float = -1.5
    steepness: float = 1.5

    def score(self, logits: Array, nearness: float) -> float:
        """Best logit of a label, lead over "none" and nearness to an example, each in spreads; 0 is ordinary."""
        best = float(logits[:-1].max())
        lead = best - float(logits[-1])
        return (
            (best - self.logit_mean) / self.logit_spread
            + (lead - self.margin_mean) / self.margin_spread
            + (nearness - self.near_mean) / self.near_spread
        ) / 3

    def probability(self, logits: Array, nearness: float, known: float) -> float:
        """That the text is one of the labels. Unknown grams (``known`` is the share of known ones) count against it."""
        score = self.score(logits, nearness) - 1.0 * max(0.0, 0.5 - known)
        return float(1 / (1 + np.exp(-np.clip(self.steepness * (score - self.doubtful_at), -30, 30))))

    def as_list(self) -> list[float]:
        return [float(number) for number in astuple(self)]

    @classmethod
    def from_list(cls, numbers: Sequence[float]) -> Gate:
        return cls(*numbers)


def fit_gate(unseen: Array, targets: NDArray[np.int64], near: Array, known: int) -> tuple[float, Gate]:
    """The temperature of the logits and the gate, from what each text scored when held back (NaN: not)."""
    chosen = np.flatnonzero(~np.isnan(unseen[:known, 0]))
    if len(chosen) < 8 or unseen.shape[1] < 3:
        return 1.0, Gate(doubtful_at=-2.0)
    logits, wanted = unseen[chosen], targets[chosen]
    temperature = _temperature(logits[:, :-1], wanted)
    best = logits[:, :-1].max(axis=1)
    lead = best - logits[:, -1]
    parts = [float(number) for values in (best, near[chosen], lead) for number in (values.mean(), values.std() + 1e-6)]
    gate = Gate(*parts[:6])
    scores = np.array([gate.score(row, nearness) for row, nearness in zip(logits, near[chosen], strict=True)])
    threshold = _threshold(gate, scores, unseen, targets, near, known)
    return temperature, replace(gate, doubtful_at=threshold, steepness=3.0)


def _threshold(gate: Gate, scores: Array, unseen: Array, targets: NDArray[np.int64], near: Array, known: int) -> float:
    """Where most own examples pass; lower when nothing of the background comes near: no wish is refused for style."""
    passing = float(np.quantile(scores, 1 - _KEPT))
    outside = [
        gate.score(unseen[place], float(near[place]))
        for place in range(known, len(targets))
        if not np.isnan(unseen[place, 0])
    ]
    if not outside:
        return passing
    return float(np.clip(np.quantile(outside, 0.95), passing - 0.5, passing))


def _temperature(logits: Array, wanted: NDArray[np.int64]) -> float:
    """The divisor of the logits that makes the unseen examples most likely (golden section over its logarithm)."""

    def surprise(logarithm: float) -> float:
        chances = softmax(logits / np.exp(logarithm))
        return -float(np.log(chances[np.arange(len(wanted)), wanted] + 1e-12).mean())

    low, high, ratio = -2.5, 1.5, 0.6180339887
    for _ in range(30):
        first, second = high - ratio * (high - low), low + ratio * (high - low)
        if surprise(first) < surprise(second):
            high = second
        else:
            low = first
    return float(np.exp((low + high) / 2))
