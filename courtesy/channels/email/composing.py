"""Composing: a message of ours becomes a mail: greeting, words, choices, quotation, and the headers that thread it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from courtesy.channels.email import addresses
from courtesy.channels.email.references import chain_of
from courtesy.conversations.documents import read_document
from courtesy.conversations.models import Conversation, Message
from courtesy.pack import editions
from courtesy.pack.model import Pack

QUOTED_LINES = 60
CALENDAR = "text/calendar"
QUOTED_LETTERS = 6_000
_LONG = SMTP.clone(max_line_length=998)  # a long Message-ID must not be folded: it would be written as encoded words
_LETTER = "font-family: system-ui, Arial, sans-serif; font-size: 15px; line-height: 1.5; max-width: 40em"
_QUOTE = "margin: 0; padding-left: 1em; border-left: 3px solid #c8ccd0; color: #555"
_SPACES_LOST = re.compile(r"[\r\n\t]+")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
# Our own announcement of a quotation; ``letter.attributions`` recognises each of them when it comes back.
_WROTE = {
    "en": "On {date}, {name} wrote:",
    "es": "El {date}, {name} escribió:",
    "zh": "在 {date}，{name} 写道：",
    "de": "Am {date} schrieb {name}:",
    "fr": "Le {date}, {name} a écrit :",
    "it": "Il {date}, {name} ha scritto:",
    "pt": "Em {date}, {name} escreveu:",
    "nl": "Op {date} schreef {name}:",
}
# Only used where a pack lacks the phrase; the house has a test that shipped packs do not.
_PLAIN = {
    "mail salutation": "Hello {name},",
    "mail salutation without name": "Hello,",
    "mail closing": "Kind regards\n{representative}\n{company}",
    "mail code subject": "Your code for {company}",
    "mail reply subject": "Re: {subject} [{number}]",
    "mail code text": "Your code is {code}. It is valid for {minutes} minutes.",
}


def phrase(pack: Pack, language: str, name: str, fields: Mapping[str, str]) -> str:
    """A phrase of the pack with its fields, in the language or else in the company's first one."""
    for known in (language, language.partition("-")[0], pack.company.languages[0] if pack.company.languages else ""):
        found = pack.phrases.get((known, name))
        if found is not None:
            return _filled(found.text, fields)
    return _filled(_PLAIN.get(name, ""), fields)


def _filled(text: str, fields: Mapping[str, str]) -> str:
    return re.sub(r"\{([^{}]+)\}", lambda found: fields.get(found[1], ""), text).strip()


def compose(message: Message, *, to: str, message_id: str) -> bytes:
    """The whole mail, ready to be sent."""
    pack = editions.in_force()
    conversation = message.conversation
    language = message.language or conversation.language or pack.company.languages[0]
    words = _words(message, pack, language)
    answered = conversation.messages.filter(author=Message.Author.CUSTOMER, sequence__lt=message.sequence).last()
    quotation = _quotation(answered, language, pack) if answered is not None else ""
    mail = _new_mail(to, message_id, message.at, language)
    mail["From"] = _from(message, pack)
    mail["Reply-To"] = addresses.reply_address(conversation)
    mail["Subject"] = _subject(conversation, pack, language, first=answered is None)
    if chain := chain_of(message):
        mail["In-Reply-To"] = chain[-1]
        mail["References"] = " ".join(chain)
    if message.author != Message.Author.COLLEAGUE:
        mail["Auto-Submitted"] = "auto-replied" if answered is not None else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    _write(mail, words, quotation, language)
    _attach(mail, message)
    return mail.as_bytes(policy=_LONG)


def compose_code(address: str, code: str, language: str, *, minutes: int, message_id: str, at: datetime) -> bytes:
    pack = editions.in_force()
    company = pack.company.name
    mail = _new_mail(address, message_id, at, language)
    mail["From"] = Address(company, addr_spec=addresses.our_address())
    mail["Subject"] = _one_line(phrase(pack, language, "mail code subject", {"company": company}))
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    fields = {"code": code, "minutes": str(minutes), "company": company}
    _write(mail, phrase(pack, language, "mail code text", fields), "", language)
    return mail.as_bytes(policy=_LONG)


