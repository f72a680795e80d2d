"""Filing: a kept mail is read and becomes a message, a note, or something that a person must look at. Once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from courtesy.channels import intake
from courtesy.channels.email import budget
from courtesy.channels.email.arriving import answers, bounces, recognising, threads
from courtesy.channels.email.arriving.keeping import READ
from courtesy.channels.email.arriving.recognising import Recognised, Writer
from courtesy.channels.email.letter import reading
from courtesy.channels.email.letter.reading import Letter, Unreadable
from courtesy.channels.models import Received
from courtesy.channels.port import Incoming
from courtesy.conversations import journal
from courtesy.conversations.holding import hand_over
from courtesy.conversations.messages import given, say
from courtesy.conversations.models import Conversation, Message, SideConversation
from courtesy.customers.models import ContactPoint
from courtesy.foundation import jobs
from courtesy.foundation.prepared import Change, Question
from courtesy.pack import editions

log = logging.getLogger(__name__)

LEFT_OVER = timedelta(hours=6)
_SEALED = {"multipart/encrypted", "application/pgp-encrypted"}
_TO_AND_FRO = "mails went to and fro too fast for a person; nothing is answered automatically any more"


_kept = Question[Received](lambda id: Received.objects.filter(pk=id), id=1)
_accept = Change(
    lambda id, status, reason, conversation, message: (
        Received.objects.filter(pk=id, status=Received.Status.STORED),
        {"status": status, "reason": reason, "conversation_id": conversation, "message_id": message},
    ),
    id=1,
    status="",
    reason="",
    conversation="",
    message="",
)


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a mail: ``status`` as ``Received.Status``, with the reason in a sentence."""

    status: str
    reason: str = ""
    conversation: Conversation | None = None
    message: Message | None = None


@jobs.job(READ, attempts=16, lease_seconds=120)
def read_mail(received: int) -> None:
    """Read one kept mail. What breaks the reading is quarantined; trouble of the database or disk is tried again."""
    row = _kept.first(id=received)
    if row is None:
        raise Received.DoesNotExist(received)
    if row.status != Received.Status.STORED:
        return
    try:
        file(row)
    except (OperationalError, InterfaceError, OSError):
        raise
    except Exception as error:
        log.exception("a mail could not be filed and waits in quarantine", extra={"received": received})
        settle(row, quarantined(f"it could not be filed ({type(error).__name__}: {error})"[:500]))


def file(row: Received) -> Filed:
    """Read, recognise, thread and store a mail; the outcome is written with its effects or not at all."""
    raw = bytes(row.raw)
    letter = reading.read(raw, envelope_sender=str(row.envelope.get("sender", "")))
    if isinstance(letter, Unreadable):
        return settle(row, quarantined(letter.reason))
    _file_earlier(letter, row)
    recognised = recognising.recognise(letter, null_sender=_has_null_sender(row))
    with transaction.atomic():
        filed = _by_writer(row, raw, letter, recognised)
        return settle(row, filed)


def settle(row: Received, filed: Filed) -> Filed:
    """Write down what became of a mail, unless somebody did already."""
    outcome = {"id": row.pk, "status": str(filed.status), "reason": filed.reason}
    if filed.status == Received.Status.ACCEPTED and filed.conversation and filed.message:
        changed = _accept.make(**outcome, conversation=filed.conversation.pk, message=filed.message.pk)
    else:
        changed = Received.objects.filter(pk=row.pk, status=Received.Status.STORED).update(
            status=filed.status, reason=filed.reason, conversation=filed.conversation, message=filed.message
        )
    if changed and filed.status != Received.Status.ACCEPTED:
        at = timezone.now()
        content = {"received": row.pk, "provider id": row.provider_id, "status": filed.status, "because": filed.reason}
        conversation = filed.conversation.pk if filed.conversation else ""
        journal.write("mail set apart", actor="system", at=at, conversation=conversation, content=content)
        log.info("mail set apart", extra={"received": row.pk, "status": filed.status, "reason": filed.reason})
    return filed


def quarantined(reason: str) -> Filed:
    return Filed(Received.Status.QUARANTINED, reason)


def _has_null_sender(row: Received) -> bool:
    """Only SMTP and LMTP tell the envelope's sender; a mailbox keeps it in Return-Path at best."""
    return row.envelope.get("door") in {"smtp", "lmtp"} and not row.envelope.get("sender")


def _file_earlier(letter: Letter, row: Received) -> None:
    """Mails that this one answers, and that nobody has read yet, are read first, so that it finds its thread."""
    ids = threads.answered_ids(letter)
    if not ids:
        return
    waiting = Received.objects.filter(line=row.line, provider_id__in=ids, status=Received.Status.STORED, pk__lt=row.pk)
    for earlier in waiting.order_by("pk").values_list("pk", flat=True):
        read_mail(earlier)


def _by_writer(row: Received, raw: bytes, letter: Letter, recognised: Recognised) -> Filed:
    recipients = row.envelope.get("recipients", ())
    side = answers.find(letter, recipients)
    conversation = threads.find(letter, recipients) if side is None else None
    if recognised.writer == Writer.OURSELVES:
        return Filed(Received.Status.AUTOMATIC, recognised.because)
    if recognised.writer == Writer.BOUNCE:
        return _bounce(row, raw, letter)
    if side is not None:
        return _of_a_department(row, letter, side, recognised)
    if recognised.writer == Writer.MACHINE:
        return _automatic(row, letter, recognised, conversation)
    if recognised.writer == Writer.LIST and conversation is None:
        return Filed(Received.Status.AUTOMATIC, recognised.because)
    if why := _unfit(letter, conversation):
        return quarantined(why)
    return accept(row, letter, conversation)


