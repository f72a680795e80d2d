"""Several labels in one message."""

from __future__ import annotations

import pytest

from courtesy.language.measuring import Row
from courtesy.language.measuring_several import has_several, labels_of, measure_several
from courtesy.language.several import count_several, learn_several
from tests.unit.language.encoders import OfLetters

COLOURS = ("red", "blue", "green")
THINGS = ("tent", "jacket", "boots")
SAID = [
    (f"{start} {colour} {thing}", frozenset({colour, thing}))
    for start in ("the", "a", "my")
    for colour in COLOURS
    for thing in THINGS
]


@pytest.mark.parametrize("encoder", [None, OfLetters()])
def test_each_label_is_judged_by_itself(encoder: OfLetters | None) -> None:
    model = learn_several([*SAID, ("good morning", frozenset()), ("thank you", frozenset())], encoder)
    assert model.read("that blue jacket") == {"blue", "jacket"}
    assert model.read("thank you") == frozenset()


def test_labels_stand_between_strokes() -> None:
    assert labels_of(Row("", " a | b|a", "en", True)) == {"a", "b"}
    assert labels_of(Row("", "none", "en", True)) == frozenset()
    assert has_several([Row("", "a", "en", True), Row("", "a|b", "en", False)])
    assert not has_several([Row("", "a", "en", True)])


def test_the_figures_count_labels_over_all_messages() -> None:
    figures = count_several(
        [frozenset("ab"), frozenset(), frozenset("c")], [frozenset("a"), frozenset(), frozenset("cd")]
    )
    assert figures == pytest.approx(
        {"micro_f1": 4 / 6, "micro_precision": 2 / 3, "micro_recall": 2 / 3, "exact": 1 / 3}
    )


def test_a_file_with_several_labels_is_measured() -> None:
    rows = [Row(text, "|".join(sorted(labels)), "en", place % 4 != 0) for place, (text, labels) in enumerate(SAID)]
    figures = measure_several(rows)
    assert (figures.trained, figures.scored, figures.labels) == (20, 7, 6)
    assert figures.micro_f1 > 0.9
