"""How well questions find their article, and how surely those that no article answers find none.

``questions.csv`` holds both in three languages; many of the second kind come close to an article on purpose.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courtesy.knowledge.finding import find, find_several
from courtesy.pack.model import Pack

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
with (Path(__file__).parent / "questions.csv").open(encoding="utf-8") as _file:
    QUESTIONS = list(csv.DictReader(_file))


def _counts(pack: Pack, language: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in QUESTIONS:
        if row["language"] != language:
            continue
        found = find(pack, row["question"], language, at=AT)
        kind = "inside" if row["article"] else "outside"
        counts[kind] += 1
        if found is not None:
            counts["right" if found.article == row["article"] else f"wrong {kind}"] += 1
        first = find_several(pack, row["question"], language, at=AT, most=3, floor=0)
        counts["listed"] += bool(row["article"]) and row["article"] in {one.article for one in first}
    return counts


def test_the_set_is_large_enough_to_say_something() -> None:
    assert len(QUESTIONS) >= 100
    assert sum(not row["article"] for row in QUESTIONS) >= 60
    assert {row["language"] for row in QUESTIONS} == {"en", "es", "zh"}


@pytest.mark.parametrize(("language", "least_right"), [("en", 0.74), ("es", 0.86), ("zh", 0.82)])
def test_most_questions_are_answered_and_none_wrongly(lantern: Pack, language: str, least_right: float) -> None:
    counts = _counts(lantern, language)
    assert counts["wrong inside"] == 0
    assert counts["wrong outside"] == 0
    assert counts["right"] / counts["inside"] >= least_right
    assert counts["listed"] / counts["inside"] >= 0.95  # in a search, among the first three
