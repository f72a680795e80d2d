"""A reply waits some seconds before it is sent: it can be undone until then, and is never both sent and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courtesy.channels import sending_later
from courtesy.channels.chat.showing import events_for_visitor
from courtesy.channels.enclosing import enclosed
from courtesy.channels.models import Enclosure, WaitingReply
from courtesy.conversations.models import Document, Message
from courtesy.desk.drafts import drafts_of
from courtesy.foundation import jobs

pytestmark = pytest.mark.usefixtures("ten_seconds")


@pytest.fixture
def ten_seconds(settings: Any) -> None:
    settings.COURTESY_UNDO_SECONDS = 10


@pytest.fixture
def mei(handed_over: Any, desk: Any) -> Any:
    """Mei, who holds the conversation."""
    mei = desk("Mei", teams=("Customer care",))
    mei.do(f"c/{handed_over.id}/take-over/")
    return mei


def reply(mei: Any, talk: Any, text: str = "Hello, Mei here.", **more: Any) -> Any:
    return mei.do(f"c/{talk.id}/reply/", text=text, **more, **mei.seen(talk.conversation))


def said(talk: Any) -> list[str]:
    spoken = Message.objects.filter(conversation=talk.id, author="colleague", internal=False).order_by("sequence")
    return list(spoken.values_list("text", flat=True))


def later(time_machine: Any, seconds: int) -> None:
    time_machine.shift(timedelta(seconds=seconds))
    jobs.run_due()


def test_a_reply_goes_out_after_its_seconds_and_the_customer_sees_nothing_before(
    mei: Any, handed_over: Any, time_machine: Any
) -> None:
    answer = reply(mei, handed_over)
    assert "Goes out in" in answer.content.decode()
    assert "Undo" in answer.headers["HX-Trigger"]
    later(time_machine, 5)
    assert said(handed_over) == []
    assert "Mei here" not in str(events_for_visitor(handed_over.id, 0))
    later(time_machine, 6)
    assert said(handed_over) == ["Hello, Mei here."]
    assert "Mei here" in str(events_for_visitor(handed_over.id, 0))
    assert not WaitingReply.objects.exists()
    sending_later.send_due(handed_over.id)
    assert said(handed_over) == ["Hello, Mei here."]


def test_undone_it_is_a_draft_again_with_its_files_and_is_never_sent(
    mei: Any, handed_over: Any, time_machine: Any
) -> None:
    file = SimpleUploadedFile("guide.txt", b"how to fold it", content_type="text/plain")
    reply(mei, handed_over, "Here is the guide.", files=file)
    waiting = WaitingReply.objects.get()
    mei.do(f"c/{handed_over.id}/draft/", text="And one more thing")
    answer = mei.do(
        f"c/{handed_over.id}/waiting/{waiting.pk}/take-back/", open=handed_over.id, **mei.seen(handed_over.conversation)
    )
    assert "Here is the guide." in answer.content.decode()
    later(time_machine, 60)
    assert said(handed_over) == []
    assert drafts_of(handed_over.conversation, mei.colleague)[0] == "Here is the guide.\n\nAnd one more thing"
    assert [one.name for one in enclosed(handed_over.id, mei.colleague)] == ["guide.txt"]
    assert not Document.objects.filter(name="guide.txt").exists()
    reply(mei, handed_over, "Here is the guide.")
    later(time_machine, 11)
    assert Message.objects.get(text="Here is the guide.").documents.get().name == "guide.txt"
    assert not Enclosure.objects.exists()


def test_who_undoes_too_late_is_told_and_nothing_is_doubled(mei: Any, handed_over: Any, time_machine: Any) -> None:
    reply(mei, handed_over)
    waiting = WaitingReply.objects.get()
    later(time_machine, 11)
    refused = mei.do(f"c/{handed_over.id}/waiting/{waiting.pk}/take-back/")
    assert refused.status_code == 409
    assert said(handed_over) == ["Hello, Mei here."]
    assert drafts_of(handed_over.conversation, mei.colleague) == ("", "")


def test_only_the_writer_takes_it_back(mei: Any, handed_over: Any, desk: Any, time_machine: Any) -> None:
    reply(mei, handed_over)
    ola = desk("Ola", grade="team lead")
    assert ola.do(f"c/{handed_over.id}/waiting/{WaitingReply.objects.get().pk}/take-back/").status_code == 409
    later(time_machine, 11)
    assert said(handed_over) == ["Hello, Mei here."]


def test_what_the_customer_says_meanwhile_stays_unanswered(mei: Any, handed_over: Any, time_machine: Any) -> None:
    reply(mei, handed_over)
    handed_over.say("and a second question")
    later(time_machine, 11)
    assert said(handed_over) == ["Hello, Mei here."]
    assert handed_over.conversation.status == "open"
    assert Message.objects.get(text="and a second question").answered_at is None


@pytest.mark.parametrize(("act", "status"), [("close", "closed"), ("hand-back", "waiting"), ("assign", "waiting")])
def test_what_waits_is_said_before_the_conversation_is_left(
    mei: Any, handed_over: Any, time_machine: Any, act: str, status: str
) -> None:
    reply(mei, handed_over)
    mei.do(f"c/{handed_over.id}/{act}/")
    assert said(handed_over) == ["Hello, Mei here."]
    later(time_machine, 11)
    assert said(handed_over) == ["Hello, Mei here."]
    assert handed_over.conversation.status == status


def test_taken_by_somebody_else_it_is_held_back_and_its_writer_is_told(
    mei: Any, handed_over: Any, desk: Any, time_machine: Any
) -> None:
    reply(mei, handed_over)
    handed_over.conversation.__class__.objects.filter(pk=handed_over.id).update(holder=desk("Ola").colleague)
    later(time_machine, 11)
    assert said(handed_over) == []
    assert handed_over.id in mei.page("", view="mentions").content.decode()
    shown = mei.page(f"c/{handed_over.id}/").content.decode()
    assert "somebody else speaks here now" in shown
    assert f'id="row-{handed_over.id}"' not in mei.page("", view="mentions").content.decode()


def test_two_go_out_in_the_order_in_which_they_were_written(mei: Any, handed_over: Any, time_machine: Any) -> None:
    reply(mei, handed_over, "One.")
    time_machine.shift(timedelta(seconds=2))
    reply(mei, handed_over, "Two.")
    time_machine.shift(timedelta(seconds=20))
    for row in reversed(jobs.due(timezone.now())):
        jobs.run(row)
    assert said(handed_over) == ["One.", "Two."]


def test_a_job_that_breaks_leaves_the_reply_waiting_and_says_it_once(
    mei: Any, handed_over: Any, time_machine: Any, monkeypatch: Any
) -> None:
    reply(mei, handed_over)
    broken = RuntimeError("the process died")
    monkeypatch.setattr(WaitingReply, "delete", lambda self: (_ for _ in ()).throw(broken))
    later(time_machine, 11)
    assert said(handed_over) == []
    monkeypatch.undo()
    later(time_machine, 60)
    assert said(handed_over) == ["Hello, Mei here."]


def test_with_no_seconds_it_is_sent_at_once(mei: Any, handed_over: Any, settings: Any) -> None:
    settings.COURTESY_UNDO_SECONDS = 0
    answer = reply(mei, handed_over)
    assert said(handed_over) == ["Hello, Mei here."]
    assert "Undo" not in answer.headers["HX-Trigger"]
