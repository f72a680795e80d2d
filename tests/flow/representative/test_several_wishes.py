"""Several wishes in one message, and what is said on the way of one that sounds like another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Talk = Any
BOTH = "i want to send back the boots of TF-10001 and also what does shipping to portugal cost? postcode 48009"


def test_what_is_merely_asked_is_answered_first_and_then_the_matter_begins(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say(BOTH)
    assert "7.90" in chat.said
    assert chat.conversation.dialogue["question"]["slot"] == "reason"
    assert [task["procedure"] for task in chat.conversation.dialogue["tasks"] if task["status"] == "active"] == [
        "Return an item"
    ], "the postcode beside it is no change of address"


def test_more_about_a_return_that_may_become_an_exchange_opens_no_second_matter(talk: Callable[..., Talk]) -> None:
    chat = talk()
    for words in (BOTH, "the first one", "they are too small", "exchange", "43", "yes"):
        chat.say(words)
    assert chat.deeds()[:1] == ["exchange"]
    assert chat.conversation.dialogue["question"] is None
    assert "Next:" not in chat.said


def test_pointing_at_nothing_opens_no_matter(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say("both")
    assert chat.conversation.dialogue["tasks"] == []
