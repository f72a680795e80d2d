"""Person, machine, list or bounce: who wrote a mail is told from its headers, and whom an answer would go to."""

from __future__ import annotations

import pytest

from courtesy.channels.email.arriving import bounces, recognising
from courtesy.channels.email.arriving.recognising import Writer
from courtesy.channels.email.letter import reading
from courtesy.channels.email.letter.reading import Letter

pytestmark = pytest.mark.usefixtures("company")


def letter(headers: str, body: str = "Words of it") -> Letter:
    read = reading.read(f"{headers.strip()}\r\n\r\n{body}\r\n".replace("\r\n", "\n").encode())
    assert isinstance(read, Letter)
    return read


@pytest.mark.parametrize(
    ("headers", "writer"),
    [
        ("From: ana@example.com", Writer.PERSON),
        ("From: ana@example.com\nAuto-Submitted: no", Writer.PERSON),
        ("From: ana@example.com\nX-Auto-Response-Suppress: OOF", Writer.PERSON),
        ("From: noreen.reply@example.com", Writer.PERSON),
        ("From: ana@example.com\nSubject: Out of office furniture", Writer.PERSON),
        ("From: ana@example.com\nAuto-Submitted: auto-notified; owner=x", Writer.MACHINE),
        ("From: ana@example.com\nSubject: Abwesenheitsnotiz: Urlaub", Writer.MACHINE),
        ("From: ana@example.com\nSubject: Respuesta automática: pedido", Writer.MACHINE),
        ("From: do-not-reply@example.com", Writer.MACHINE),
        ("From: a@example.com\nContent-Type: multipart/report; report-type=disposition-notification", Writer.MACHINE),
        ("From: ana@example.com\nList-Unsubscribe: <mailto:x@example.com>", Writer.LIST),
        ("From: ana@example.com\nPrecedence: Bulk", Writer.LIST),
        ("From: MAILER-DAEMON@mx.example.com\nSubject: Mail delivery failed: returning message", Writer.BOUNCE),
        ("From: x@example.com\nX-Failed-Recipients: ana@example.com\nSubject: oh", Writer.BOUNCE),
        ("From: x@example.com\nContent-Type: multipart/report; report-type=delivery-status", Writer.BOUNCE),
        ("From: service@tarnfell.example\nX-Loop: service@tarnfell.example", Writer.OURSELVES),
        ("From: service@tarnfell.example", Writer.OURSELVES),
        ("From: service@tarnfell.example\nReply-To: ana@example.com", Writer.PERSON),
    ],
)
def test_the_writer_is_told_from_the_headers(headers: str, writer: Writer) -> None:
    recognised = recognising.recognise(letter(headers), null_sender=False)
    assert recognised.writer == writer
    assert bool(recognised.because) == (writer != Writer.PERSON)


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ("From: ana@example.com\nReply-To: eve@example.net", "ana@example.com"),
        ("From: no-reply@shop.example\nReply-To: ana@example.com", "ana@example.com"),
        ("From: no-reply@shop.example\nReply-To: no-reply@shop.example", ""),
        ("From: service@tarnfell.example\nReply-To: ana@example.com", "ana@example.com"),
        ("From: no-reply@shop.example\nReply-To: service@tarnfell.example", ""),
        ("Subject: nobody", ""),
    ],
)
def test_an_answer_goes_to_who_wrote(headers: str, address: str) -> None:
    assert recognising.writer_address(letter(headers)) == address


REPORT = """From: MAILER-DAEMON@mx.example.com
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

We are sorry to tell you
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822;first@example.com
Action: delivered
Status: 2.0.0

Final-Recipient: rfc822;second@example.com
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 mailbox
 full
--b--
"""


def test_a_report_with_one_failed_recipient_is_a_failure() -> None:
    read = reading.read(REPORT.encode())
    assert isinstance(read, Letter)
    report = bounces.read(read)
    assert (report.action, report.status, report.recipient) == ("failed", "5.2.2", "second@example.com")
    assert "mailbox full" in report.says


@pytest.mark.parametrize(
    ("body", "action"),
    [
        ("<ana@example.com>: 550 5.1.1 user unknown", "failed"),
        ("Your message has not yet been delivered. We will keep trying for 4 days.", "delayed"),
        ("Delivery to ana@example.com has been delayed. Status 5.4.7: gave up", "failed"),
    ],
)
def test_a_plain_report_is_read_as_far_as_it_goes(body: str, action: str) -> None:
    assert bounces.read(letter("From: MAILER-DAEMON@mx.example.com", body)).action == action
