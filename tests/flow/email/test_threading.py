"""An answer finds its conversation by ids and signed addresses alone, and only its own customer is trusted with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from courtesy.channels.models import Dispatch, Received
from courtesy.conversations import holding
from courtesy.conversations.models import Conversation, Message

pytestmark = pytest.mark.django_db(transaction=True)


def said(conversation: Conversation) -> list[str]:
    return list(conversation.messages.filter(author="customer").order_by("sequence").values_list("text", flat=True))


def test_an_answer_to_our_mail_continues_the_conversation(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Where is my parcel?"))
    run()
    ours = outside.mails[-1]
    door.send(mail("And what does it cost?", answers=ours), to=str(ours["Reply-To"]))
    run()
    assert said(Conversation.objects.get()) == ["Where is my parcel?", "And what does it cost?"]


def test_the_reply_address_alone_is_enough(door: Any, mail: Any, run: Any, outside: Any) -> None:
    """Some programs drop every threading header."""
    door.send(mail("First"))
    run()
    door.send(mail("Second", subject="Something else"), to=str(outside.mails[-1]["Reply-To"]).upper())
    run()
    assert said(Conversation.objects.get()) == ["First", "Second"]


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_our_message_id_alone_is_enough(door: Any, mail: Any, run: Any, outside: Any, header: str) -> None:
    door.send(mail("First"))
    run()
    door.send(mail("Second", **{header: str(outside.mails[-1]["Message-ID"])}))
    run()
    assert said(Conversation.objects.get()) == ["First", "Second"]


def test_a_second_mail_that_refers_to_the_first_joins_it_though_it_was_read_before(door: Any, mail: Any) -> None:
    from courtesy.channels.email.arriving import filing

    first = mail("First")
    door.send(first)
    door.send(mail("Second", References=str(first["Message-ID"])))
    rows = list(Received.objects.order_by("pk"))
    filing.read_mail(rows[1].pk)  # the later one comes to a worker first
    filing.read_mail(rows[0].pk)
    assert said(Conversation.objects.get()) == ["First", "Second"]


def test_the_same_subject_joins_nothing(door: Any, mail: Any, run: Any) -> None:
    door.send(mail("One", subject="Re: Invoice"))
    door.send(mail("Two", subject="Re: Invoice"))
    run()
    assert Conversation.objects.count() == 2


@pytest.mark.parametrize("empty", ["<>", "", " ", "< >", '""'])
def test_an_empty_id_joins_nothing(door: Any, run: Any, empty: str) -> None:
    for number in range(3):
        head = f"From: c{number}@example.com\r\nTo: service@tarnfell.example\r\nMessage-ID: {empty}\r\n"
        door.send(f"{head}In-Reply-To: {empty}\r\nReferences: {empty}\r\n\r\nWords of {number}\r\n".encode())
    run()
    assert Conversation.objects.count() == 3
    assert Received.objects.filter(status="accepted").count() == 3


def test_a_forged_token_opens_nothing(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("First"))
    run()
    address = str(outside.mails[-1]["Reply-To"])
    local, _, domain = address.partition("@")
    forged = f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}"
    door.send(mail("Let me in", From="eve@example.com"), to=forged)
    run()
    assert Conversation.objects.count() == 2


def test_a_stranger_who_answers_gets_a_conversation_of_their_own(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Where is my parcel?"))
    run()
    first = Conversation.objects.get()
    ours = outside.mails[-1]
    door.send(
        mail("Cancel all of it", answers=ours, From="eve@example.net"),
        sender="eve@example.net",
        to=str(ours["Reply-To"]),
    )
    run()
    other = Conversation.objects.exclude(pk=first.pk).get()
    assert said(first) == ["Where is my parcel?"]
    assert said(other) == ["Cancel all of it"]
    assert other.customer != first.customer
    assert [sent["To"] for sent in outside.mails] == ["ana@example.com", "eve@example.net"]
    note = first.messages.get(internal=True)
    assert "eve@example.net" in note.text
    assert other.pk in note.text


def test_answers_go_to_the_sender_and_never_to_another_address_it_names(
    door: Any, mail: Any, run: Any, outside: Any
) -> None:
    door.send(mail("Tell me all about my order", Reply_To="eve@example.net"))
    run()
    assert [sent["To"] for sent in outside.mails] == ["ana@example.com"]


def test_a_form_on_our_own_site_is_answered_to_who_filled_it_in(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Question from the form", From="no-reply@tarnfell.example", Reply_To="ana@example.com"))
    run()
    assert Conversation.objects.get().reply_to == "ana@example.com"


def test_a_reply_a_day_later_opens_the_closed_conversation_again(
    door: Any, mail: Any, run: Any, outside: Any, time_machine: Any
) -> None:
    door.send(mail("Where is my parcel?"))
    run()
    conversation = Conversation.objects.get()
    holding.close(conversation, "system", timezone.now())
    time_machine.move_to(timezone.now() + timedelta(days=1))
    door.send(mail("It still has not come", answers=outside.mails[-1]))
    run()
    conversation.refresh_from_db()
    assert conversation.status != Conversation.Status.CLOSED
    assert said(conversation)[-1] == "It still has not come"
    assert len(outside.mails) == 2


def test_quoted_words_are_kept_apart(door: Any, mail: Any, run: Any, outside: Any) -> None:
    door.send(mail("Where is my parcel?"))
    run()
    ours = outside.mails[-1]
    quoted = "\n".join(f"> {line}" for line in ours.get_body(("plain",)).get_content().splitlines())
    door.send(
        mail(
            f"Yes please\n\nOn Fri, Nov 20, 2026 at 10:00 Robin <service@tarnfell.example> wrote:\n{quoted}\n",
            answers=ours,
        )
    )
    run()
    last = Conversation.objects.get().messages.filter(author="customer").last()
    assert last.text == "Yes please"
    assert "Where is my parcel?" in last.quoted


def test_our_mails_carry_what_threads_them(door: Any, mail: Any, run: Any, outside: Any) -> None:
    first = mail("Where is my parcel?", subject="Parcel")
    door.send(first)
    run()
    second = mail("And now?", answers=outside.mails[0])
    door.send(second)
    run()
    one, two = outside.mails
    assert one["In-Reply-To"] == first["Message-ID"]
    assert two["In-Reply-To"] == second["Message-ID"]
    assert str(two["References"]).split() == [first["Message-ID"], one["Message-ID"], second["Message-ID"]]
    assert one["Subject"].startswith("Re: Parcel")
    assert one["Subject"] == two["Subject"]
    assert one["Auto-Submitted"] == "auto-replied"
    assert one["Date"]
    assert not any(name.lower().startswith("list-") for name in one)
    assert "> Where is my parcel?" in one.get_body(("plain",)).get_content()
    assert "<blockquote" in one.get_body(("html",)).get_content()
    stored = Dispatch.objects.order_by("pk").first()
    assert stored.provider_id == one["Message-ID"]
    assert bytes(stored.raw).strip() == outside.raw[0].strip()


def test_files_are_filed_with_the_message(door: Any, mail: Any, run: Any) -> None:
    from courtesy.conversations.documents import read_document

    written = mail("The zip is broken, see the picture")
    written.add_attachment(b"\x89PNG picture", maintype="image", subtype="png", filename="../rotte Naht 破.png")
    door.send(written)
    run()
    document = Message.objects.get(author="customer").documents.get()
    assert (document.name, document.media_type, document.ours) == ("rotte Naht 破.png", "image/png", False)
    assert read_document(document) == b"\x89PNG picture"


def test_html_is_made_safe_and_read(door: Any, mail: Any, run: Any) -> None:
    written = mail()
    written.set_content(
        '<p>Hello <b>there</b></p><script>alert(1)</script><img src="https://spy.example/x.gif">'
        '<a href="javascript:alert(2)" onclick="x()">link</a>',
        subtype="html",
    )
    door.send(written)
    run()
    message = Message.objects.get(author="customer")
    assert message.text.split() == ["Hello", "there", "link"]
    assert "<b>there</b>" in message.html
    assert not any(evil in message.html for evil in ("script", "spy.example", "onclick"))
