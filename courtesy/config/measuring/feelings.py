"""Counting how well feelings are told: for each, the area under the curve, F1 at one half, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

from courtesy.language.feelings import feel
from courtesy.language.felt import NAMES
from courtesy.language.text import hear

AT = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the feelings it shows; none for a calm one."""

    text: str
    feelings: frozenset[str]
    language: str


def measure(rows: Sequence[Said], languages: tuple[str, ...]) -> dict[str, Any]:
    feel(hear("hello"), languages)  # learns when first asked
    scores: list[dict[str, float]] = []
    started = process_time()
    for row in rows:
        one = feel(hear(row.text), languages, row.language)
        scores.append({name: getattr(one, name.replace("-", "_")) for name in NAMES})
    seconds = process_time() - started
    apart = {name: figures(scores, rows, name) for name in NAMES if any(name in row.feelings for row in rows)}
    calm = [max(score.values()) < AT for score, row in zip(scores, rows, strict=True) if not row.feelings]
    shares = [one["auroc"] for one in apart.values() if one["auroc"] is not None]
    return {
        "texts": len(rows),
        "macro_auroc": sum(shares) / len(shares) if shares else None,
        "macro_f1": sum(one["f1"] for one in apart.values()) / len(apart) if apart else None,
        "calm_left_calm": sum(calm) / len(calm) if calm else None,
        "feelings": apart,
        "microseconds_per_message": seconds * 1e6 / max(1, len(rows)),
    }


def figures(scores: Sequence[dict[str, float]], rows: Sequence[Said], name: str) -> dict[str, Any]:
    """One feeling against all texts that do not show it."""
    pairs = [(score[name], name in row.feelings) for score, row in zip(scores, rows, strict=True)]
    hits = sum(value >= AT and right for value, right in pairs)
    marked, found = sum(right for _, right in pairs), sum(value >= AT for value, _ in pairs)
    return {
        "texts": marked,
        "auroc": area([value for value, right in pairs if right], [value for value, right in pairs if not right]),
        "precision": hits / found if found else None,
        "recall": hits / marked if marked else None,
        "f1": 2 * hits / (marked + found) if marked + found else 0.0,
    }


def area(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The chance that a text with the feeling scores above one without; ties count half (Mann and Whitney 1947)."""
    if not positive or not negative:
        return None
    above = sum((one > other) + 0.5 * (one == other) for one in positive for other in negative)
    return above / (len(positive) * len(negative))
