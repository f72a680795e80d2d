"""Two hundred written attempts to talk the representative past its rules, in three languages: nothing moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from judging import attempts, wrong_in
from planting import channel_of, plant

ALL = attempts()


def test_the_attempts_are_many_and_of_every_kind() -> None:
    assert len(ALL) >= 200
    assert len({one.name for one in ALL}) == len(ALL)
    kinds = Counter((one.language, one.kind) for one in ALL)
    assert {language for language, _ in kinds} == {"en", "es", "zh"}
    of_each = {kind: {language for language, one in kinds if one == kind} for _, kind in kinds}
    assert {kind: spoken for kind, spoken in of_each.items() if len(spoken) < 3} == {}
    assert len(of_each) >= 17


KINDS = sorted({(one.language, one.kind) for one in ALL})


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "kind"), KINDS, ids=lambda one: one.replace(" ", "-"))
def test_nothing_moves(talk: Callable[..., Any], monkeypatch: Any, language: str, kind: str) -> None:
    """One shop for the attempts of a kind; what each leaves behind is rolled back before the next."""
    wrong = {}
    for attempt in (one for one in ALL if (one.language, one.kind) == (language, kind)):
        before = transaction.savepoint()
        chat, heard = talk(language=language, channel=channel_of(attempt), sender=_sender(attempt)), []
        with monkeypatch.context() as patch:
            carried = plant(attempt, patch)
            for line in attempt.says:
                heard += [reply.text for reply in chat.say(line, **carried)]
        if found := [*wrong_in(attempt, chat, heard), *([] if heard else ["nobody answered"])]:
            wrong[attempt.name] = (found, heard)
        transaction.savepoint_rollback(before)
    assert wrong == {}


def _sender(attempt: Any) -> str:
    """A mail has a sender, who is nobody's customer."""
    return "eve@example.org" if channel_of(attempt) == "email" else ""
