"""What the language model costs is written down before each call, counted exactly, and ends at the day's limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from interpreters import Told, standing_in

from courtesy.interpreter import asking
from courtesy.interpreter.models import Question
from courtesy.language.providers.port import ProviderAway

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


def ask(at: datetime = AT):
    return asking.ask(
        "read", "Read.", '{"message": "hello"}', most_tokens=100, conversation="cnv-1", at=at, take=lambda text: text
    )


@pytest.fixture(autouse=True)
def prices(settings):
    settings.COURTESY_LLM_PRICES = (Decimal("3.00"), Decimal("15.00"))
    settings.COURTESY_LLM_DAILY_COST = None


def test_a_call_costs_what_the_provider_counted(settings):
    with standing_in(Told({"read": lambda _: "yes"}), settings):
        assert ask() == "yes"
    row = Question.objects.get()
    assert (row.outcome, row.tokens_in, row.tokens_out) == ("answered", 100, 20)
    assert row.cost == Decimal("0.0006")
    assert asking.spent(AT) == (1, 120, Decimal("0.0006"))


def test_a_call_without_an_answer_counts_with_the_most_it_can_cost(settings):
    def away(_material):
        assert Question.objects.get().outcome == "asking"  # written before the call
        raise ProviderAway("no answer within 6 seconds")

    with standing_in(Told({"read": away}), settings):
        assert ask() is None
    row = Question.objects.get()
    assert (row.outcome, row.because) == ("away", "no answer within 6 seconds")
    assert row.cost == asking.cost(row.tokens_in, 100) > 0


def test_at_the_days_limit_nothing_is_asked_until_the_next_day(settings):
    model = Told({"read": lambda _: "yes"})
    settings.COURTESY_LLM_DAILY_COST = Decimal("0.0030")  # one call may cost 0.0015 and more; it costs 0.0006
    with standing_in(model, settings):
        told = [ask() for _ in range(5)]
        assert told == ["yes", "yes", "yes", None, None]
        assert ask(AT + timedelta(hours=1)) == "yes"
    assert len(model.wishes) == 4


def test_what_is_not_switched_on_is_not_asked(settings):
    model = Told({"read": lambda _: "yes"})
    with standing_in(model, settings, uses=("word",)):
        assert ask() is None
    assert not model.wishes
    assert ask() is None  # no model at all
    assert not Question.objects.exists()


def test_how_it_stands_is_told_without_the_key(settings, caplog):
    assert asking.says(AT) == "off"
    settings.COURTESY_LLM_KEY = "sk-a-secret-of-the-test"
    with standing_in(Told({"read": lambda _: 1 / 0}), settings):
        for _ in range(3):
            assert ask() is None
        told = asking.says(AT)
    assert "left alone after 3 failures" in told
    assert "3 calls" in told
    assert "sk-a-secret" not in told + caplog.text


def test_a_model_that_cannot_be_used_is_told_and_never_asked(settings):
    settings.COURTESY_LLM, settings.COURTESY_LLM_URL = "openai:a-model", "http://models.example.org/v1"
    asking.forget()
    assert "COURTESY_LLM_URL must be https" in asking.says(AT)
    assert ask() is None
    asking.make_ready()
    assert not Question.objects.filter(outcome="answered").exists()
