"""Any bytes at all may arrive as a mail: reading them never breaks, and the same bytes are always the same mail."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.channels.email.arriving.keeping import identity_of
from courtesy.channels.email.letter import markup, quoting, reading
from courtesy.channels.email.letter.reading import Letter, Unreadable

_LINES = [
    b"From: ",
    b"a@example.com",
    b"Subject: ",
    b"=?utf-8?b?",
    b"?=",
    b"Message-ID: ",
    b"<",
    b">",
    b"@",
    b"\r\n",
    b"\n",
    b"\r\n\r\n",
    b"Content-Type: ",
    b"multipart/mixed; boundary=b",
    b"multipart/alternative; boundary=",
    b"text/html",
    b"; charset=",
    b"gb2312",
    b"message/rfc822",
    b"message/delivery-status",
    b"--b",
    b"--b--",
    b"Content-Transfer-Encoding: base64",
    b"quoted-printable",
    b"=3D",
    b"=",
    b"begin 644 x",
    b"<div>",
    b"<blockquote>",
    b"</",
    b"<!--",
    b"&#x0;",
    b"> ",
    b"On Mon",
    b"wrote:",
    b"-- ",
    b"\x00",
    b"\xff\xfe",
    b"\xe4\xbd",
    b"filename*0*=utf-8''%",
    b'"',
    b"\\",
    b"(",
    b"References: ",
    b"Date: ",
    b"Fri, 32 Nov 99999",
    b": ",
]
mail_like = st.lists(st.one_of(st.sampled_from(_LINES), st.binary(max_size=8)), max_size=80).map(b"".join)
_more = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_more
@given(st.one_of(mail_like, st.binary(max_size=400)))
def test_any_bytes_are_read_or_set_apart(raw: bytes) -> None:
    read = reading.read(raw)
    if isinstance(read, Unreadable):
        assert read.reason
        assert "not met before" not in read.reason  # a net below the net: nothing should fall into it
        return
    assert isinstance(read, Letter)
    everything = (
        read.text,
        read.quoted,
        read.body,
        read.html,
        read.subject,
        read.sender,
        read.sender_name,
        read.message_id,
    )
    for text in everything:
        text.encode("utf-8")  # no half letters: a database takes it
        assert "\x00" not in text
    assert not read.body.strip() or read.text.strip()


@_more
@given(st.one_of(mail_like, st.binary(max_size=400)))
def test_the_identity_of_any_bytes_fits_the_books_and_does_not_change(raw: bytes) -> None:
    identity, print_of = identity_of(raw)
    assert 0 < len(identity) <= 270
    assert (identity, print_of) == identity_of(raw)
    identity.encode("utf-8")


@_more
@given(st.text(max_size=600))
def test_any_text_is_split_without_losing_it_all(text: str) -> None:
    split = quoting.split(text)
    assert split.words.strip() or not text.replace("\u00a0", " ").strip()


_TAGS = [
    "<p>",
    "<a href=",
    "javascript:x",
    "<img onerror=x",
    "'",
    '"',
    ">",
    "<svg/onload=x>",
    "<style>",
    "</style>",
    "x",
    "<!--",
    "-->",
    "<math><mtext>",
    "<script>alert(1)</script>",
    "<blockquote>",
    "&lt;script&gt;",
    "<table><td>",
]


@_more
@given(st.lists(st.sampled_from(_TAGS), max_size=40))
def test_no_page_keeps_anything_that_acts(pieces: list[str]) -> None:
    safe = markup.make_safe("".join(pieces))
    for evil in ("<script", "<svg", "<img", "<style", "<math", 'href="javascript'):
        assert evil not in safe.lower()
