"""Bounces: a mail server's report about a mail of ours is read and noted on the message it is about (RFC 3464)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from courtesy.channels.email import addresses, questions
from courtesy.channels.email.letter.decoding import decode, header_text
from courtesy.channels.email.letter.parts import split_header
from courtesy.channels.email.letter.reading import Letter
from courtesy.channels.models import Dispatch
from courtesy.conversations.messages import note_delivery, say
from courtesy.conversations.models import Message

Action = Literal["failed", "delayed", "delivered"]
_ACTIONS: dict[str, Action] = {
    "failed": "failed", "delayed": "delayed", "delivered": "delivered", "relayed": "delivered", "expanded": "delivered",
}  # fmt: skip
_DELAYED = re.compile(
    r"delayed|warning only|will (?:be retried|retry|keep trying|continue)|not (?:yet )?been delivered (?:yet|for)|"
    r"still trying",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESS = re.compile(r"[^\s<>\"(),:;]{1,64}@[\w.-]{1,190}")


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail server says became of a mail. ``status`` as in RFC 3463 ("5.1.1"), "" when it names none."""

    action: Action
    status: str
    recipient: str
    says: str


def read(letter: Letter) -> Report:
    """The report of a mail that was recognised as a bounce; plain-text ones are read as far as they go."""
    for part in letter.top.walk():
        if part.kind == "message/delivery-status":
            return _structured(part.content(), letter)
    text = f"{letter.subject}\n{letter.body}"[:20_000]
    status = _STATUS.search(text)
    failed = header_text(letter.field("x-failed-recipients")).lower()
    named = _ADDRESS.search(failed or letter.body[:5_000])
    action: Action = "delayed" if _DELAYED.search(text) and not (status and status[1][0] == "5") else "failed"
    return Report(action, status[1] if status else "", named[0].lower() if named else "", _line_about(letter.body))


def _structured(content: bytes, letter: Letter) -> Report:
    """Blocks of fields, one for the mail and one for each recipient; any failed recipient makes it failed."""
    found: list[Report] = []
    blocks = re.split(rb"\r?\n[ \t]*\r?\n", content.strip())
    for block in blocks[:50]:
        fields, _ = split_header(block.strip() + b"\n\n")
        named = {name: header_text(value) for name, value in fields}
        action = _ACTIONS.get(named.get("action", "").split(" ")[0].lower())
        status = _STATUS.search(named.get("status", ""))
        if action is None and status is None:
            continue
        if action is None:
            action = {"5": "failed", "4": "delayed", "2": "delivered"}[status[1][0]] if status else "failed"  # type: ignore[assignment]
        address = _ADDRESS.search(named.get("final-recipient", "") or named.get("original-recipient", ""))
        says = named.get("diagnostic-code", "")[:300] or _line_about(letter.body)
        found.append(
            Report(action or "failed", status[1] if status else "", address[0].lower() if address else "", says)
        )
    order = {"failed": 0, "delayed": 1, "delivered": 2}
    found.sort(key=lambda report: order[report.action])
    return found[0] if found else Report("failed", "", "", _line_about(letter.body))


def _line_about(body: str) -> str:
    """The first line that says something, for people to read."""
    lines = [line.strip() for line in body.splitlines() if len(line.strip()) > 15]
    return next((line for line in lines if re.search(r"\b[45]\d\d\b|[45]\.\d\.\d", line)), lines[0] if lines else "")[
        :300
    ]


def dispatch_of(letter: Letter, raw: bytes) -> Dispatch | None:
    """The mail of ours that a report is about: by the signed Message-ID that it quotes, never by address alone."""
    texts = [decode(raw[:500_000]), letter.body[:100_000]]
    for part in letter.top.walk():
        if part.kind.startswith(("message/rfc822", "text/rfc822-headers", "message/global")):
            texts.append(decode(part.content()[:200_000]))
    ids = [known for text in texts for known in [*addresses.own_ids(text), *questions.own_ids(text)]]
    return Dispatch.objects.select_related("message__conversation").filter(provider_id__in=ids).order_by("-pk").first()


def note(report: Report, dispatch: Dispatch, at: datetime) -> str:
    """Write the report down where people see it; returns the sentence that was written."""
    to = report.recipient or dispatch.to
    said = f"{report.status} {report.says}".strip()
    message = dispatch.message
    if report.action == "delivered":
        if message is not None:
            note_delivery(message, Message.Delivery.DELIVERED, at)
        return f"delivered to {to}"
    if report.action == "delayed":
        Dispatch.objects.filter(pk=dispatch.pk).update(error=f"delayed: {said}"[:2000])
        return f"delayed on its way to {to}: {said}"
    sentence = f"The mail to {to} could not be delivered: {said or 'the mail server gave no reason'}"
    Dispatch.objects.filter(pk=dispatch.pk).update(status=Dispatch.Status.FAILED, error=said[:2000])
    if message is not None and message.delivery != Message.Delivery.FAILED:
        note_delivery(message, Message.Delivery.FAILED, at)
        say(message.conversation, author=Message.Author.SYSTEM, text=sentence, at=at, internal=True)
    if message is None and (asked := questions.side_in([dispatch.provider_id])) is not None:
        say(asked.conversation, author=Message.Author.SYSTEM, text=sentence, at=at, internal=True)
    return sentence
