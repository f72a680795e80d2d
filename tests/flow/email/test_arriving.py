"""A mail comes in by SMTP or LMTP and is stored before "250" is said; nothing is lost, nothing is doubled."""

from __future__ import annotations

import smtplib
import socket
import threading
from typing import Any

import pytest
from django.db import connection

from courtesy.channels.models import Received
from courtesy.conversations.models import Conversation, Message
from courtesy.foundation.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_mail_is_stored_byte_for_byte_before_it_is_acknowledged(door: Any, mail: Any) -> None:
    written = mail("Where is my parcel?")
    door.send(written)
    row = Received.objects.get()
    assert b"Where is my parcel?" in bytes(row.raw)
    assert row.provider_id == written["Message-ID"]
    assert row.envelope["recipients"] == ["service@tarnfell.example"]
    assert Job.objects.filter(kind="read mail", arguments={"received": row.pk}).exists()


def test_a_mail_becomes_a_conversation_with_its_customer(door: Any, mail: Any, run: Any) -> None:
    door.send(mail("Where is my parcel?", subject="My parcel"))
    run()
    conversation = Conversation.objects.get()
    assert (conversation.channel, conversation.subject, conversation.reply_to) == (
        "email",
        "My parcel",
        "ana@example.com",
    )
    assert conversation.customer.name == "Ana Ruiz"
    assert conversation.messages.first().text == "Where is my parcel?"
    row = Received.objects.get()
    assert (row.status, row.message) == ("accepted", conversation.messages.first())


def test_the_same_mail_by_two_routes_is_one_message(door: Any, mail: Any, run: Any) -> None:
    written = mail("Once only")
    first = door.send(written)
    other_route = b"Received: from elsewhere by there\r\n" + written.as_bytes().replace(b"\n", b"\r\n")
    second = door.send(other_route, to="service+x@tarnfell.example")
    run()
    assert first.startswith("2.0.0 Stored")
    assert second.startswith("2.0.0 Was here already")
    assert Message.objects.filter(author="customer").count() == 1


def test_two_different_mails_with_one_message_id_are_both_kept(door: Any, mail: Any, run: Any) -> None:
    door.send(mail("The first matter", Message_ID="<same@example.com>"))
    door.send(mail("Another matter", Message_ID="<same@example.com>"))
    door.send(mail("Another matter", Message_ID="<same@example.com>"))
    run()
    texts = Message.objects.filter(author="customer").values_list("text", flat=True)
    assert sorted(texts) == ["Another matter", "The first matter"]


def test_a_mail_without_a_message_id_is_stored_once(door: Any, run: Any) -> None:
    raw = b"From: ana@example.com\r\nTo: service@tarnfell.example\r\nSubject: Hi\r\n\r\nNo id on this one\r\n"
    door.send(raw)
    door.send(raw)
    door.send(raw.replace(b"this one", b"that one"))
    run()
    assert Message.objects.filter(author="customer").count() == 2
    assert Conversation.objects.count() == 2  # the missing id must not tie them together


def test_mail_for_others_is_refused(door: Any, mail: Any) -> None:
    for address in ("someone@elsewhere.example", "stranger@tarnfell.example"):
        with pytest.raises(smtplib.SMTPResponseException) as refused:
            door.send(mail(), to=address)
        assert refused.value.smtp_code == 550
    assert not Received.objects.exists()


def test_a_mail_over_the_size_limit_is_refused_for_good(
    transactional_db: Any, settings: Any, request: Any, mail: Any
) -> None:
    settings.COURTESY_MAX_MAIL = 50_000
    door = request.getfixturevalue("door")
    with pytest.raises(smtplib.SMTPResponseException) as refused:
        door.send(mail("x" * 70 + "\n" + ("y" * 70 + "\n") * 1000))
    assert refused.value.smtp_code == 552
    door.send(mail("small enough"))
    assert Received.objects.count() == 1


def test_lines_longer_than_the_standard_allows_are_taken(door: Any) -> None:
    head = b"From: ana@example.com\r\nTo: service@tarnfell.example\r\nMessage-ID: <long@example.com>\r\n\r\n"
    door.send(head + b"<p>" + b"word " * 40_000 + b"\r\n")
    assert len(bytes(Received.objects.get().raw)) > 200_000


def test_trouble_with_the_database_is_a_try_again(door: Any, mail: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE channels_received RENAME TO away")
    try:
        with pytest.raises(smtplib.SMTPResponseException) as refused:
            door.send(mail())
        assert 400 <= refused.value.smtp_code < 500
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO channels_received")
    door.send(mail())
    assert Received.objects.count() == 1


def test_many_at_once_are_all_stored(door: Any, mail: Any) -> None:
    problems: list[BaseException] = []

    def send_some(sender: int) -> None:
        try:
            for number in range(10):
                door.send(mail(f"mail {number} of {sender}"))
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=send_some, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert Received.objects.count() == 80
    assert Job.objects.filter(kind="read mail").count() == 80


def test_lmtp_answers_once_for_each_recipient(door: Any, mail: Any) -> None:
    with smtplib.LMTP("127.0.0.1", door.lmtp) as client:
        client.ehlo()
        client.mail("ana@example.com")
        assert client.rcpt("service@tarnfell.example")[0] == 250
        assert client.rcpt("service+x@tarnfell.example")[0] == 250
        assert client.rcpt("stranger@tarnfell.example")[0] == 550
        client.putcmd("data")
        assert client.getreply()[0] == 354
        client.send(mail("by LMTP").as_bytes().replace(b"\n", b"\r\n") + b"\r\n.\r\n")
        assert [client.getreply()[0], client.getreply()[0]] == [250, 250]
        assert client.noop()[0] == 250  # no answer is left over
    assert Received.objects.get().envelope["door"] == "lmtp"


def test_a_connection_cut_in_the_middle_of_a_mail_stores_nothing(door: Any) -> None:
    with socket.create_connection(("127.0.0.1", door.smtp)) as line:
        line.recv(200)
        for words in (
            b"EHLO x\r\n",
            b"MAIL FROM:<a@b.example>\r\n",
            b"RCPT TO:<service@tarnfell.example>\r\n",
            b"DATA\r\n",
        ):
            line.sendall(words)
            line.recv(500)
        line.sendall(b"From: a@b.example\r\n\r\nhalf of a sen")
    assert not Received.objects.exists()


def test_a_customer_who_writes_twice_at_once_is_one_customer(door: Any, mail: Any, run: Any) -> None:
    door.send(mail("one"))
    door.send(mail("two"))
    run()
    assert Conversation.objects.count() == 2
    assert len(set(Conversation.objects.values_list("customer", flat=True))) == 1
