"""A guide over a company's own system: another guide on the way, lists tried through, records read again in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from company_system import CompanySystem

pytestmark = pytest.mark.django_db


def to_the_offer(talk: Any, number: str = "612000001") -> Any:
    talk.say("the internet on my phone is dead")
    for text in ("two bars", "A100", "48011", number):
        talk.say(text)
    return talk


def test_a_guide_goes_through_another_one_and_on(lumen: Callable[..., Any], system: CompanySystem) -> None:
    talk = lumen()
    talk.say("the internet on my phone is dead")
    assert "First the signal." in talk.said
    assert "How many bars" in talk.said
    talk.say("no bars")
    assert "restart the phone" in talk.said
    talk.say("yes")
    assert "account number" in talk.said  # solved there leads on here, not to the end


def test_what_fails_in_the_other_guide_goes_to_a_person_with_what_was_tried(
    lumen: Callable[..., Any], system: CompanySystem
) -> None:
    talk = lumen()
    for text in ("the internet on my phone is dead", "no bars", "no"):
        talk.say(text)
    summary = talk.entries("handed over")[-1].content["summary"]
    assert "bars first / bars: none" in summary
    assert "bars first / restart: no" in summary


def test_the_other_guides_matter_is_no_second_one(lumen: Callable[..., Any], system: CompanySystem) -> None:
    talk = lumen()
    talk.say("the internet on my phone is dead")
    talk.say("no bars, I have no reception at all")
    assert [task["procedure"] for task in talk.conversation.dialogue["tasks"]] == ["The internet is dead"]


def test_lines_are_tried_one_after_another_until_the_number_is_the_customers(
    lumen: Callable[..., Any], system: CompanySystem
) -> None:
    system.accounts["A100"]["lines"][1] |= {"status": "active", "data_gb": 0.5}
    system.accounts["A100"]["lines"][0]["status"] = "suspended"
    talk = to_the_offer(lumen(), "612 000 002")
    assert "Only 0.5 GB are left" in talk.said
    assert [path for _, path in system.requests if path.startswith("/lines")] == ["/lines/L1", "/lines/L2"]


def test_a_number_that_no_line_has_is_asked_once_more(lumen: Callable[..., Any], system: CompanySystem) -> None:
    talk = to_the_offer(lumen(), "612 999 999")
    assert "I find no line with the number" in talk.said
    talk.say("612 000 001")
    assert "Only 1.5 GB are left" in talk.said


def test_data_is_added_after_a_yes_and_the_line_is_read_again(lumen: Callable[..., Any], system: CompanySystem) -> None:
    talk = to_the_offer(lumen())
    talk.say("yes")
    talk.say("2")
    assert "I add 2 GB to 612 000 001" in talk.said
    assert system.top_ups == []
    talk.say("yes")
    assert system.top_ups == [("L1", 2)]
    assert talk.deeds() == ["add data"]
    assert "off and on" in talk.said
    assert [path for _, path in system.requests].count("/lines/L1") == 2


def test_records_of_an_earlier_step_are_read_again_before_anything_is_done(
    lumen: Callable[..., Any], system: CompanySystem, time_machine: Any, at: Any
) -> None:
    talk = to_the_offer(lumen())
    talk.say("yes")
    talk.say("2")
    time_machine.move_to(at + timedelta(minutes=10))
    talk.say("yes")
    assert system.top_ups == [("L1", 2)]  # read again, found unchanged, and done on the yes that was given


def test_what_changed_meanwhile_decides(
    lumen: Callable[..., Any], system: CompanySystem, time_machine: Any, at: Any
) -> None:
    talk = to_the_offer(lumen())
    talk.say("yes")
    talk.say("2")
    system.accounts["A100"]["lines"][0]["status"] = "suspended"
    time_machine.move_to(at + timedelta(minutes=10))
    talk.say("yes")
    assert system.top_ups == []
    assert "this line is suspended" in talk.said
