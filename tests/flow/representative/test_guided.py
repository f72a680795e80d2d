"""Guides: step by step, left and taken up again, explained, gone back in, solved, handed over with what was tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

Talk = Any


def _through(chat: Talk, *says: str) -> str:
    for text in says:
        chat.say(text)
    return str(chat.said)


def _task(chat: Talk) -> dict[str, Any]:
    task: dict[str, Any] = chat.conversation.dialogue["tasks"][-1]
    return task


def test_a_guide_is_told_one_step_at_a_time(talk: Callable[..., Talk]) -> None:
    chat = talk()
    assert "smell gas" in _through(chat, "my stove won't light")
    told = _through(chat, "no")
    assert "shake it" in told
    assert "match" not in told
    assert "burning match" in _through(chat, "yes, I hear liquid")


@pytest.mark.parametrize(
    ("says", "end"),
    [
        (("my stove won't light", "no", "it is empty", "done", "it works now"), "glad that is settled"),
        (("mi hornillo no enciende", "no", "está vacío", "hecho", "ya enciende"), "Me alegro"),
        (("炉头点不着", "没有", "听不到", "做好了", "点着了"), "问题解决了"),
    ],
)
def test_it_works_now_ends_the_guide_at_any_step(talk: Callable[..., Talk], says: tuple[str, ...], end: str) -> None:
    chat = talk()
    assert end in _through(chat, *says)
    assert _task(chat)["status"] == "done"
    assert not chat.entries("handed over")


def test_works_but_still_not_is_no_success(talk: Callable[..., Talk]) -> None:
    chat = talk()
    _through(chat, "炉头点不着", "没有", "听得到", "没有", "弄好了，还是打不着")
    assert _task(chat)["at"] == "after cleaning"


def test_what_was_tried_goes_to_the_colleague(talk: Callable[..., Talk]) -> None:
    chat = talk()
    _through(chat, "my stove won't light", "no", "yes", "no", "done", "no, still nothing")
    (entry,) = chat.entries("handed over")
    summary = entry.content["summary"]
    for line in ("smell of gas: no", "gas in the cartridge: yes", "clean the jet: done", "after cleaning: no"):
        assert line in summary
    assert str(chat.conversation.team) == "Workshop"


def test_a_smell_of_gas_ends_the_guide_at_once_with_a_person(talk: Callable[..., Talk]) -> None:
    chat = talk()
    told = _through(chat, "my stove won't light", "yes")
    assert "take the stove outside" in told
    assert chat.entries("handed over")


def test_i_cannot_find_it_is_explained_once_and_then_a_person_helps(talk: Callable[..., Talk]) -> None:
    chat = talk()
    _through(chat, "mi hornillo no enciende", "no")
    assert "lata redonda" in _through(chat, "no lo encuentro")
    _through(chat, "no lo encuentro")
    assert chat.entries("handed over")


def test_back_goes_to_the_step_before(talk: Callable[..., Talk]) -> None:
    chat = talk()
    _through(chat, "how do I waterproof my boots?", "done", "done")
    assert "Wash the leather" in _through(chat, "go back")
    assert [one["step"] for one in _task(chat)["trail"]] == ["brush"]


def test_a_question_in_between_is_answered_and_the_guide_goes_on(talk: Callable[..., Talk]) -> None:
    chat = talk()
    _through(chat, "how do I waterproof my boots?", "done")
    told = _through(chat, "what does delivery to Portugal cost?")
    assert "7.90" in told
    assert "Now back to waterproofing your boots" in told
    assert "rub the wax" in _through(chat, "done")


def test_another_wish_comes_first_and_the_guide_waits(talk: Callable[..., Talk]) -> None:
    chat = talk()
    _through(chat, "how do I waterproof my boots?", "done", "I want to cancel order TF-10003")
    assert chat.conversation.dialogue["question"]["kind"] == "identity"
    told = _through(chat, "never mind")
    assert "back to waterproofing your boots" in told


@pytest.mark.parametrize("words", ["carry on", "I'm back", "the watch won't charge"])
def test_a_guide_that_was_left_goes_on_where_it_was(talk: Callable[..., Talk], words: str) -> None:
    chat = talk()
    _through(chat, "the watch won't charge", "done", "no")
    assert "carry on" in _through(chat, "never mind")
    assert "upper left button" in _through(chat, words)


def test_a_day_later_it_is_done(talk: Callable[..., Talk], time_machine: Any, at: Any) -> None:
    chat = talk()
    _through(chat, "how do I waterproof my boots?", "later")
    time_machine.move_to(at + timedelta(days=1))
    assert "Wash the leather" in _through(chat, "I did it")


def test_done_without_an_answer_puts_the_question_again(talk: Callable[..., Talk]) -> None:
    chat = talk()
    _through(chat, "the watch won't charge", "done")
    told = _through(chat, "I did it")
    assert "Is a battery shown" in told
    assert "does not answer" not in told


def test_a_guide_may_end_in_a_procedure(talk: Callable[..., Talk]) -> None:
    chat = talk()
    _through(chat, "my tent has a rip, how can I mend it myself", "a tear", "done", "no")
    assert _task(chat)["procedure"] == "Repair an item"


def test_going_round_three_times_ends_with_a_person(talk: Callable[..., Talk]) -> None:
    chat = talk()
    _through(chat, "how do I waterproof my boots?", "done", "done")
    for _ in range(4):
        if chat.entries("handed over"):
            break
        _through(chat, "done", "done", "no", "no")
    assert chat.entries("handed over")


def test_by_mail_a_stretch_is_told_at_once_and_numbered(talk: Callable[..., Talk]) -> None:
    letter = talk(sender="ana.ruiz@example.com", channel="email")
    told = _through(letter, "How do I waterproof my boots?")
    assert "1. Take out laces" in told
    assert "4. Let them dry" in told
    assert "run off in drops" in told
    _through(letter, "Yes, it does.")
    assert _task(letter)["status"] == "done"


@pytest.mark.parametrize(
    ("says", "not_understood"),
    [(("my stove won't light", "no"), "I don't understand"), (("mi hornillo no enciende", "no"), "no entiendo")],
)
def test_not_understanding_a_step_gets_it_explained(talk: Callable[..., Talk], says: Any, not_understood: str) -> None:
    chat = talk()
    told = _through(chat, *says)
    explained = _through(chat, not_understood)
    assert _task(chat)["explained"]
    assert told not in explained, "the step is not merely said again"
