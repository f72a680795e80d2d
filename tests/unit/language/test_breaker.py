"""The circuit breaker of a language model."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from courtesy.language.providers.breaker import FAILURES, PAUSE, Breaker

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_after_failures_in_a_row_it_pauses_and_lets_one_try_through():
    breaker = Breaker()
    for _ in range(FAILURES):
        assert breaker.allows(AT)
        breaker.note(False, AT)
    assert not breaker.allows(AT + PAUSE - timedelta(seconds=1))
    assert breaker.allows(AT + PAUSE)
    assert not breaker.allows(AT + PAUSE)
    breaker.note(True, AT + PAUSE)
    assert breaker.allows(AT + PAUSE)


def test_a_success_between_failures_starts_the_count_anew():
    breaker = Breaker()
    for went_well in (False, False, True, False, False):
        breaker.note(went_well, AT)
    assert breaker.allows(AT)


def test_what_no_try_can_mend_pauses_at_once():
    breaker = Breaker()
    breaker.note(False, AT, permanent=True)
    assert not breaker.allows(AT)
    assert "left alone" in breaker.says(AT)
