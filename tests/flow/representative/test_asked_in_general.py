"""Questions in general, further questions, and what a customer says in passing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Talk = Any


@pytest.mark.parametrize(
    ("language", "asked", "answer"),
    [
        ("en", "how do returns work?", "How to return an order"),
        ("es", "¿cuánto tiempo tengo para devolver un artículo?", "Cuántos días hay para devolver"),
        ("zh", "如何取消订单？", "取消"),
    ],
)
def test_a_question_about_returning_in_general_is_answered_and_the_return_is_offered(
    talk: Callable[..., Talk], language: str, asked: str, answer: str
) -> None:
    chat = talk()
    chat.say(asked)
    told = chat.entries("answered")
    assert answer in told[0].content["title"]
    assert chat.conversation.dialogue["question"] is None or chat.conversation.dialogue["question"]["kind"] == "offer"
    assert not chat.deeds()


def test_after_the_general_answer_a_yes_begins_the_matter(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say("how do I cancel an order?")
    chat.say("yes please")
    assert chat.conversation.dialogue["question"]["slot"] == "order"
    assert [task["procedure"] for task in chat.conversation.dialogue["tasks"]] == ["Cancel an order"]


def test_a_bare_postcode_beside_the_order_number_is_proof_and_a_list_of_them_is_none(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say("I want to cancel TF-10003 48009, ordered by mistake")
    assert chat.conversation.identity == "order matched"
    other = talk()
    other.say("I want to cancel TF-10003 48001 48003 48009 48011, ordered by mistake")
    assert other.conversation.identity == "unknown"


def test_a_further_question_in_the_middle_of_another_matter_is_answered(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say("What does delivery to Portugal cost?")
    assert "7.90" in chat.said
    chat.say("I want to cancel an order")
    chat.say("and to Spain?")
    assert "4.90" in chat.said
    assert chat.conversation.dialogue["question"]["slot"] == "order", "and it comes back to where it was"


def test_what_was_sent_back_already_is_not_swapped_for_what_is_left(talk: Callable[..., Talk]) -> None:
    first = talk()
    first.say("I want to return the boots of TF-10001, they don't fit, refund to my card. ana.ruiz@example.com")
    first.say("yes")
    assert first.deeds()[:1] == ["open return"]
    again = talk()
    again.say("I want to return the boots of TF-10001, they don't fit, refund to my card. ana.ruiz@example.com")
    assert again.conversation.dialogue["question"] is None or "acket" not in again.said
    again.say("yes")
    assert again.deeds() == []
