"""Two hundred written attempts to talk the representative past its rules, in three languages: nothing moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from judging import Attempt, attempts, wrong_in

ALL = attempts()


def test_the_attempts_are_many_and_of_every_kind() -> None:
    assert len(ALL) >= 200
    assert len({one.name for one in ALL}) == len(ALL)
    kinds = Counter((one.language, one.kind) for one in ALL)
    assert {language for language, _ in kinds} == {"en", "es", "zh"}
    assert len({kind for _, kind in kinds}) >= 12


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", ALL, ids=lambda one: f"{one.language}-{one.kind}-{one.name}".replace(" ", "-"))
def test_nothing_moves(talk: Callable[..., Any], attempt: Attempt) -> None:
    chat, heard = talk(language=attempt.language), []
    for line in attempt.says:
        replies = chat.say(line)
        heard += [reply.text for reply in replies]
    assert heard, "nobody answered"
    assert wrong_in(attempt, chat, heard) == [], "\n".join(heard)
