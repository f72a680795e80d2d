"""Letters as mailers really write them: charsets, broken structure, encoded names, quotations in many languages."""

from __future__ import annotations

import pytest

from courtesy.channels.email.arriving.keeping import identity_of
from courtesy.channels.email.letter import quoting, reading, signing
from courtesy.channels.email.letter.reading import Letter, Unreadable


def read(raw: bytes | str) -> Letter:
    letter = reading.read(raw.encode() if isinstance(raw, str) else raw)
    assert isinstance(letter, Letter)
    return letter


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("utf-8", "utf-8", "¿Dónde está mi pedido?"),
        ("gb2312", "gb18030", "我的包裹镕在哪里？"),
        ("iso-8859-1", "cp1252", "50 € “today”"),
        ("big5", "big5", "我的包裹在哪裡"),
        ("", "gb18030", "我的包裹在哪里，请问什么时候到"),
        ("no-such-charset", "utf-8", "größer"),
        ("us-ascii", "utf-8", "größer"),
    ],
)
def test_words_are_read_in_the_charset_they_were_written_in(label: str, codec: str, words: str) -> None:
    kind = f"Content-Type: text/plain; charset={label}\r\n" if label else ""
    assert read(f"From: a@example.com\r\n{kind}\r\n".encode() + words.encode(codec)).text == words


def test_an_encoded_name_and_subject_split_within_a_letter_are_read() -> None:
    letter = read(
        "From: =?utf-8?B?5byg?= =?utf-8?B?5Lyf?= <z@example.com>\r\n"
        "Subject: =?utf-8?q?caf=C3?=\r\n =?utf-8?q?=A9?=\r\n\r\nx"
    )
    assert (letter.sender_name, letter.sender, letter.subject) == ("张伟", "z@example.com", "café")


def test_a_file_name_in_pieces_is_put_together_and_loses_its_path() -> None:
    letter = read(
        "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n--b\r\n"
        "Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n filename*0*=utf-8''..%2Fna%C3%AF;\r\n"
        " filename*1*=ve.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg\r\n--b--\r\n"
    )
    assert [(file.name, file.content) for file in letter.attachments] == [("naïve.pdf", b"%PDF")]


def test_a_missing_end_of_a_multipart_is_forgiven() -> None:
    letter = read("From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nFirst words\r\n")
    assert letter.text == "First words"


def test_a_mail_only_in_html_is_read_without_its_quotation() -> None:
    letter = read(
        "From: a@example.com\r\nContent-Type: text/html\r\n\r\n<div>Yes, please</div>"
        "<div>On Fri, Nov 20, 2026 Robin &lt;service@tarnfell.example&gt; wrote:</div>"
        "<blockquote>Shall we?</blockquote>"
    )
    assert letter.text == "Yes, please"
    assert "Shall we?" in letter.quoted


def test_an_empty_mail_is_unreadable_with_a_reason() -> None:
    assert reading.read(b" \r\n") == Unreadable("the mail is empty")


@pytest.mark.parametrize("written", ["<>", "< >", "", '""'])
def test_an_empty_id_is_none(written: str) -> None:
    letter = read(
        f"From: a@example.com\r\nMessage-ID: {written}\r\nIn-Reply-To: {written}\r\nReferences: {written}\r\n\r\nx"
    )
    assert (letter.message_id, [known for known in letter.in_reply_to if known.strip('<> "')]) == ("", [])


def test_an_id_that_a_library_wrote_as_encoded_words_is_read() -> None:
    letter = read(
        "From: a@example.com\r\nIn-Reply-To: =?utf-8?q?=3Cc=2Eabc=2Edef?=\r\n =?utf-8?q?=40example=2Ecom=3E?=\r\n\r\nx"
    )
    assert letter.in_reply_to == ("<c.abc.def@example.com>",)


@pytest.mark.parametrize(
    "announced",
    [
        "On Fri, Nov 20, 2026 at 10:00 AM Robin <service@tarnfell.example> wrote:",
        "El vie, 20 nov 2026 a las 10:00, Robin (<service@tarnfell.example>) escribió:",
        "在 2026年11月20日，10:00，Robin <service@tarnfell.example> 写道：",
        "Am 20.11.2026 um 10:00 schrieb Robin <service@tarnfell.example>:",
        "Le 20/11/2026 à 10:00, Robin a écrit :",
        "Robin <service@tarnfell.example> schrieb am Fr. 20. Nov. 2026 um 10:00:",
        "W dniu 20.11.2026 o 10:00, Robin pisze:",
        "пт, 20 нояб. 2026 г. в 10:00, Robin <service@tarnfell.example>:",
        "20 Kasım 2026 10:00 tarihinde Robin <service@tarnfell.example> yazdı:",
        "2026年11月20日(金) 10:00 Robin <service@tarnfell.example>:",
        "2026년 11월 20일 (금) 오전 10:00, Robin <service@tarnfell.example>님이 작성:",
        "בתאריך יום ו׳, 20 בנוב׳ 2026 ב-10:00 מאת Robin <service@tarnfell.example>:",
        "\u202bفي الجمعة، 20 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Robin <service@tarnfell.example>:\u202c",
        "Vào Th 6, 20 thg 11, 2026 vào lúc 10:00 Robin <service@tarnfell.example> đã viết:",
        "Missatge de Robin <service@tarnfell.example> del dia dv., 20 de nov. 2026 a les 10:00:",
        "Gönderen: Robin\nTarih: 20 Kasım 2026\nKime: Ana\nKonu: Paket",
        "-----Original Message-----",
        "-----原始邮件-----",
        "________________________________\nFrom: Robin\nSent: Friday, November 20, 2026\nTo: Ana\nSubject: Re: Parcel",
        "发件人: Robin\n发送时间: 2026年11月20日\n收件人: Ana\n主题: 包裹",
    ],
)
def test_what_is_quoted_is_told_from_what_is_new(announced: str) -> None:
    split = quoting.split(f"My answer is yes.\n\n{announced}\n\n> Is it so?\n> Regards\n")
    assert split.words == "My answer is yes."
    assert "Is it so?" in split.rest


