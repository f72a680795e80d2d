"""Quarantine: a person lets a mail in after all, or dismisses it. The bytes stay kept either way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtesy.channels import intake
from courtesy.channels.email.arriving import answers, filing, recognising, threads
from courtesy.channels.email.letter import reading
from courtesy.channels.email.letter.decoding import decode
from courtesy.channels.email.letter.reading import Letter, Unreadable
from courtesy.channels.models import Received
from courtesy.channels.port import Incoming
from courtesy.conversations import journal
from courtesy.conversations.holding import take_over
from courtesy.conversations.models import Message
from courtesy.customers.models import ContactPoint
from courtesy.workforce.models import Colleague

SHOWN = 20_000


@transaction.atomic
def release(received: Received, colleague: Colleague, at: datetime) -> Message:
    """Let a mail in. What can be read goes its usual way; the rest is shown as text to the colleague who let it in.

    Raises ValueError when it is not in quarantine any more."""
    row = _held(received)
    letter = reading.read(bytes(row.raw), envelope_sender=str(row.envelope.get("sender", "")))
    fit = isinstance(letter, Letter) and recognising.writer_address(letter) and letter.body.strip()
    if isinstance(letter, Letter) and fit:
        recipients = row.envelope.get("recipients", ())
        side = answers.find(letter, recipients)
        message = (
            answers.take(row, letter, side)
            if side is not None
            else filing.accept(row, letter, threads.find(letter, recipients)).message
        )
    else:
        message = intake.accept(_as_text(row, letter))
        take_over(message.conversation, colleague, at)
    if message is None:
        message = Message.objects.get(line=row.line, provider_id=row.provider_id)
    _decide(row, Received.Status.ACCEPTED, "let in", colleague, at, message)
    return message


@transaction.atomic
def dismiss(received: Received, colleague: Colleague, at: datetime) -> None:
    """Nobody needs to read it. Raises ValueError when it is not in quarantine any more."""
    _decide(_held(received), Received.Status.SPAM, "dismissed", colleague, at, None)


def _held(received: Received) -> Received:
    row = Received.objects.select_for_update().get(pk=received.pk)
    if row.status != Received.Status.QUARANTINED:
        raise ValueError("somebody decided about this mail already; look at the list again")
    return row


def _decide(row: Received, status: str, did: str, colleague: Colleague, at: datetime, message: Message | None) -> None:
    conversation = message.conversation if message else None
    reason = f"{row.reason}; {did} by {colleague.name}".strip("; ")
    Received.objects.filter(pk=row.pk).update(status=status, reason=reason, conversation=conversation, message=message)
    journal.write(
        "mail let in" if message else "mail dismissed",
        actor=colleague.pk,
        at=at,
        conversation=conversation.pk if conversation else "",
        content={"received": row.pk, "provider id": row.provider_id, "was": row.reason},
    )


def _as_text(row: Received, letter: Letter | Unreadable) -> Incoming:
    """A mail of which only the bytes are sure."""
    readable = letter if isinstance(letter, Letter) else None
    words = (readable.body.strip() or readable.subject) if readable else ""
    return Incoming(
        channel=threads.KIND,
        line=row.line,
        provider_id=row.provider_id,
        sender_kind=ContactPoint.Kind.EMAIL.value,
        sender=recognising.writer_address(readable) if readable else "",
        text=words or decode(bytes(row.raw)[:SHOWN]) or "(empty)",
        subject=readable.subject if readable else "",
        attachments=readable.attachments if readable else (),
        at=row.at,
    )
