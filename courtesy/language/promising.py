"""A promised error rate: from which probability on to answer, so that at most so many messages are answered wrongly.

Conformal risk control (Angelopoulos, Bates, Fisch, Lei & Schuster 2022) with the loss "answered, and wrongly": over
messages like those that it was set on, the expected share of wrong answers is at most what was promised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Promise:
    """Shares are of all messages. ``threshold``: answer from this probability on; above 1: nothing can be promised."""

    wrong_at_most: float
    threshold: float
    answered: float
    wrong: float
    counted: int

    def says(self) -> str:
        if self.threshold > 1:
            return f"too few labelled messages ({self.counted}) to promise {self.wrong_at_most:.0%}"
        return f"answers {self.answered:.0%} of messages, wrong in at most {self.wrong_at_most:.0%}"


def promise(chances: Sequence[float], right: Sequence[bool], wrong_at_most: float) -> Promise:
    """Set on messages with the probability of their best label and whether it was right (false out of scope)."""
    order = np.argsort(-np.asarray(chances, float), kind="stable")
    sorted_chances = np.asarray(chances, float)[order]
    wrong = np.cumsum(~np.asarray(right, bool)[order])
    count = len(order)
    last = np.append(sorted_chances[1:] < sorted_chances[:-1], True)[:count]  # equal chances fall together
    allowed = np.flatnonzero(last & ((wrong + 1) / (count + 1) <= wrong_at_most))
    if not len(allowed):
        return Promise(wrong_at_most, 2.0, 0.0, 0.0, count)
    place = int(allowed[-1])
    return Promise(wrong_at_most, float(sorted_chances[place]), (place + 1) / count, float(wrong[place]) / count, count)


def kept(chances: Sequence[float], right: Sequence[bool], threshold: float) -> tuple[float, float]:
    """Of other messages, the share answered at a threshold and the share answered wrongly."""
    answered = np.asarray(chances, float) >= threshold
    return float(answered.mean()), float((answered & ~np.asarray(right, bool)).mean())
