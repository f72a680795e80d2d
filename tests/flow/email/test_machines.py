"""Machines that write to us are filed and never answered; bounces are noted on the mail they are about; loops end."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest

from courtesy.channels.email import budget
from courtesy.channels.models import Dispatch, Received
from courtesy.conversations.models import Conversation, JournalEntry, Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ({"Auto-Submitted": "auto-replied"}, "ana@example.com"),
        ({"Auto-Submitted": "auto-generated (rejected)"}, "ana@example.com"),
        ({"X-Autoreply": "yes"}, "ana@example.com"),
        ({"Precedence": "bulk"}, "ana@example.com"),
        ({"List-Id": "<news.example.com>"}, "ana@example.com"),
        ({"Subject": "Automatic reply: your mail"}, "ana@example.com"),
        ({"Subject": "自动回复：您的邮件"}, "ana@example.com"),
        ({"From": "no-reply@example.com"}, "no-reply@example.com"),
        ({"From": "MAILER-DAEMON@example.com"}, "x@example.com"),
        ({}, ""),
    ],
)
def test_a_machine_is_never_answered(
    door: Any, mail: Any, run: Any, outside: Any, headers: dict[str, str], sender: str
) -> None:
    door.send(mail("I am away until Monday.", **headers), sender=sender)
    run()
    row = Received.objects.get()
    assert row.status == "automatic"
    assert row.reason
    assert not outside.mails
    assert not Conversation.objects.exists()
    assert JournalEntry.objects.filter(kind="mail set apart").count() == 1


@pytest.mark.parametrize(
    "headers", [{"Auto-Submitted": "no"}, {"Subject": "Out of office chair, broken"}, {"Precedence": "normal"}]
)
def test_a_person_who_only_looks_like_a_machine_is_answered(
    door: Any, mail: Any, run: Any, outside: Any, headers: dict[str, str]
) -> None:
    door.send(mail("My chair broke", **headers))
    run()
    assert len(outside.mails) == 1


def test_an_absence_notice_is_a_note_in_its_conversation(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Where is my parcel?"))
    run()
    away = mail("I am away.", answers=outside.mails[0], Auto_Submitted="auto-replied")
    door.send(away)
    run()
    assert len(outside.mails) == 1
    note = Conversation.objects.get().messages.get(internal=True)
    assert "I am away." in note.text


def test_our_own_mail_that_comes_back_is_not_answered(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Hello"))
    run()
    door.send(outside.raw[0], sender="service@tarnfell.example")
    run()
    assert len(outside.mails) == 1
    assert Received.objects.order_by("-pk").first().status == "automatic"


def report(ours: EmailMessage, *, action: str = "failed", status: str = "5.1.1", to: str = "ana@example.com") -> bytes:
    return (
        "From: Mail Delivery System <MAILER-DAEMON@example.com>\r\nTo: service@tarnfell.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce-" + status + "@example.com>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\nMIME-Version: 1.0\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {ours['Message-ID']}\r\n"
        "--b--\r\n"
    ).encode()


def test_a_bounce_marks_the_mail_it_is_about(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Hello"))
    run()
    door.send(report(outside.mails[0]), sender="")
    run()
    dispatch = Dispatch.objects.get()
    assert dispatch.status == "failed"
    assert "5.1.1" in dispatch.error
    assert dispatch.message.delivery == Message.Delivery.FAILED
    conversation = Conversation.objects.get()
    assert "could not be delivered" in conversation.messages.get(internal=True).text
    assert conversation.messages.filter(author="customer").count() == 1
    assert Received.objects.order_by("-pk").first().status == "bounce"
    assert len(outside.mails) == 1


def test_a_word_of_delay_is_no_failure(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Hello"))
    run()
    door.send(report(outside.mails[0], action="delayed", status="4.4.1"), sender="")
    run()
    assert Dispatch.objects.get().status == "sent"
    assert Message.objects.get(author="representative").delivery == Message.Delivery.SENT


def test_a_plain_notice_of_a_mail_server_is_a_bounce_too(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Hello"))
    run()
    text = f"<ana@example.com>:\n550 5.1.1 unknown user\n\n--- Below this line is a copy.\n\n{outside.raw[0].decode()}"
    notice = mail(text, subject="failure notice", From="MAILER-DAEMON@mx.example.com")
    door.send(notice, sender="")
    run()
    assert Dispatch.objects.get().status == "failed"


def test_a_bounce_of_a_mail_that_is_not_ours_changes_nothing(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Hello"))
    run()
    stranger = EmailMessage()
    stranger["Message-ID"], stranger["Subject"] = "<never-sent@tarnfell.example>", "x"
    door.send(report(stranger), sender="")
    run()
    assert Dispatch.objects.get().status == "sent"
    assert Received.objects.order_by("-pk").first().status == "bounce"


def test_two_machines_that_answer_each_other_are_stopped(door: Any, mail: Any, run: Any, outside: Any) -> None:
    """The other side says nothing of being a machine."""
    door.send(mail("Hello"))
    run()
    for number in range(40):
        before = len(outside.mails)
        door.send(mail(f"Thank you for your mail! {number}", answers=outside.mails[-1]))
        run()
        if len(outside.mails) == before:
            break
    assert len(outside.mails) <= budget.TO_ONE_ADDRESS + 1  # one more tells that a colleague has it now
    conversation = Conversation.objects.get()
    assert conversation.speaker == "colleague"
    last = conversation.messages.filter(author="customer").last()
    assert last.text.startswith("Thank you for your mail!")  # what came last was kept all the same


def test_new_conversations_from_one_address_share_its_budget(door: Any, mail: Any, run: Any, outside: Any) -> None:
    for number in range(budget.AT_MOST + 6):
        door.send(mail(f"Matter {number}"))
        run()
    assert budget.TO_ONE_ADDRESS <= len(outside.mails) <= budget.AT_MOST
    assert Message.objects.filter(author="customer").count() == budget.AT_MOST + 6
    last = Conversation.objects.order_by("opened_at").last()
    assert last.speaker == "colleague"
    assert "to and fro" in last.summary


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"To: service@tarnfell.example\r\n\r\nwho am I\r\n", "no sender"),
        (b"From: ana@example.com\r\nX-Spam-Flag: YES\r\nSubject: win\r\n\r\nwin\r\n", "spam"),
        (b"From: ana@example.com\r\n\r\n\r\n", "no words"),
        (
            b"From: ana@example.com\r\nSubject: s\r\nContent-Type: multipart/encrypted; boundary=b\r\n\r\n"
            b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--\r\n",
            "encrypted",
        ),
    ],
)
def test_what_cannot_be_served_waits_for_a_person_and_holds_up_nobody(
    door: Any, mail: Any, run: Any, outside: Any, raw: bytes, why: str
) -> None:
    door.send(raw, sender="x@example.com" if b"From:" in raw else "no-reply@example.com")
    door.send(mail("The next one"))
    run()
    row = Received.objects.order_by("pk").first()
    if b"From:" in raw:
        assert (row.status, why in row.reason) == ("quarantined", True)
    else:
        assert row.status in {"quarantined", "automatic"}
    assert [sent["To"] for sent in outside.mails] == ["ana@example.com"]


def test_a_mail_that_breaks_the_reading_is_quarantined_and_the_next_is_read(
    door: Any, mail: Any, run: Any, outside: Any, monkeypatch: Any
) -> None:
    from courtesy.channels.email.arriving import threads

    find = threads.find

    def breaks(letter: Any, recipients: Any) -> Any:
        if letter.text.startswith("Bad"):
            raise ZeroDivisionError("a fault of ours")
        return find(letter, recipients)

    monkeypatch.setattr(threads, "find", breaks)
    door.send(mail("Bad one"))
    door.send(mail("Good one"))
    run()
    first, second = Received.objects.order_by("pk")
    assert (first.status, second.status) == ("quarantined", "accepted")
    assert "a fault of ours" in first.reason


def test_a_colleague_lets_a_mail_in_and_it_is_served(
    door: Any, mail: Any, run: Any, outside: Any, colleague: Any, at: Any
) -> None:
    from courtesy.channels.email import quarantine

    door.send(mail("Truly a question", X_Spam_Flag="YES"))
    run()
    row = Received.objects.get()
    message = quarantine.release(row, colleague, at)
    run()
    row.refresh_from_db()
    assert (row.status, row.message) == ("accepted", message)
    assert len(outside.mails) == 1
    with pytest.raises(ValueError, match="already"):
        quarantine.release(row, colleague, at)


def test_a_mail_without_a_sender_is_let_in_to_the_colleague_who_reads_it(
    door: Any, run: Any, outside: Any, colleague: Any, at: Any
) -> None:
    from courtesy.channels.email import quarantine

    door.send(b"From: \r\nSubject: odd\r\n\r\nHelp me please\r\n", sender="bounces@example.com")
    Received.objects.update(status="quarantined", reason="odd")
    message = quarantine.release(Received.objects.get(), colleague, at)
    run()
    assert message.conversation.holder == colleague
    assert "Help me please" in message.text
    assert not outside.mails


def test_a_dismissed_mail_stays_in_the_books(
    door: Any, mail: Any, run: Any, outside: Any, colleague: Any, at: Any
) -> None:
    from courtesy.channels.email import quarantine

    door.send(mail("Buy now", X_Spam_Flag="YES"))
    run()
    quarantine.dismiss(Received.objects.get(), colleague, at)
    row = Received.objects.get()
    assert row.status == "spam"
    assert b"Buy now" in bytes(row.raw)
    assert not Conversation.objects.exists()
    assert JournalEntry.objects.filter(kind="mail dismissed", actor=colleague.pk).exists()
