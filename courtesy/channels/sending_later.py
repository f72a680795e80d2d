"""Replies that wait: until they can no longer be undone, or for the time they were scheduled for.

A reply that waits is no message yet: no customer, count or search sees it. Whoever settles it first, the job that says
it or the colleague who takes it back, holds the conversation's lock and removes the row; the other finds none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from courtesy.channels import replying
from courtesy.channels.enclosing import as_documents, enclosed
from courtesy.channels.models import WaitingReply
from courtesy.channels.replying import DeniesRight, MovedOn
from courtesy.conversations import events, journal
from courtesy.conversations.models import Conversation, Message
from courtesy.conversations.opening import state_of
from courtesy.foundation import jobs
from courtesy.policy.denying import Denied
from courtesy.representative.proofreading import denied_by_colleague
from courtesy.workforce.models import Colleague

State, Because = WaitingReply.State, WaitingReply.Because


@transaction.atomic
def hold(
    conversation: Conversation,
    colleague: Colleague,
    text: str,
    at: datetime,
    *,
    expected_version: int,
    due_at: datetime,
    scheduled: bool = False,
    reason: str = "",
) -> WaitingReply | MovedOn | DeniesRight:
    """Keep a reply until ``due_at``, with the files that lie in the colleague's composer. What is due already is said
    at once."""
    now = _locked(conversation.pk)
    against = replying.objection(now, colleague, text, at, expected_version=expected_version, reason=reason)
    if against is not None:
        return against
    waiting = WaitingReply.objects.create(
        conversation=now,
        colleague=colleague,
        text=text,
        reason=reason.strip(),
        scheduled=scheduled,
        heard=now.message_count,
        at=at,
        due_at=due_at,
    )
    enclosed(now.pk, colleague).update(reply=waiting)
    if due_at <= at:
        _say(waiting, now, at)
        return waiting
    if scheduled:
        _journal(waiting, "reply scheduled", colleague.pk, at)
    _tell(now, at)
    _owe(waiting)
    return waiting


@transaction.atomic
def take_back(waiting_id: str, colleague: Colleague, at: datetime) -> WaitingReply | None:
    """The reply is not sent; its files lie in the composer again, its words are given back. None: it was said, or it is
    somebody else's."""
    waiting = _find(waiting_id, colleague.pk)
    if waiting is None:
        return None
    waiting.enclosures.update(reply=None)
    _end(waiting, "reply taken back", colleague.pk, at)
    return waiting


@transaction.atomic
def give_up(waiting_id: str, by: Colleague, at: datetime) -> bool:
    """The reply is not sent and not kept: by its writer, or by a team lead."""
    waiting = _find(waiting_id, "" if by.has_grade(Colleague.Grade.TEAM_LEAD) else by.pk)
    if waiting is not None:
        _end(waiting, "reply given up", by.pk, at)
    return waiting is not None


@transaction.atomic
def move(waiting_id: str, colleague: Colleague, due_at: datetime, at: datetime) -> bool:
    """Another time. What was held back waits again: its writer has read what was said meanwhile."""
    waiting = _find(waiting_id, colleague.pk)
    if waiting is None:
        return False
    now = _locked(waiting.conversation_id)
    waiting.due_at, waiting.heard, waiting.scheduled = due_at, now.message_count, True
    waiting.state, waiting.because, waiting.seen_at = State.WAITING, "", None
    waiting.save()
    _journal(waiting, "reply scheduled", colleague.pk, at)
    _tell(now, at)
    _owe(waiting)
    return True


@transaction.atomic
def send_now(
    waiting_id: str, colleague: Colleague, at: datetime, *, expected_version: int
) -> MovedOn | DeniesRight | bool:
    """Do not wait any longer. False: it was said before, or taken back."""
    waiting = _find(waiting_id, colleague.pk)
    if waiting is None:
        return False
    now = _locked(waiting.conversation_id)
    against = replying.objection(
        now, colleague, waiting.text, at, expected_version=expected_version, reason=waiting.reason
    )
    if against is not None:
        return against
    waiting.heard = now.message_count
    _say(waiting, now, at)
    return True


@transaction.atomic
def flush(conversation_id: str, at: datetime) -> None:
    """The conversation is about to change hands or to be closed: what only waits to be undone is said first."""
    now = _locked(conversation_id)
    for waiting in WaitingReply.objects.filter(conversation=now, state=State.WAITING, scheduled=False).order_by("id"):
        _say_or_hold_back(waiting, now, at)


