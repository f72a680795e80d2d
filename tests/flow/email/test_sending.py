"""Our mails leave once, are tried again while that can help, and a failure is seen."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from courtesy.channels.email import sending
from courtesy.channels.email.channel import Email
from courtesy.channels.models import Dispatch
from courtesy.channels.port import ChannelError
from courtesy.conversations.documents import file_document
from courtesy.conversations.messages import say
from courtesy.conversations.models import Conversation, Event, Message
from courtesy.conversations.opening import open_conversation
from courtesy.customers.identifying import identify
from courtesy.foundation.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conversation(company: Any) -> Conversation:
    customer = identify("e-mail", "ana@example.com", name="Ana")
    return open_conversation(
        channel="email", line="mail:service@tarnfell.example", customer=customer, at=timezone.now(), subject="Parcel",
        reply_to="ana@example.com",
    )  # fmt: skip


@pytest.fixture
def message(conversation: Conversation) -> Message:
    return say(conversation, author="representative", text="It arrives on Monday.", at=timezone.now())


def test_a_passing_failure_is_tried_again_with_the_same_bytes(message: Message, outside: Any, run: Any) -> None:
    outside.answers = ["451 come back later", "421 busy"]
    Email().deliver(message)
    assert Dispatch.objects.get().status == "queued"
    for _ in range(3):
        Job.objects.update(due_at=timezone.now())
        run()
    dispatch = Dispatch.objects.get()
    assert (dispatch.status, dispatch.attempts, len(outside.mails)) == ("sent", 3, 1)
    message.refresh_from_db()
    assert message.delivery == Message.Delivery.SENT
    assert outside.mails[0]["Message-ID"] == dispatch.provider_id


def test_a_final_no_is_shown_on_the_message(message: Message, outside: Any, run: Any) -> None:
    from courtesy.channels import delivery

    outside.answers = ["550 5.1.1 no such user"]
    delivery.send(message)
    run()
    message.refresh_from_db()
    assert message.delivery == Message.Delivery.FAILED
    assert "no such user" in Dispatch.objects.get().error
    assert Event.objects.filter(kind="delivery", content__delivery="failed").exists()
    assert not Job.objects.filter(state="waiting").exists()


def test_delivering_twice_sends_once(message: Message, outside: Any) -> None:
    Email().deliver(message)
    Email().deliver(message)
    assert len(outside.mails) == 1


def test_a_server_that_is_away_is_no_failure_yet(message: Message, settings: Any) -> None:
    settings.COURTESY_MAIL_OUT = "smtp://127.0.0.1:9"
    Email().deliver(message)
    assert Dispatch.objects.get().status == "queued"
    assert Job.objects.filter(kind="send mail", state="waiting").count() == 1


def test_without_a_server_mails_lie_in_the_outbox(message: Message, settings: Any) -> None:
    settings.COURTESY_MAIL_OUT = ""
    before = set((Path(settings.COURTESY_DATA) / "outbox").glob("*.eml"))
    Email().deliver(message)
    (written,) = set((Path(settings.COURTESY_DATA) / "outbox").glob("*.eml")) - before
    mail = message_from_bytes(written.read_bytes(), policy=policy.default)
    assert mail["To"] == "ana@example.com"
    assert "It arrives on Monday." in mail.get_body(("plain",)).get_content()


def test_documents_travel_with_the_mail(conversation: Conversation, outside: Any) -> None:
    invoice = file_document(
        conversation,
        name="Factura nº 7.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.7 x",
        ours=True,
        at=timezone.now(),
    )
    Email().deliver(
        say(conversation, author="representative", text="Here it is.", at=timezone.now(), documents=[invoice])
    )
    (attached,) = outside.mails[0].iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("Factura nº 7.pdf", "application/pdf")
    assert attached.get_content() == b"%PDF-1.7 x"


def test_a_colleagues_mail_is_not_marked_automatic(conversation: Conversation, outside: Any, colleague: Any) -> None:
    Email().deliver(say(conversation, author="colleague", colleague=colleague, text="Noor here.", at=timezone.now()))
    assert outside.mails[0]["Auto-Submitted"] is None
    assert "Noor" in outside.mails[0]["From"]
    words = outside.mails[0].get_body(("plain",)).get_content()
    assert words.split()[-3:] == ["Noor", "Tarnfell", "Outdoor"]
    assert "automatic" not in words


def test_a_long_message_id_of_the_customer_comes_back_whole(conversation: Conversation, outside: Any) -> None:
    from courtesy.conversations.messages import receive

    long_id = f"<{'A1b2' * 45}@mail.example.com>"
    receive(conversation, text="Hi", at=timezone.now(), line=conversation.line, provider_id=long_id)
    Email().deliver(say(conversation, author="representative", text="Hello.", at=timezone.now()))
    assert f"In-Reply-To: {long_id}\r\n".encode() in outside.raw[0]


def test_a_header_cannot_be_smuggled_in_by_a_subject_or_a_name(outside: Any, company: Any) -> None:
    customer = identify("e-mail", "eve@example.com", name="Eve\r\nBcc: all@example.com")
    conversation = open_conversation(
        channel="email", line="mail:service@tarnfell.example", customer=customer, at=timezone.now(),
        subject="Hi\r\nBcc: all@example.com", reply_to="eve@example.com",
    )  # fmt: skip
    Email().deliver(say(conversation, author="representative", text="Hello.", at=timezone.now()))
    assert outside.mails[0]["Bcc"] is None


def test_our_subject_carries_the_number_of_the_case(conversation: Conversation, outside: Any) -> None:
    from courtesy.conversations.cases import open_case

    case = open_case(conversation, kind="request", title="Return", at=timezone.now())
    for text in ("One.", "Two."):
        Email().deliver(say(conversation, author="representative", text=text, at=timezone.now()))
    assert {str(mail["Subject"]) for mail in outside.mails} == {f"Re: Parcel [{case.number}]"}


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_a_code_is_sent_at_once_and_kept_in_no_book(outside: Any, company: Any, language: str) -> None:
    sending.send_code("ana@example.com", "123456", language)
    (mail,) = outside.mails
    assert "123456" in mail.get_body(("plain",)).get_content()
    assert "123456" not in mail["Subject"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert not Dispatch.objects.exists()


def test_a_code_to_nobody_says_so(outside: Any, company: Any) -> None:
    outside.answers = ["550 no such user"]
    with pytest.raises(ChannelError) as refused:
        sending.send_code("nobody@example.com", "123456", "en")
    assert refused.value.permanent
