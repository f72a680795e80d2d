"""Reads a mail: bytes become a ``Letter``, or ``Unreadable`` with the reason. Never raises."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from courtesy.channels.email.letter import markup, quoting, signing
from courtesy.channels.email.letter.decoding import decode, header_text
from courtesy.channels.email.letter.parts import Part, parse
from courtesy.channels.port import Attached

MOST_FILES = 60
LONGEST_TEXT = 200_000
SMALL = 20_000  # bytes; a named text of this size may be part of the words
_ADDRESS = re.compile(r"[^\s<>\"(),:;@\[\]\\]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
_IDENTIFIER = re.compile(r"<([^<>\s]{1,250})>")
_ENDINGS = {
    "message/rfc822": ".eml", "text/calendar": ".ics", "text/html": ".html", "text/plain": ".txt", "image/jpeg": ".jpg",
    "image/png": ".png", "image/gif": ".gif", "application/pdf": ".pdf", "application/ms-tnef": ".dat",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why nobody but a person can make something of these bytes."""

    reason: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as read. Addresses are in lower case; ids carry their angle brackets; ``text`` is what is new in it."""

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: str
    sender_name: str
    reply_to: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    subject: str
    date: datetime | None
    text: str
    quoted: str
    body: str
    html: str
    attachments: tuple[Attached, ...]
    top: Part = field(repr=False)

    def field(self, name: str) -> str:
        """A header by its lower-case name, decoded; "" when absent."""
        return header_text(self.top.field(name)[:4000])


def read(raw: bytes, *, envelope_sender: str = "") -> Letter | Unreadable:
    """Read a mail. ``envelope_sender`` stands in where the mail itself names no sender."""
    try:
        return _read(raw, envelope_sender)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, AssertionError) as error:
        return Unreadable(f"the mail is damaged in a way not met before ({type(error).__name__}: {error})"[:300])


def _read(raw: bytes, envelope_sender: str) -> Letter | Unreadable:
    if not raw.strip():
        return Unreadable("the mail is empty")
    top = parse(raw)
    senders = addresses_in(top, "from") or addresses_in(top, "sender")
    name, sender = senders[0] if senders else ("", envelope_sender.strip().lower())
    answers = addresses_in(top, "reply-to")
    plain, page, attachments = _contents(top)
    body = (plain if plain.strip() else markup.as_text(page) if page else plain)[:LONGEST_TEXT]
    split = quoting.split(body)
    return Letter(
        message_id=next(iter(identifiers(top, "message-id")), ""),
        in_reply_to=identifiers(top, "in-reply-to"),
        references=identifiers(top, "references"),
        sender=sender,
        sender_name=name or signing.name_in(split.signature),
        reply_to=answers[0][1] if answers else "",
        to=tuple(address for _, address in addresses_in(top, "to", "delivered-to", "x-original-to", "envelope-to")),
        copies=tuple(address for _, address in addresses_in(top, "to", "cc")),
        subject=header_text(top.field("subject")[:4000])[:300],
        date=_date(decode(top.field("date")[:200])),
        text=split.words,
        quoted=split.rest,
        body=body,
        html=markup.make_safe(page) if page else "",
        attachments=attachments,
        top=top,
    )


def addresses_in(top: Part, *names: str) -> tuple[tuple[str, str], ...]:
    """(name, address) pairs of address headers, in order; what is no address is left out."""
    found: list[tuple[str, str]] = []
    for name in names:
        for raw in top.fields_of(name)[:20]:
            text = decode(raw[:8000])
            for shown, address in _parsed(text):
                known = _ADDRESS.search(address)
                if known is not None:
                    found.append((header_text(shown).strip("'\" ")[:160], known[0].lower()))
    return tuple(found)


def _parsed(text: str) -> list[tuple[str, str]]:
    """Read with the standard reader; where that finds nothing, take whatever looks like an address."""
    try:
        pairs = [(name, address) for name, address in getaddresses([text]) if _ADDRESS.search(address)]
    except (ValueError, IndexError, TypeError, RecursionError):
        pairs = []
    if pairs:
        return pairs
    decoded = header_text(text)
    return [(decoded[: match.start()].strip(" <\"'"), match[0]) for match in _ADDRESS.finditer(decoded)][:50]


def identifiers(top: Part, name: str) -> tuple[str, ...]:
    """Message ids of a header with their angle brackets. An empty or blank id is none."""
    text = decode(b" ".join(top.fields_of(name)[:5])[:20_000])
    if "=?" in text:  # some libraries write a long id as encoded words, which no standard allows
        text = header_text(text)
    found = [f"<{inner}>" for inner in _IDENTIFIER.findall(text)]
    bare = text.strip()
    if not found and 3 <= len(bare) <= 250 and re.fullmatch(r"[!-~]+", bare) and bare.strip("<>"):
        found = [f"<{bare.strip('<>')}>"]
    return tuple(dict.fromkeys(found))[:100]


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _contents(top: Part) -> tuple[str, str, tuple[Attached, ...]]:
    """The plain text, the page, and the files of a mail."""
    plain: list[str] = []
    pages: list[str] = []
    files: list[Attached] = []
    named: list[str] = []  # texts with a file name: the words, when there are no others
    for part in top.walk():
        if part.parts:
            continue
        words = _is_words(part)
        if words:
            (pages if part.kind == "text/html" else plain).append(part.text())
        if (not words or part.file_name) and len(files) < MOST_FILES and (content := _file_of(part)):
            files.append(Attached(_name_of(part, len(files) + 1), part.kind, content))
            if part.kind == "text/plain" and part.disposition != "attachment" and len(part.raw) < SMALL:
                named.append(part.text())
    plain = plain if any(text.strip() for text in [*plain, *pages]) else named
    if pages and plain and not _has_both(top):  # a text and then a page that says something else
        plain.extend(markup.as_text(page) for page in pages)
    return "\n\n".join(text.strip("\n") for text in plain if text.strip()), "\n<hr>\n".join(pages), tuple(files)


def _is_words(part: Part) -> bool:
    if part.disposition == "attachment":
        return False
    if part.kind in {"text/plain", "text/html"}:
        small = part.disposition == "inline" and part.kind == "text/plain" and len(part.raw) < SMALL
        return small or not part.file_name
    return part.kind in {"text/enriched", "text/markdown"} and not part.file_name


def _has_both(top: Part) -> bool:
    """Whether text and page are two forms of the same words."""
    return any(part.kind == "multipart/alternative" for part in top.walk())


def _file_of(part: Part) -> bytes:
    if part.kind in {"message/rfc822", "message/global"}:
        return part.content() or part.raw
    return part.content()


def _name_of(part: Part, number: int) -> str:
    if part.file_name:
        return part.file_name
    ending = _ENDINGS.get(part.kind, "")
    if part.kind.startswith("message/rfc822"):
        inner = header_text(parse(part.content()[:20_000]).field("subject"))
        inner = re.sub(r"[^\w .,()-]+", " ", inner).strip()[:80]
        return f"{inner or f'mail {number}'}.eml"
    return f"file {number}{ending}"