def is_scheduled(conversation_id: str) -> bool:
    """Whether a reply waits there for its time."""
    return WaitingReply.objects.filter(conversation=conversation_id, state=State.WAITING, scheduled=True).exists()


@jobs.job("send waiting replies", attempts=10, lease_seconds=60, at_once=True, whole=True)
def send_due(conversation: str) -> None:
    """Say what is due, in the order in which it was written. What may not be said any more is held back."""
    at = timezone.now()
    now = _locked(conversation)
    due = WaitingReply.objects.filter(conversation=now, state=State.WAITING, due_at__lte=at)
    for waiting in due.select_related("colleague").order_by("due_at", "id"):
        _say_or_hold_back(waiting, now, at)
        now = _locked(conversation)


def note_seen(conversation_id: str, colleague: Colleague, at: datetime) -> None:
    """The writer looks at the conversation, and sees what was held back."""
    held = WaitingReply.objects.filter(conversation=conversation_id, colleague=colleague, state=State.HELD_BACK)
    held.filter(seen_at__isnull=True).update(seen_at=at)


def _say_or_hold_back(waiting: WaitingReply, now: Conversation, at: datetime) -> None:
    because = _because(waiting, now, at)
    if not because:
        _say(waiting, now, at)
        return
    waiting.state, waiting.because, waiting.seen_at = State.HELD_BACK, because, None
    waiting.save(update_fields=["state", "because", "seen_at"])
    _journal(waiting, "reply held back", "system", at)
    _tell(now, at)


def _because(waiting: WaitingReply, now: Conversation, at: datetime) -> str:
    """Why it cannot be said any more. What the customer wrote while a reply could be undone does not stop it."""
    if now.speaker != Conversation.Speaker.COLLEAGUE or now.holder_id != waiting.colleague_id:
        return Because.OTHER_HANDS
    if now.status == Conversation.Status.CLOSED:
        return Because.CLOSED
    later = Message.objects.filter(conversation=now, author=Message.Author.CUSTOMER, sequence__gt=waiting.heard)
    if waiting.scheduled and later.exists():
        return Because.CUSTOMER_WROTE
    return Because.DENIES_A_RIGHT if not waiting.reason and _denied(waiting, now, at) else ""


def _denied(waiting: WaitingReply, now: Conversation, at: datetime) -> tuple[Denied, ...]:
    return denied_by_colleague(now, waiting.text, at)


def _say(waiting: WaitingReply, now: Conversation, at: datetime) -> None:
    documents = as_documents(waiting, at)
    replying.speak(
        now,
        waiting.colleague,
        waiting.text,
        at,
        documents=documents,
        reason=waiting.reason,
        heard=waiting.heard,
        key=f"reply:{waiting.pk}",
    )
    waiting.delete()


def _end(waiting: WaitingReply, kind: str, by: str, at: datetime) -> None:
    _journal(waiting, kind, by, at)
    conversation = waiting.conversation
    WaitingReply.objects.filter(pk=waiting.pk).delete()
    _tell(conversation, at)


def _find(waiting_id: str, writer: str) -> WaitingReply | None:
    """The reply, with its conversation locked; None when it is gone or, where a writer is named, somebody else's."""
    rows = WaitingReply.objects.filter(pk=waiting_id)
    if writer:
        rows = rows.filter(colleague=writer)
    place = rows.values_list("conversation", flat=True).first()
    if place is None:
        return None
    _locked(place)
    return rows.select_related("colleague", "conversation").first()


def _locked(conversation_id: str) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=conversation_id)


def _owe(waiting: WaitingReply) -> None:
    key = f"{waiting.pk}:{waiting.due_at.isoformat()}"
    jobs.enqueue("send waiting replies", key, due_at=waiting.due_at, conversation=waiting.conversation_id)


def _journal(waiting: WaitingReply, kind: str, by: str, at: datetime) -> None:
    content = {"reply": waiting.pk, "scheduled": waiting.scheduled, "due": waiting.due_at.isoformat()}
    if waiting.because:
        content["because"] = str(waiting.because)
    journal.write(kind, actor=by, at=at, conversation=waiting.conversation_id, content=content)


def _tell(conversation: Conversation, at: datetime) -> None:
    """The desks that show it look again; the customer is told nothing."""
    events.note(conversation, "state", state_of(conversation), at=at, internal=True)
