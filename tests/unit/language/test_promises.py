"""A promised error rate: kept on average over draws, and not given where it cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from courtesy.language.measuring import Row
from courtesy.language.measuring_promise import measure_promise
from courtesy.language.promising import kept, promise
from tests.unit.language.company import EXAMPLES, model


def drawn(dice: np.random.Generator, count: int) -> tuple[list[float], list[bool]]:
    chances = dice.random(count)
    return chances.tolist(), (dice.random(count) < 0.3 + 0.6 * chances).tolist()


@pytest.mark.parametrize("at_most", [0.02, 0.05, 0.1])
def test_messages_of_the_same_kind_are_answered_wrongly_as_rarely_as_promised(at_most: float) -> None:
    dice = np.random.default_rng(4)
    wrong, answered = [], []
    for _ in range(200):
        promised = promise(*drawn(dice, 300), at_most)
        share, errors = kept(*drawn(dice, 1_000), promised.threshold)
        wrong.append(errors)
        answered.append(share)
    assert np.mean(wrong) <= at_most
    assert np.mean(answered) > at_most


def test_too_few_messages_promise_nothing() -> None:
    promised = promise([0.9] * 10, [True] * 10, 0.05)
    assert promised.threshold > 1
    assert promised.says() == "too few labelled messages (10) to promise 5%"
    assert kept([1.0], [True], promised.threshold) == (0.0, 0.0)
    assert promise([], [], 0.05).answered == 0


def test_equal_chances_are_answered_together_or_not_at_all() -> None:
    promised = promise([0.9] * 60 + [0.5] * 40, [True] * 60 + [True] * 30 + [False] * 10, 0.05)
    assert promised.threshold == pytest.approx(0.9)
    assert promised.says() == "answers 60% of messages, wrong in at most 5%"


def test_the_company_answers_from_where_its_promise_holds_within_bounds() -> None:
    for language in ("en", "es", "zh", "fr"):
        assert 0.62 <= model().sure_from(language) <= 0.8


def test_held_rows_set_the_promise_and_are_not_scored() -> None:
    pairs = EXAMPLES["en"]
    rows = [Row(text, label, "en", place % 3 == 0, place % 3 == 1) for place, (text, label) in enumerate(pairs)]
    figures = measure_promise(rows, 0.3)
    assert figures.set_on == "the rows of split dev"
    assert figures.promise.counted == sum(row.held for row in rows)
    assert figures.scored == sum(not row.held and not row.learned for row in rows)
    across = measure_promise([Row(row.text, row.label, "en", row.learned) for row in rows], 0.3)
    assert across.set_on == "the learned rows, by cross-validation"
    assert across.promise.counted == sum(row.learned for row in rows)
