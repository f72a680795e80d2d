"""How well questions find their article, and how surely those that no article answers find none.

``questions.csv`` holds both in three languages; many of the second kind come close to an article on purpose.
``tarnfell_questions.csv`` asks the sample company, whose fifty articles lie much closer together; ``a|b``: either.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courtesy.knowledge import meaning
from courtesy.knowledge.finding import find, find_several
from courtesy.language.encoders.choosing import chosen, own_folder
from courtesy.pack.model import Pack
from courtesy.pack.reading import SHIPPED, read

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HERE = Path(__file__).parent


def _read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


QUESTIONS, OF_TARNFELL = _read("questions.csv"), _read("tarnfell_questions.csv")


def _counts(pack: Pack, questions: list[dict[str, str]], language: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in questions:
        if row["language"] != language:
            continue
        wanted = row["article"].split("|")
        found = find(pack, row["question"], language, at=AT)
        kind = "inside" if row["article"] else "outside"
        counts[kind] += 1
        if found is not None:
            counts["right" if found.article in wanted else f"wrong {kind}"] += 1
        first = find_several(pack, row["question"], language, at=AT, most=3, floor=0)
        counts["listed"] += bool(row["article"]) and bool({one.article for one in first} & set(wanted))
    return counts


def test_the_set_is_large_enough_to_say_something() -> None:
    assert len(QUESTIONS) >= 100
    assert sum(not row["article"] for row in QUESTIONS) >= 60
    assert {row["language"] for row in QUESTIONS} == {"en", "es", "zh"}


@pytest.mark.parametrize(("language", "least_right"), [("en", 0.74), ("es", 0.86), ("zh", 0.82)])
def test_most_questions_are_answered_and_none_wrongly(lantern: Pack, language: str, least_right: float) -> None:
    counts = _counts(lantern, QUESTIONS, language)
    assert counts["wrong inside"] == 0
    assert counts["wrong outside"] == 0
    assert counts["right"] / counts["inside"] >= least_right
    assert counts["listed"] / counts["inside"] >= 0.95  # in a search, among the first three


@pytest.mark.skipif(not (own_folder() / "encoder.json").is_file(), reason="the built-in encoder is not set up")
@pytest.mark.parametrize(("asked", "least_right"), [("lantern", 0.87), ("tarnfell", 0.5)])
def test_with_meaning_more_is_answered_and_still_nothing_wrongly(lantern: Pack, asked: str, least_right: float) -> None:
    meaning.use(chosen("builtin"))
    pack, questions = (lantern, QUESTIONS) if asked == "lantern" else (read(SHIPPED / "tarnfell"), OF_TARNFELL)
    counts = _counts(pack, questions, "en")
    assert counts["wrong inside"] == 0
    assert counts["wrong outside"] == 0
    assert counts["right"] / counts["inside"] >= least_right
    assert counts["listed"] / counts["inside"] >= 0.94
