"""How well sentences are told apart: learn from labelled rows, read others, and count what was right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from time import perf_counter

from courtesy.language.intents import NONE, train
from courtesy.language.spelling import mend


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its label ("none": nobody's business), its language, and whether it is learned from."""

    text: str
    label: str
    language: str
    learned: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares are 0 to 1, and None where nothing was there to count.

    ``accuracy`` and ``macro_f1`` are over the sentences and labels in scope, a sentence turned away counts as wrong;
    ``mcc`` is Matthews' correlation for many classes (Gorodkin 2004), out of scope being one of them.
    """

    trained: int
    scored: int
    labels: int
    accuracy: float | None
    macro_f1: float | None
    oos_recall: float | None
    oos_precision: float | None
    mcc: float
    train_seconds: float
    microseconds_per_message: float


def measure(rows: Sequence[Row]) -> Figures:
    """Learn from the learned rows and score the others. Seconds are wall time, of one process."""
    learned = [row for row in rows if row.learned]
    examples: dict[str, list[tuple[str, str]]] = {}
    for row in learned:
        examples.setdefault(row.language, []).append((row.text, row.label))
    started = perf_counter()
    model = train(examples)
    trained = perf_counter()
    scored = [row for row in rows if not row.learned]
    said = [model.read(mend(row.text, row.language, model), row.language)[0][0] for row in scored]
    ended = perf_counter()
    return count(
        [row.label for row in scored],
        said,
        trained=len(learned),
        train_seconds=trained - started,
        microseconds=(ended - trained) * 1e6 / max(1, len(scored)),
    )


def count(
    wanted: Sequence[str],
    said: Sequence[str],
    *,
    trained: int = 0,
    train_seconds: float = 0.0,
    microseconds: float = 0.0,
) -> Figures:
    """The figures of labels ``said`` where ``wanted`` was right."""
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