def compose_note(address: str, subject: str, text: str, language: str, *, message_id: str, at: datetime) -> bytes:
    """A note to a colleague, from the company."""
    mail = _new_mail(address, message_id, at, language)
    mail["From"] = Address(editions.in_force().company.name, addr_spec=addresses.our_address())
    mail["Subject"] = _one_line(subject)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    _write(mail, text, "", language)
    return mail.as_bytes(policy=_LONG)


def compose_question(
    address: str, subject: str, text: str, *, message_id: str, reply_to: str, answers: Sequence[str], at: datetime
) -> bytes:
    """A question to a department: a mail that people answer, threaded with what was written before."""
    pack = editions.in_force()
    mail = _new_mail(address, message_id, at, pack.company.languages[0])
    mail["From"] = Address(_one_line(pack.company.name), addr_spec=addresses.our_address())
    mail["Reply-To"] = reply_to
    mail["Subject"] = _one_line(f"Re: {subject}" if answers else subject)
    if answers:
        mail["In-Reply-To"] = answers[-1]
        mail["References"] = " ".join(answers[-20:])
    _write(mail, text, "", pack.company.languages[0])
    return mail.as_bytes(policy=_LONG)


def _new_mail(to: str, message_id: str, at: datetime, language: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = message_id
    mail["Date"] = format_datetime(at)
    mail["To"] = Address(addr_spec=to) if to.isascii() else to
    mail["X-Loop"] = addresses.our_address()
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?", language):
        mail["Content-Language"] = language
    return mail


def _from(message: Message, pack: Pack) -> Address:
    name = message.colleague.name if message.colleague else pack.company.representative_name
    return Address(_one_line(f"{name}, {pack.company.name}"), addr_spec=addresses.our_address())


def _subject(conversation: Conversation, pack: Pack, language: str, *, first: bool = False) -> str:
    """The customer's own subject, so that their program keeps the thread together, and the number of their case; ours
    as it is where we write ``first`` and there is no case."""
    subject = _one_line(conversation.subject) or _one_line(pack.company.name)
    bare = re.sub(r"(?i)^((re|aw|antw|sv|rv|回复|答复|回覆)\s*[:：]\s*)+", "", subject) or subject
    number = _number(conversation)
    if first and not number:
        return bare
    if not number or number in bare:
        return f"Re: {bare}"
    return _one_line(phrase(pack, language, "mail reply subject", {"subject": bare, "number": number}))


def _number(conversation: Conversation) -> str:
    """The case that was open when we first answered: the same in every mail, since a changed subject breaks threads."""
    ours = conversation.messages.filter(internal=False).exclude(author=Message.Author.CUSTOMER)
    first = ours.order_by("sequence").values_list("at", flat=True).first()
    cases = conversation.cases.filter(opened_at__lte=first) if first else conversation.cases.none()
    return cases.order_by("pk").values_list("number", flat=True).first() or ""


def _one_line(text: str) -> str:
    return _SPACES_LOST.sub(" ", text).strip()[:200]


def _words(message: Message, pack: Pack, language: str) -> str:
    """Salutation, what is said, choices as numbered lines, sources, closing."""
    pieces = []
    by_colleague = message.author == Message.Author.COLLEAGUE
    if not by_colleague:  # a colleague greets in their own way
        name = message.conversation.customer.name.strip()
        known = "mail salutation" if name else "mail salutation without name"
        pieces.append(phrase(pack, language, known, {"name": name}))
    pieces.append(message.text.strip())
    if message.choices:
        labels = [str(choice.get("label", choice.get("value", ""))) for choice in message.choices]
        pieces.append("\n".join(f"{number}. {label}" for number, label in enumerate(labels, 1)))
    if sources := _sources(message):
        pieces.append(sources)
    pieces.append(_closing(message, pack, language))
    return "\n\n".join(piece for piece in pieces if piece)


def _closing(message: Message, pack: Pack, language: str) -> str:
    """Who wrote it. The pack's closing speaks for the automatic representative; a colleague signs with their name."""
    if message.author == Message.Author.COLLEAGUE:
        return "\n".join(
            name for name in (message.colleague.name if message.colleague else "", pack.company.name) if name
        )
    fields = {"representative": pack.company.representative_name, "company": pack.company.name}
    return phrase(pack, language, "mail closing", fields)


def _sources(message: Message) -> str:
    lines = []
    for source in message.sources:
        url = str(source.get("url", ""))
        url = f"{settings.COURTESY_URL}{url}" if url.startswith("/") else url
        if url and url not in message.text:
            lines.append(f"{source.get('title', '')}: {url}".strip(": "))
    return "\n".join(dict.fromkeys(lines))


def _quotation(answered: Message, language: str, pack: Pack) -> str:
    """What the customer wrote last, announced and marked, and never so long that it hides the answer."""
    lines = answered.text[:QUOTED_LETTERS].splitlines()[:QUOTED_LINES]
    if not any(line.strip() for line in lines):
        return ""
    local = answered.at.astimezone(ZoneInfo(pack.company.time_zone))
    name = _one_line(answered.conversation.customer.name) or answered.conversation.reply_to
    wrote = _WROTE.get(language.partition("-")[0], _WROTE["en"])
    announced = wrote.format(date=local.strftime("%Y-%m-%d %H:%M"), name=name)
    return "\n".join([announced, *(f"> {line}".rstrip() for line in lines)])


def _write(mail: EmailMessage, words: str, quotation: str, language: str) -> None:
    plain = f"{words}\n\n{quotation}\n" if quotation else f"{words}\n"
    mail.set_content(plain)
    page = _as_page(words)
    if quotation:
        announced, _, quoted = quotation.partition("\n")
        bare = "\n".join(line.removeprefix("> ").removeprefix(">") for line in quoted.split("\n"))
        page += f'<p>{html.escape(announced)}</p><blockquote style="{_QUOTE}">{_as_page(bare)}</blockquote>'
    tag = html.escape(language, quote=True)
    mail.add_alternative(
        f'<!DOCTYPE html><html lang="{tag}"><body style="{_LETTER}">{page}</body></html>', subtype="html"
    )


def _as_page(text: str) -> str:
    paragraphs = [part for part in re.split(r"\n{2,}", text.strip("\n")) if part.strip()]
    return "".join(f"<p>{_linked(part)}</p>" for part in paragraphs)


def _linked(text: str) -> str:
    out, end = [], 0
    for found in _LINK.finditer(text):
        url = html.escape(found[0], quote=True)
        out.append(html.escape(text[end : found.start()]))
        out.append(f'<a href="{url}">{url}</a>')
        end = found.end()
    out.append(html.escape(text[end:]))
    return "".join(out).replace("\n", "<br>\n")


def _invite(mail: EmailMessage, content: bytes, name: str) -> None:
    """An invitation is a way of reading the mail, so that calendars take it up, and a file beside it."""
    found = re.search(rb"(?m)^METHOD:([A-Z]+)", content)
    words = content.decode("utf-8")
    if found and mail.get_content_type() == "multipart/alternative":
        mail.add_alternative(words, subtype="calendar", params={"method": found[1].decode("ascii")})
    mail.add_attachment(content, maintype="application", subtype="ics", filename=name)


def _attach(mail: EmailMessage, message: Message) -> None:
    for document in message.documents.order_by("at", "pk"):
        if document.media_type == CALENDAR:
            _invite(mail, read_document(document), document.name)
            continue
        main, _, sub = document.media_type.partition("/")
        known = main in {"application", "image", "text", "audio", "video"} and re.fullmatch(r"[\w.+-]+", sub)
        mail.add_attachment(
            read_document(document),
            maintype=main if known and main != "text" else "application",
            subtype=sub if known and main != "text" else "octet-stream",
            filename=document.name,
        )
