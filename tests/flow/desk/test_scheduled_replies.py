"""A reply is sent at a chosen time, in the colleague's own time zone, unless the customer wrote meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from courtesy.channels.models import WaitingReply
from courtesy.conversations.models import Message
from courtesy.desk.drafts import drafts_of
from courtesy.foundation import jobs

MADRID = ZoneInfo("Europe/Madrid")


@pytest.fixture
def mei(handed_over: Any, desk: Any) -> Any:
    """Mei, who holds the conversation, on a Friday morning."""
    mei = desk("Mei", teams=("Customer care",))
    mei.do(f"c/{handed_over.id}/take-over/")
    return mei


def schedule(mei: Any, talk: Any, when: str, **more: Any) -> Any:
    fields = {"text": "Your tent has left.", "when": when, **more}
    return mei.do(f"c/{talk.id}/reply/", **fields, **mei.seen(talk.conversation))


def said(talk: Any) -> list[str]:
    return list(Message.objects.filter(conversation=talk.id, author="colleague").values_list("text", flat=True))


def at(time_machine: Any, day: int, hour: int, minute: int = 0) -> None:
    time_machine.move_to(datetime(2026, 11, day, hour, minute, tzinfo=MADRID))
    jobs.run_due()


def test_tomorrow_at_nine_it_is_sent(mei: Any, handed_over: Any, time_machine: Any) -> None:
    answer = schedule(mei, handed_over, "tomorrow")
    assert "Goes out 21 Nov 2026 09:00" in answer.content.decode()
    assert drafts_of(handed_over.conversation, mei.colleague) == ("", "")
    at(time_machine, 21, 8, 59)
    assert said(handed_over) == []
    at(time_machine, 21, 9, 1)
    assert said(handed_over) == ["Your tent has left."]
    assert [one.content["scheduled"] for one in handed_over.entries("reply scheduled")] == [True]


def test_a_time_is_written_in_the_colleagues_own_zone(mei: Any, handed_over: Any, time_machine: Any) -> None:
    mei.browser.post("/desk/myself/", {"time_zone": "America/Bogota"})
    assert mei.do("myself/", time_zone="Europe/Atlantis").status_code == 409
    schedule(mei, handed_over, "moment", moment="2026-11-20T15:00")
    assert WaitingReply.objects.get().due_at == datetime(2026, 11, 20, 21, 0, tzinfo=MADRID)


@pytest.mark.parametrize("moment", ["2026-11-20T09:00", "soon", ""])
def test_a_time_that_is_past_or_none_is_refused(mei: Any, handed_over: Any, moment: str) -> None:
    assert schedule(mei, handed_over, "moment", moment=moment).status_code == 409
    assert not WaitingReply.objects.exists()
    assert said(handed_over) == []


def test_when_the_customer_wrote_meanwhile_it_is_held_back_and_the_writer_is_told(
    mei: Any, handed_over: Any, time_machine: Any
) -> None:
    schedule(mei, handed_over, "tomorrow")
    handed_over.say("never mind, I have found it")
    at(time_machine, 21, 9, 1)
    assert said(handed_over) == []
    assert handed_over.id in mei.page("", view="mentions").content.decode()
    assert "the customer wrote meanwhile" in mei.page(f"c/{handed_over.id}/").content.decode()
    reply = WaitingReply.objects.get()
    mei.do(f"c/{handed_over.id}/waiting/{reply.pk}/send/", **mei.seen(handed_over.conversation))
    assert said(handed_over) == ["Your tent has left."]


def test_it_is_moved_edited_and_given_up(mei: Any, handed_over: Any, desk: Any, time_machine: Any) -> None:
    schedule(mei, handed_over, "hour")
    reply = f"c/{handed_over.id}/waiting/{WaitingReply.objects.get().pk}"
    mei.do(f"{reply}/move/", when="monday")
    at(time_machine, 20, 12)
    assert said(handed_over) == []
    assert WaitingReply.objects.get().due_at == datetime(2026, 11, 23, 9, 0, tzinfo=MADRID)
    mei.do(f"{reply}/take-back/")
    assert drafts_of(handed_over.conversation, mei.colleague)[0] == "Your tent has left."
    schedule(mei, handed_over, "monday")
    second = f"c/{handed_over.id}/waiting/{WaitingReply.objects.get().pk}"
    assert desk("Ola", teams=("Customer care",)).do(f"{second}/give-up/").status_code == 409
    mei.do(f"{second}/give-up/")
    at(time_machine, 23, 10)
    assert said(handed_over) == []


def test_a_conversation_is_not_closed_over_a_scheduled_reply(mei: Any, handed_over: Any) -> None:
    schedule(mei, handed_over, "tomorrow")
    assert mei.do(f"c/{handed_over.id}/close/").status_code == 409
    mei.do("bulk/", act="close", id=[handed_over.id])
    assert handed_over.conversation.status != "closed"


def test_when_others_speak_by_then_it_is_held_back(mei: Any, handed_over: Any, time_machine: Any) -> None:
    schedule(mei, handed_over, "tomorrow")
    mei.do(f"c/{handed_over.id}/hand-back/")
    at(time_machine, 21, 9, 1)
    assert said(handed_over) == []
    assert WaitingReply.objects.get().because == "other hands"