def test_answers_between_the_lines_are_all_kept() -> None:
    split = quoting.split("On Friday, Nov 20, 2026 a@b.example wrote:\n> Which size?\nSize 42\n> Which colour?\nBlue\n")
    assert split.words == "Size 42\nBlue"
    assert "Which colour?" in split.visible


def test_a_signature_is_not_taken_for_words() -> None:
    assert quoting.split("Please cancel it.\n\n-- \nAna Ruiz\nSales\n").words == "Please cancel it."
    assert quoting.split("Please cancel it.\n\nSent from my iPhone\n").words == "Please cancel it."


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        ("Kind regards,\nAna Ruiz\n+34 612 345 678", "Ana Ruiz"),
        ("Un saludo,\n\nAna Ruiz", "Ana Ruiz"),
        ("Mit freundlichen Grüßen\nHans Meier\nMeier GmbH", "Hans Meier"),
        ("祝好\n王小明", "王小明"),
        ("-- \nAna Ruiz\nwww.example.com", "Ana Ruiz"),
        ("Ana Ruiz\nana@example.com\n(555) 346-9947", "Ana Ruiz"),
    ],
)
def test_a_signature_is_found_and_names_who_signed(signature: str, name: str) -> None:
    split = quoting.split(f"The tent leaks, what can I do?\n\n{signature}\n")
    assert split.signature.strip().startswith(signature.split("\n")[0].strip())
    assert signing.name_in(split.signature) == name


def test_who_signed_stands_in_where_the_sender_gives_no_name() -> None:
    letter = read(b"From: a@example.com\r\n\r\nWhere is my tent?\r\n\r\nBest regards,\r\nAna Ruiz\r\n")
    assert letter.sender_name == "Ana Ruiz"
    assert read(b"From: Bob <a@example.com>\r\n\r\nHi\r\n\r\nThanks,\r\nAna Ruiz\r\n").sender_name == "Bob"


def test_a_closing_without_words_before_it_is_not_cut() -> None:
    assert quoting.split("Thanks\nAna").signature == ""


def test_a_mail_that_is_only_forwarded_keeps_its_words() -> None:
    split = quoting.split(
        "---------- Forwarded message ----------\nFrom: A <a@b.example>\nSubject: x\nTo: c@d.example\n\nThe words\n"
    )
    assert split.words == "The words"


def test_words_are_never_lost_altogether() -> None:
    for body in ("> only quoted", "-- \nonly a signature", "From: a\nTo: b", "Sent from my phone"):
        assert quoting.split(body).words.strip()


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\r\n\r\n" + b"> " * 400_000,
        b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 100_000,
        b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + b"<" * 500_000,
        b"From: " + b"a@b.example, " * 50_000 + b"\r\n\r\nx",
        b"References: " + b"<a@b> " * 100_000 + b"\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 100_000,
        b"Subject: " + b"=?utf-8?q?" * 50_000 + b"\r\n\r\nx",
        b"From: a@b.example\r\n\r\n" + b"On Mon " * 100_000 + b"wrote:",
        b"From: a@b.example\r\nContent-Type: text/plain; " + b"a*0*=x;" * 50_000 + b"\r\n\r\nx",
    ],
)
def test_a_mail_made_to_harm_comes_to_an_end(raw: bytes) -> None:
    """Reading takes time linear in the size; were it not, this would not end."""
    assert isinstance(reading.read(raw), Letter | Unreadable)


def test_the_identity_of_a_mail_is_the_same_by_every_route() -> None:
    plain = b"From: a@b.example\nSubject: x\n\nbody\n"
    routed = b"Received: by x\r\nDelivered-To: y\r\n" + plain.replace(b"\n", b"\r\n") + b"\r\n"
    assert identity_of(plain) == identity_of(routed)
    assert identity_of(plain)[0].startswith("sha256:")
    assert identity_of(plain) != identity_of(plain.replace(b"body", b"other"))
    assert identity_of(b"Message-ID: <a@b>\n" + plain)[0] == "<a@b>"
