"""How well sentences are told apart: learn from labelled rows, read others, and count what was right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from time import perf_counter

from courtesy.language.encoder import EncoderOf, without
from courtesy.language.intents import NONE, IntentModel, train
from courtesy.language.spelling import mend


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its label ("none": nobody's business), its language, and whether it is learned from.

    ``held`` rows are neither learned from nor scored: what is promised is set on them.
    """

    text: str
    label: str
    language: str
    learned: bool
    held: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one sentence: the best label, its probability, and the probability of "none"."""

    label: str
    probability: float
    none: float

    @property
    def said(self) -> str:
        return self.label if self.probability >= self.none else NONE


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares are 0 to 1, and None where nothing was there to count.

    ``accuracy`` and ``macro_f1`` are over the sentences and labels in scope; a sentence turned away counts as wrong.
    Where no row at all is out of scope, nothing is turned away. ``accuracy_best_label`` is what the best label alone
    reaches. ``mcc`` is Matthews' correlation for many classes (Gorodkin 2004), out of scope being one of them.
    """

    trained: int
    scored: int
    labels: int
    accuracy: float | None
    accuracy_best_label: float | None
    macro_f1: float | None
    oos_recall: float | None
    oos_precision: float | None
    mcc: float
    turned_away: float
    train_seconds: float
    microseconds_per_message: float
    microseconds_p50: float
    microseconds_p99: float
    encoder: str


def learn(rows: Sequence[Row], encoders: EncoderOf = without) -> IntentModel:
    """The model of the learned rows."""
    examples: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.learned:
            examples.setdefault(row.language, []).append((row.text, row.label))
    return train(examples, encoders=encoders)


def read(model: IntentModel, row: Row) -> Reading:
    """What the product would understand, slips mended first."""
    ranked = model.read(mend(row.text, row.language, model), row.language)
    none = next((chance for label, chance in ranked if label == NONE), 0.0)
    best = next(((label, chance) for label, chance in ranked if label != NONE), (NONE, 0.0))
    return Reading(*best, none)


def measure(rows: Sequence[Row], encoders: EncoderOf = without) -> Figures:
    """Learn from the learned rows and score the others. Seconds are wall time, of one process."""
    started = perf_counter()
    model = learn(rows, encoders)
    trained = perf_counter()
    scored = [row for row in rows if not row.learned and not row.held]
    readings, waits = [], []
    for row in scored:
        began = perf_counter()
        readings.append(read(model, row))
        waits.append((perf_counter() - began) * 1e6)
    closed = all(row.label != NONE for row in rows)
    said = [reading.label if closed else reading.said for reading in readings]
    figures = count([row.label for row in scored], said)
    waits.sort()
    return replace(
        figures,
        trained=sum(row.learned for row in rows),
        accuracy_best_label=_share_right(scored, readings),
        turned_away=sum(reading.said == NONE for reading in readings) / max(1, len(readings)),
        train_seconds=trained - started,
        microseconds_per_message=sum(waits) / max(1, len(waits)),
        microseconds_p50=waits[len(waits) // 2] if waits else 0.0,
        microseconds_p99=waits[len(waits) * 99 // 100] if waits else 0.0,
        encoder=", ".join(sorted({model.encoder_of(language) for language in model.models} - {""})) or "none",
    )


def _share_right(scored: Sequence[Row], readings: Sequence[Reading]) -> float | None:
    inside = [row.label == reading.label for row, reading in zip(scored, readings, strict=True) if row.label != NONE]
    return sum(inside) / len(inside) if inside else None


def count(
    wanted: Sequence[str],
    said: Sequence[str],
    *,
    trained: int = 0,
    train_seconds: float = 0.0,
    microseconds: float = 0.0,
) -> Figures:
    """The figures of labels ``said`` where ``wanted`` was right; what was not counted here is zero or None."""
    pairs = list(zip(wanted, said, strict=True))
    inside = [right == given for right, given in pairs if right != NONE]
    labels = sorted({right for right, _ in pairs if right != NONE})
    turned_away = sum(given == NONE for _, given in pairs)
    truly = sum(right == given == NONE for right, given in pairs)
    outside = len(pairs) - len(inside)
    return Figures(
        trained=trained,
        scored=len(pairs),
        labels=len(labels),
        accuracy=sum(inside) / len(inside) if inside else None,
        macro_f1=sum(_f1(pairs, label) for label in labels) / len(labels) if labels else None,
        oos_recall=truly / outside if outside else None,
        oos_precision=truly / turned_away if turned_away and outside else None,
        mcc=_correlation(pairs),
        train_seconds=train_seconds,
        microseconds_per_message=microseconds,
        accuracy_best_label=None,
        turned_away=turned_away / max(1, len(pairs)),
        microseconds_p50=0.0,
        microseconds_p99=0.0,
        encoder="none",
    )


def _f1(pairs: Sequence[tuple[str, str]], label: str) -> float:
    both = sum(right == given == label for right, given in pairs)
    either = sum((right == label) + (given == label) for right, given in pairs)
    return 2 * both / either if either else 0.0


def _correlation(pairs: Sequence[tuple[str, str]]) -> float:
    labels = {label for pair in pairs for label in pair}
    right = {label: sum(pair[0] == label for pair in pairs) for label in labels}
    given = {label: sum(pair[1] == label for pair in pairs) for label in labels}
    total = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    crossed = sum(right[label] * given[label] for label in labels)
    spread_right = total**2 - sum(number**2 for number in right.values())
    spread_given = total**2 - sum(number**2 for number in given.values())
    if not spread_right or not spread_given:
        return 0.0
    return (agreed * total - crossed) / sqrt(spread_right * spread_given)