def _bounce(row: Received, raw: bytes, letter: Letter) -> Filed:
    dispatch = bounces.dispatch_of(letter, raw)
    if dispatch is None:
        return Filed(Received.Status.BOUNCE, "a report about a mail that is not known here")
    sentence = bounces.note(bounces.read(letter), dispatch, row.at)
    message = dispatch.message
    return Filed(Received.Status.BOUNCE, sentence, message.conversation if message else None, message)


def _of_a_department(row: Received, letter: Letter, side: SideConversation, recognised: Recognised) -> Filed:
    """An answer to a question of ours is noted in its case. It starts no turn: whatever it says is data."""
    if recognised.writer != Writer.PERSON:
        words = f"{letter.sender} ({recognised.because}):\n\n{letter.text or letter.subject}"
        say(side.conversation, author=Message.Author.SYSTEM, text=words[:5_000], at=row.at, internal=True)
        return Filed(Received.Status.AUTOMATIC, recognised.because, side.conversation)
    if answers.given(row.provider_id):
        return Filed(Received.Status.DUPLICATE, "the same mail is in a side conversation already")
    if not answers.may_answer(side, letter.sender):
        return quarantined(f"{letter.sender} answered a question that was put to {side.to}")
    return Filed(Received.Status.ACCEPTED, "", side.conversation, answers.take(row, letter, side))


def _automatic(row: Received, letter: Letter, recognised: Recognised, conversation: Conversation | None) -> Filed:
    """Filed as a note where it belongs to a conversation; never answered."""
    if conversation is not None and threads.is_the_customer(conversation, letter.sender):
        words = f"{letter.sender} ({recognised.because}):\n\n{letter.text or letter.subject}"
        say(conversation, author=Message.Author.SYSTEM, text=words[:5_000], at=row.at, internal=True)
        return Filed(Received.Status.AUTOMATIC, recognised.because, conversation)
    return Filed(Received.Status.AUTOMATIC, recognised.because)


def _unfit(letter: Letter, conversation: Conversation | None) -> str:
    """Why a person should look first; "" when it can go on."""
    if not recognising.writer_address(letter):
        return "it names no sender who could be answered"
    if any(part.kind in _SEALED for part in letter.top.walk()) or _is_sealed(letter):
        return "it is encrypted, and we have no key for it"
    marked = letter.field("x-spam-flag").lower() == "yes" or letter.field("x-spam-status").lower().startswith("yes")
    if marked and conversation is None:
        return "the mail server's filter marked it as spam"
    if not letter.body.strip() and not letter.attachments and not letter.subject:
        return "it has no words and no files"
    return ""


def _is_sealed(letter: Letter) -> bool:
    kind = letter.top.kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}
    return kind and letter.top.parameters.get("smime-type", "").lower() != "signed-data"


def accept(row: Received, letter: Letter, conversation: Conversation | None) -> Filed:
    """The mail becomes a message. A stranger's answer starts a conversation of its own and is noted in the other."""
    sender = recognising.writer_address(letter)
    stranger = conversation is not None and not threads.is_the_customer(conversation, sender)
    thread = None if stranger else conversation
    if given(row.line, row.provider_id) is not None:
        return Filed(Received.Status.DUPLICATE, "the same mail is in a conversation already")
    too_fast = budget.is_spent(sender, thread, row.at)
    message = intake.accept(incoming(row, letter, sender, thread.pk if thread else ""))
    if too_fast:
        _to_a_person(message.conversation, row.at)
    if stranger and conversation is not None:
        _note_stranger(conversation, sender, message, row.at)
    return Filed(Received.Status.ACCEPTED, "", message.conversation, message)


def incoming(row: Received, letter: Letter, sender: str, thread: str) -> Incoming:
    """A mail as every channel tells it. The time is ours: what a mail says of its date is only a claim."""
    words = letter.text.strip() or letter.body.strip()
    return Incoming(
        channel=threads.KIND,
        line=row.line,
        provider_id=row.provider_id,
        sender_kind=ContactPoint.Kind.EMAIL.value,
        sender=sender,
        sender_name=letter.sender_name if sender == letter.sender else "",
        text=_with_subject(letter, words, new=not thread),
        quoted=letter.quoted,
        html=letter.html,
        subject=letter.subject,
        thread=thread,
        attachments=letter.attachments,
        at=row.at,
    )


def _with_subject(letter: Letter, words: str, *, new: bool) -> str:
    """Some write the order number, or everything, only into the subject line of their first mail."""
    if not words:
        return letter.subject
    telling = any(sign.isdigit() for sign in letter.subject) and letter.subject not in words
    return f"{letter.subject}\n\n{words}" if new and telling else words


def _to_a_person(conversation: Conversation, at: datetime) -> None:
    conversation.refresh_from_db()
    if conversation.speaker == Conversation.Speaker.COLLEAGUE:
        return
    teams = editions.in_force().company.teams
    hand_over(
        conversation, team=teams[0] if teams else "Customer care", summary=_TO_AND_FRO, because=_TO_AND_FRO, at=at
    )


def _note_stranger(conversation: Conversation, sender: str, message: Message, at: datetime) -> None:
    text = (
        f"{sender} answered a mail of this conversation, but is not known as its customer. "
        f"The mail started a conversation of its own ({message.conversation_id}); nothing from here was shown there."
    )
    say(conversation, author=Message.Author.SYSTEM, text=text, at=at, internal=True)


def set_leftovers_apart(at: datetime) -> int:
    """Mails that could not be read for hours go to quarantine, where a person sees them. Returns how many."""
    left = Received.objects.filter(status=Received.Status.STORED, at__lt=at - LEFT_OVER)
    for row in left.order_by("pk")[:200]:
        settle(row, quarantined("it could not be read for hours; the log says why"))
    return left.count()
