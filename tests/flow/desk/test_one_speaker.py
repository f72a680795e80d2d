"""One speaks at a time: taking over, replying, notes, handing back, closing; and what happens in between."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from courtesy.conversations.models import Conversation, Message
from courtesy.desk.drafts import drafts_of

REPRESENTATIVE, COLLEAGUE = Conversation.Speaker.REPRESENTATIVE, Conversation.Speaker.COLLEAGUE


def test_who_takes_over_speaks_and_the_assistant_is_silent(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    answer = mei.do(f"c/{handed_over.id}/take-over/", **mei.seen(handed_over.conversation))
    assert "reply-form" in answer.content.decode()
    mei.do(f"c/{handed_over.id}/reply/", text="Hello, Mei here.", **mei.seen(handed_over.conversation))
    said = Message.objects.filter(conversation=handed_over.id, author="colleague").get()
    assert (said.text, said.colleague.name, said.internal) == ("Hello, Mei here.", "Mei", False)
    assert handed_over.say("where is my order TF-10002? ana.ruiz@example.com") == []


def test_handed_back_the_assistant_answers_again(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    mei.do(f"c/{handed_over.id}/take-over/")
    mei.do(f"c/{handed_over.id}/hand-back/")
    assert handed_over.conversation.speaker == REPRESENTATIVE
    assert [one.author for one in handed_over.say("where is my order TF-10002? ana.ruiz@example.com")] == [
        "representative"
    ]


def test_of_two_who_take_over_the_first_holds_it_and_the_second_is_told(handed_over: Any, desk: Any) -> None:
    mei, ola = desk("Mei", teams=("Customer care",)), desk("Ola", teams=("Customer care",))
    stale = ola.seen(handed_over.conversation)
    mei.do(f"c/{handed_over.id}/take-over/")
    answer = ola.do(f"c/{handed_over.id}/take-over/", **stale)
    assert "Mei was faster" in answer.headers["HX-Trigger"]
    assert handed_over.conversation.holder == mei.colleague
    assert "Mei answers" in answer.content.decode()
    refused = ola.do(f"c/{handed_over.id}/reply/", text="me too", **stale)
    assert "no longer hold" in refused.content.decode()
    assert not Message.objects.filter(conversation=handed_over.id, text="me too").exists()
    assert drafts_of(handed_over.conversation, ola.colleague) == ("me too", "")


def test_a_reply_written_past_a_new_message_is_held_back_and_kept(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    mei.do(f"c/{handed_over.id}/take-over/")
    stale = mei.seen(handed_over.conversation)
    handed_over.say("one more thing: it is urgent")
    answer = mei.do(f"c/{handed_over.id}/reply/", text="All is well.", **stale)
    shown = answer.content.decode()
    assert "Something was said while you were writing" in shown
    assert "one more thing: it is urgent" in shown
    assert not Message.objects.filter(conversation=handed_over.id, text="All is well.").exists()
    assert drafts_of(handed_over.conversation, mei.colleague)[0] == "All is well."
    mei.do(f"c/{handed_over.id}/reply/", text="I see it.", **mei.seen(handed_over.conversation))
    assert Message.objects.filter(conversation=handed_over.id, text="I see it.").exists()
    assert drafts_of(handed_over.conversation, mei.colleague)[0] == ""


def test_a_note_is_read_by_colleagues_and_never_by_the_customer(handed_over: Any, desk: Any) -> None:
    mei, ola = desk("Mei", teams=("Customer care",)), desk("Ola", teams=("Customer care",))
    ola.do(f"c/{handed_over.id}/reply/", text="He called yesterday.", internal="yes", version=0)
    note = Message.objects.get(conversation=handed_over.id, text="He called yesterday.")
    assert note.internal
    assert "He called yesterday." in mei.page(f"c/{handed_over.id}/").content.decode()
    assert not hasattr(note, "dispatch")
    told = handed_over.conversation.events.filter(internal=False, content__icontains="called yesterday")
    assert not told.exists()


def test_nothing_is_sent_by_somebody_who_does_not_hold_it(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    mei.do(f"c/{handed_over.id}/reply/", text="too early", **mei.seen(handed_over.conversation))
    assert not Message.objects.filter(conversation=handed_over.id, author="colleague").exists()
    refused = mei.do(f"c/{handed_over.id}/hand-back/")
    assert refused.status_code == 409
    assert "do not hold" in refused.content.decode()


def test_a_closed_conversation_takes_no_reply_until_it_is_reopened(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    mei.do(f"c/{handed_over.id}/take-over/")
    mei.do(f"c/{handed_over.id}/close/")
    refused = mei.do(f"c/{handed_over.id}/reply/", text="late", **mei.seen(handed_over.conversation))
    assert refused.status_code == 409
    assert "closed" in refused.content.decode()
    assert handed_over.id in mei.page("", view="closed").content.decode()
    mei.do(f"c/{handed_over.id}/reopen/")
    mei.do(f"c/{handed_over.id}/reply/", text="in time", **mei.seen(handed_over.conversation))
    assert Message.objects.filter(conversation=handed_over.id, text="in time").exists()


def test_a_file_goes_to_the_customer_with_the_reply(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    mei.do(f"c/{handed_over.id}/take-over/")
    file = SimpleUploadedFile("guide.txt", b"how to fold it", content_type="text/plain")
    mei.do(f"c/{handed_over.id}/reply/", text="See this.", files=file, **mei.seen(handed_over.conversation))
    document = handed_over.conversation.documents.get(name="guide.txt")
    fetched = mei.page(f"d/{document.pk}/")
    assert fetched.content == b"how to fold it"
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert handed_over.entries("document read")[0].actor == mei.colleague.pk


def test_given_to_a_colleague_it_is_theirs(handed_over: Any, desk: Any) -> None:
    mei, ola = desk("Mei", teams=("Customer care",)), desk("Ola", teams=("Customer care",))
    otis = desk("Otis", teams=("Workshop",))
    mei.do(f"c/{handed_over.id}/take-over/")
    mei.do(f"c/{handed_over.id}/assign/", colleague=ola.colleague.pk)
    assert handed_over.conversation.holder == ola.colleague
    assert handed_over.id in ola.page("", view="mine").content.decode()
    assert mei.do(f"c/{handed_over.id}/assign/", colleague=mei.colleague.pk).status_code == 409
    assert ola.do(f"c/{handed_over.id}/assign/", colleague=otis.colleague.pk).status_code == 409
    assert handed_over.conversation.speaker == COLLEAGUE
