"""Asking others: a side conversation is opened, goes on, is answered, and ends; each step in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from courtesy.conversations import escalating, journal, messages
from courtesy.conversations.documents import file_document
from courtesy.conversations.models import Case, Message, SideConversation, SideMessage
from courtesy.pack.model import Pack
from courtesy.pack.opening_hours import add_business
from courtesy.workforce.models import Colleague

ANSWER_WITHIN = "1 business day"
LONGEST = 20_000
Status = SideConversation.Status
File = tuple[str, str, bytes]  # name, media type, content


@transaction.atomic
def open_side(
    case: Case, pack: Pack, *, to: str, question: str, at: datetime, by: Colleague | None = None, address: str = ""
) -> SideMessage:
    """Ask a department, a team or an address. Its first message is returned; the doors bring it there. The same
    question to the same place for the same case is asked once while it waits."""
    known = SideConversation.objects.filter(case=case, to=to, question=question, status=Status.WAITING).first()
    if known is not None:
        return known.messages.get(sequence=1)
    conversation = case.conversation
    side = SideConversation(
        conversation=conversation,
        case=case,
        to=to[:120],
        address=address or pack.company.departments.get(to, ""),
        question=question[:LONGEST],
        opened_by=by,
        opened_at=at,
        due_at=add_business(pack.company, at, ANSWER_WITHIN),
    )
    named = to in pack.company.teams or to in pack.company.departments
    step = escalating.escalate(
        conversation,
        pack,
        matter="question",
        key=ladder_key(side),
        because=f"{case.number}: {question}"[:300],
        at=at,
        case=case,
        first=to if named else "",
    )
    side.due_at = step.due_at if step is not None else side.due_at
    side.save(force_insert=True)
    first = _add(side, ours=True, author=by.name if by else pack.company.representative_name, text=question, at=at)
    _note(side, "department asked", by.pk if by else "representative", at, text=question)
    return first


def ladder_key(side: SideConversation) -> str:
    return f"side:{side.pk}"


@transaction.atomic
def ask_on(side: SideConversation, text: str, by: Colleague, at: datetime) -> SideMessage | None:
    """Write once more; it waits for an answer again. None when it is over or there are no words."""
    held = SideConversation.objects.select_for_update().get(pk=side.pk)
    if held.status == Status.CLOSED or not text.strip():
        return None
    held.status, held.settled_at = Status.WAITING, None
    held.save(update_fields=["status", "settled_at"])
    _note(held, "department asked", by.pk, at, text=text)
    return _add(held, ours=True, author=by.name, text=text, at=at)


@transaction.atomic
def take_answer(
    side: SideConversation,
    text: str,
    *,
    author: str,
    at: datetime,
    actor: str = "department",
    provider_id: str = "",
    files: Sequence[File] = (),
) -> Message:
    """What the other side wrote comes back into the case, as a note that colleagues alone see. Nothing in it is
    followed, and nothing of it is said to the customer by itself."""
    held = SideConversation.objects.select_for_update().select_related("conversation", "case").get(pk=side.pk)
    _add(held, ours=False, author=author, text=text, at=at, provider_id=provider_id)
    if held.status != Status.CLOSED:
        held.status, held.answered_at, held.settled_at = Status.ANSWERED, at, None
        held.save(update_fields=["status", "answered_at", "settled_at"])
    escalating.settle(ladder_key(held), at, actor)
    documents = [
        file_document(held.conversation, name=name, media_type=kind, content=content, ours=False, at=at)
        for name, kind, content in files
    ]
    _note(held, "department answered", actor, at, text=text, author=author)
    return messages.say(
        held.conversation,
        author=Message.Author.SYSTEM,
        text=f"{held.to} ({author}) · {held.case.number}:\n\n{text[:LONGEST]}",
        at=at,
        internal=True,
        documents=documents,
    )


@transaction.atomic
def settle(side: SideConversation, status: str, by: Colleague, at: datetime) -> bool:
    """It was sent on, or is not needed any more. False when it was settled before."""
    unsettled = SideConversation.objects.filter(pk=side.pk).exclude(status__in=(Status.SENT_ON, Status.CLOSED))
    if not unsettled.update(status=status, settled_at=at):
        return False
    escalating.settle(ladder_key(side), at, by.pk, "withdrawn")
    _note(side, "department answer sent on" if status == Status.SENT_ON else "department not needed", by.pk, at)
    return True


def answer_of(side: SideConversation) -> str:
    """The last that the other side wrote; "" when nothing came yet."""
    last = side.messages.filter(ours=False).order_by("-sequence").first()
    return last.text if last is not None else ""


def _add(
    side: SideConversation, *, ours: bool, author: str, text: str, at: datetime, provider_id: str = ""
) -> SideMessage:
    last = side.messages.aggregate(last=Max("sequence"))["last"] or 0
    return SideMessage.objects.create(
        side=side,
        sequence=last + 1,
        ours=ours,
        author=author[:320],
        text=text[:LONGEST],
        provider_id=provider_id or None,
        at=at,
    )


def _note(side: SideConversation, kind: str, by: str, at: datetime, **more: str) -> None:
    content = {"side": side.pk, "case": side.case.number, "to": side.to, "address": side.address, **more}
    journal.write(kind, actor=by, at=at, conversation=side.conversation_id, content=content)
