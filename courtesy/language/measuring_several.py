"""How well messages with several labels are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from courtesy.language.encoder import EncoderOf, without
from courtesy.language.intents import NONE
from courtesy.language.measuring import Row
from courtesy.language.several import count_several, learn_several

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class SeveralFigures:
    """Micro-averaged over all labels of all messages; ``exact``: the share of messages with just the right labels."""

    trained: int
    scored: int
    labels: int
    micro_f1: float
    micro_precision: float
    micro_recall: float
    exact: float
    train_seconds: float
    microseconds_per_message: float
    encoder: str


def has_several(rows: Sequence[Row]) -> bool:
    return any(SEPARATOR in row.label for row in rows)


def labels_of(row: Row) -> frozenset[str]:
    """The labels between the separators; none for a message that is nobody's business."""
    return frozenset(label for part in row.label.split(SEPARATOR) if (label := part.strip()) and label != NONE)


def measure_several(rows: Sequence[Row], encoders: EncoderOf = without) -> SeveralFigures:
    """Learn from the learned rows, a model for each language, and score the others."""
    started = perf_counter()
    languages = sorted({row.language for row in rows if row.learned})
    served = {language: encoders(language) for language in languages}
    models = {
        language: learn_several(
            [(row.text, labels_of(row)) for row in rows if row.learned and row.language == language], served[language]
        )
        for language in languages
    }
    trained = perf_counter()
    scored = [row for row in rows if not row.learned and not row.held]
    said = [models[row.language].read(row.text) if row.language in models else frozenset() for row in scored]
    ended = perf_counter()
    wanted = [labels_of(row) for row in scored]
    return SeveralFigures(
        trained=sum(row.learned for row in rows),
        scored=len(scored),
        labels=len({label for row in rows for label in labels_of(row)}),
        **count_several(wanted, said),
        train_seconds=trained - started,
        microseconds_per_message=(ended - trained) * 1e6 / max(1, len(scored)),
        encoder=", ".join(sorted({one.id for one in served.values() if one is not None})) or "none",
    )
