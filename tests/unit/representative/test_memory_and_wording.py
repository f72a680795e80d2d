"""What is remembered between turns, and how outcomes become sentences."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from courtesy.foundation.money import Money
from courtesy.language.understanding import Choice, Question
from courtesy.representative import memory
from courtesy.representative.memory import Dialogue, Task
from courtesy.representative.wording import fill, value_text

values = st.recursive(
    st.one_of(
        st.text(max_size=12),
        st.integers(-1000, 1000),
        st.booleans(),
        st.none(),
        st.decimals(-1000, 1000, places=2),
        st.dates(),
        st.builds(Money, st.decimals(-1000, 1000, places=2), st.just("EUR")),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=8,
)


def test_a_long_talk_forgets_what_was_settled_long_ago_and_nothing_that_waits() -> None:
    statuses = ("approval", "active", *("done", "refused", "stopped", "handed over") * 30, "colleague")
    tasks = [Task(f"tsk-{number}", "Return", status=status) for number, status in enumerate(statuses)]  # type: ignore[arg-type]
    again = memory.from_json(json.loads(json.dumps(memory.to_json(Dialogue(tasks=tasks)))))
    assert len(again.tasks) == 3 + memory.SETTLED_KEPT
    assert [task.id for task in again.tasks] == ["tsk-0", "tsk-1", *(f"tsk-{number}" for number in range(102, 123))]
    assert memory.to_json(again) == memory.to_json(memory.from_json(memory.to_json(again)))


@given(st.dictionaries(st.text(min_size=1, max_size=10), values, max_size=5))
def test_a_task_comes_back_from_json_as_it_was(slots: dict[str, object]) -> None:
    dialogue = Dialogue(introduced=True, tasks=[Task("tsk-1", "Return", slots=slots)], claims={"e-mail": "a@b.example"})
    stored = json.loads(json.dumps(memory.to_json(dialogue)))
    again = memory.from_json(stored)
    assert again.tasks[0].slots == slots
    assert again.claims == dialogue.claims


def test_fields_that_an_older_edition_wrote_are_passed_over() -> None:
    stored = {"introduced": True, "gone": 1, "tasks": [{"id": "t", "procedure": "P", "gone": 2}]}
    assert memory.from_json(stored).tasks[0].procedure == "P"


def test_an_open_question_survives_with_its_choices() -> None:
    question = Question("outcome", "choice", (Choice("refund", "Refund", ("money back",)),), True, "x")
    assert memory.question_from_json(memory.question_to_json(question, "tsk-1")) == question


def test_a_digression_is_the_task_in_hand_until_it_is_done() -> None:
    first, aside = Task("1", "Return"), Task("2", "Shipping cost", digression=True)
    dialogue = Dialogue(tasks=[first, aside])
    assert dialogue.current() is aside
    aside.status = "done"
    assert dialogue.current() is first


def test_a_sentence_with_a_missing_field_is_left_out() -> None:
    phrase = "Your order {order} is on its way. It should arrive on {date}. Track it here: {url}"
    assert fill(phrase, {"order": "TF-1", "date": None}, "en") == "Your order TF-1 is on its way."


def test_amounts_and_dates_are_written_as_each_language_writes_them() -> None:
    amount = Money(Decimal("1234.5"), "EUR")
    assert value_text(amount, "en") == "€1,234.50"
    assert value_text(amount, "es").replace("\xa0", " ") == "1.234,50 €"
    assert value_text(date(2026, 3, 1), "es") == "1 de marzo de 2026"
    assert value_text(date(2026, 3, 1), "zh") == "2026年3月1日"
    assert "2026" in value_text(datetime(2026, 3, 1, 9, tzinfo=UTC), "en")
    assert value_text(["a", "b", "c"], "en") == "a, b, and c"
