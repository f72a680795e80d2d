"""A customer served by e-mail from the first letter to the deed: quoted words, an attachment, a reply a day later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

# The smallest JPEG picture that a viewer opens.
PICTURE = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e"
    "1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc0000b080001000101011100ffc4001f00000105"
    "01010101010100000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d010203000411051221"
    "31410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748"
    "494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3"
    "b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00"
    "fbd3ffd9"
)


@pytest.fixture
def post(door: Any, mail: Any, run: Any, outside: Any, time_machine: Any, at: Any) -> Callable[..., EmailMessage]:
    """Send a mail of Ana's and return the mail that comes back."""
    from courtesy.commerce import generating

    generating.load_sample(at)
    time_machine.move_to(at)

    def send(text: str, *, answers: EmailMessage | None = None, later: timedelta = timedelta(0), **more: Any) -> Any:
        time_machine.shift(later)
        written = mail(text, answers=answers, From="Ana Ruiz <ana.ruiz@example.com>", **more.pop("headers", {}))
        for name in more.pop("pictures", ()):
            written.add_attachment(PICTURE, maintype="image", subtype="jpeg", filename=name)
        before = len(outside.mails)
        to = str(written["To"]).rpartition("<")[2].strip(">")
        door.send(written, sender="ana.ruiz@example.com", to=to)
        run()
        assert len(outside.mails) == before + 1, "one mail in, one mail out"
        return outside.mails[-1]

    return send


def said(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def quoting(text: str, quoted: EmailMessage, line: str) -> str:
    """A reply written above the quoted mail, as mail programs do."""
    return f"{text}\n\n{line}\n" + "\n".join(f"> {one}" for one in said(quoted).splitlines())


def deeds() -> list[str]:
    from courtesy.conversations.models import JournalEntry

    return [entry.content["act"] for entry in JournalEntry.objects.filter(kind="deed").order_by("sequence")]


RETURNS = {
    "en": (
        "Hello,\n\nI want to return the rain jacket and the stove of order TF-10001. The stove arrived damaged, "
        "the jacket does not fit. Please refund my card.\n\nKind regards\nAna Ruiz",
        "Yes, please do.",
        "On Fri, 20 Nov 2026 at 10:00, Tarnfell Outdoor <service@tarnfell.example> wrote:",
    ),
    "es": (
        "Hola:\n\nQuiero devolver la chaqueta de lluvia y el hornillo del pedido TF-10001. El hornillo llegó dañado y "
        "la chaqueta no me queda bien. Quiero el reembolso en la tarjeta.\n\nUn saludo\nAna Ruiz",
        "Sí, adelante.",
        "El vie, 20 nov 2026 a las 10:00, Tarnfell Outdoor <service@tarnfell.example> escribió:",
    ),
    "zh": (
        "您好：\n\n订单TF-10001里的雨衣和炉子我想退货。炉子收到时已经破损，雨衣不合身。"
        "请退款到原来的卡。\n\n谢谢\nAna Ruiz",
        "好的，请办理。",
        "在 2026年11月20日 10:00，Tarnfell Outdoor <service@tarnfell.example> 写道：",
    ),
}


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_two_of_three_items_go_back_with_a_picture_and_a_yes_a_day_later(
    post: Callable[..., EmailMessage], language: str
) -> None:
    from courtesy.commerce import shop
    from courtesy.conversations.models import Conversation, Document

    wish, yes, line = RETURNS[language]
    asked = post(wish, pictures=["stove.jpg"])
    assert not deeds(), "nothing is done before the customer has agreed"
    assert "€" in said(asked)
    done = post(quoting(yes, asked, line), answers=asked, later=timedelta(days=1))
    assert deeds() == ["open return", "refund"]
    conversation = Conversation.objects.get()
    assert [document.name for document in Document.objects.filter(conversation=conversation, ours=False)] == [
        "stove.jpg"
    ]
    returned = shop.current().returns_of("TF-10001")
    assert len(returned) == 1
    assert {line for line, _ in returned[0].lines} == {"1", "3"}
    assert returned[0].number in said(done)
    assert [part.get_content_type() for part in done.iter_attachments()] == ["application/pdf"]


def test_a_yes_that_only_stands_in_the_quoted_mail_is_no_yes(post: Callable[..., EmailMessage]) -> None:
    wish, yes, line = RETURNS["en"]
    asked = post(wish, pictures=["stove.jpg"])
    answer = post(f"How long does the refund take?\n\n{line}\n> {yes}\n> Yes\n", answers=asked)
    assert not deeds()
    assert said(answer).strip()


def test_an_order_that_is_not_the_senders_stays_closed(post: Callable[..., EmailMessage]) -> None:
    answer = post("Where is order TF-10009? I need to know the address it goes to.")
    assert "TF-10009" in said(answer)
    assert "Valencia" not in said(answer)
    assert not deeds()


@pytest.mark.parametrize(
    "wish",
    ["I want to speak to a person, please.", "Quiero hablar con una persona.", "我要找人工客服。"],
)
def test_a_person_is_reached_by_mail_too(post: Callable[..., EmailMessage], wish: str) -> None:
    from courtesy.conversations.models import Conversation

    post(wish)
    assert Conversation.objects.get().speaker == Conversation.Speaker.COLLEAGUE
