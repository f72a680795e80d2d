"""How a promised error rate is kept on messages that it was not set on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from courtesy.language.encoder import EncoderOf, without
from courtesy.language.measuring import Reading, Row, learn, read
from courtesy.language.promising import Promise, kept, promise

_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """``set_on`` says which messages the threshold comes from; ``answered`` and ``wrong`` are shares of the scored."""

    promise: Promise
    set_on: str
    scored: int
    answered: float
    wrong: float


def measure_promise(rows: Sequence[Row], wrong_at_most: float, encoders: EncoderOf = without) -> Kept:
    """Set on the held rows, or by cross-validation on the learned ones; counted on the others."""
    model = learn(rows, encoders)
    held = [row for row in rows if row.held]
    if held:
        judged, set_on = _judged(held, [read(model, row) for row in held]), "the rows of split dev"
    else:
        judged, set_on = _across(rows, encoders), "the learned rows, by cross-validation"
    promised = promise(*judged, wrong_at_most)
    scored = [row for row in rows if not row.learned and not row.held]
    answered, wrong = kept(*_judged(scored, [read(model, row) for row in scored]), promised.threshold)
    return Kept(promised, set_on, len(scored), answered, wrong)


def _judged(rows: Sequence[Row], readings: Sequence[Reading]) -> tuple[list[float], list[bool]]:
    right = [row.label == reading.label for row, reading in zip(rows, readings, strict=True)]
    return [reading.probability for reading in readings], right


def _across(rows: Sequence[Row], encoders: EncoderOf) -> tuple[list[float], list[bool]]:
    """Every learned row read by a model that never saw it; the folds come from a hash of the text."""
    learned = [row for row in rows if row.learned]
    folds = [hashlib.sha256(row.text.casefold().encode()).digest()[0] % _FOLDS for row in learned]
    chances: list[float] = []
    right: list[bool] = []
    for fold in sorted(set(folds)):
        sides = [replace(row, learned=own != fold) for row, own in zip(learned, folds, strict=True)]
        outside = [row for row in sides if not row.learned]
        model = learn(sides, encoders)
        some, were = _judged(outside, [read(model, row) for row in outside])
        chances, right = chances + some, right + were
    return chances, right
